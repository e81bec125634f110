"""Finding out what became of a request whose answer was lost, so that nothing is ever done twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from hetzner.api.errors import NotFoundError
from hetzner.api.message import Response, Sent
from hetzner.api.raw import raw_request
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import Request

if TYPE_CHECKING:
    from hetzner.api.core import Core

TOLERANCE = 5.0
"""Seconds by which the API's clock may be behind."""
_PAUSES = {Repeat.BY_NAME: (0.0,), Repeat.BY_LABEL: (0.0, 30.0, 30.0), Repeat.BY_ACTION: (0.0, 2.0)}
"""Seconds before each look for what an attempt may have left behind; a name is unique, one look is enough."""
OPERATION_LABEL = "hetzner-python/operation"
"""Marks what has no unique name, so that it can be found again."""


class Claims:
    """The newest actions that calls of this client were answered with; no other call adopts them."""

    MOST = 1000

    def __init__(self) -> None:
        self._ids: dict[int, None] = {}

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def add(self, answer: object) -> None:
        """Note the actions of an answer."""
        one, more = getattr(answer, "action", None), getattr(answer, "actions", None)
        for action in (one, *(more if isinstance(more, list) else ())):
            if isinstance(id := getattr(action, "id", None), int):
                self._ids[id] = None
        while len(self._ids) > self.MOST:
            del self._ids[next(iter(self._ids))]


def prepared(core: Core, request: Request) -> Request:
    """Return the request with the mark that lets it be found again, where it has no unique name."""
    if request.operation.repeat is not Repeat.BY_LABEL or core.max_retries == 0:
        return request
    body = dict(request.body or {})
    mark = f"{core.random.getrandbits(64):016x}"
    body["labels"] = {**(body.get("labels") or {}), OPERATION_LABEL: mark}
    return request.like(body=body)


def repeat_of(request: Request) -> Repeat:
    """Return what may be done when the answer is lost; what cannot be looked up is never repeated."""
    repeat = request.operation.repeat
    nameless = repeat is Repeat.BY_NAME and not (request.body or {}).get("name")
    nothing_to_look_for = repeat is Repeat.BY_ACTION and request.operation.command is None
    return Repeat.NEVER if nameless or nothing_to_look_for else repeat


def pauses(request: Request) -> tuple[float, ...]:
    """Return the seconds to wait before each look for what became of the request."""
    return _PAUSES.get(repeat_of(request), ())


async def find(core: Core, request: Request, first_sent: float) -> Response | None:
    """Return the answer that was lost, made again from what the API shows; None when nothing was done."""
    match repeat_of(request):
        case Repeat.BY_NAME:
            return await _created(core, request, first_sent)
        case Repeat.BY_LABEL:
            return await _labelled(core, request, first_sent)
        case Repeat.BY_ACTION:
            actions = await _started(core, request, first_sent)
            return _response(request, {"action": actions[0], "actions": actions[:1]}) if actions else None
        case _:
            return None


async def _created(core: Core, request: Request, first_sent: float) -> Response | None:
    body = request.body or {}
    path = request.path
    kind = path.rstrip("/").rpartition("/")[2]
    for found in await _list(core, request, path, kind, {"name": str(body.get("name"))}):
        if _is_ours(found, body, _since(core, first_sent)):
            actions: list[dict[str, Any]] = []
            if _fields(request).keys() & _ACTION_FIELDS:
                actions = await _actions_of(core, request, found["id"], first_sent)
            return _answer(request, {_singular(request, kind): found}, actions)
    return None


async def _labelled(core: Core, request: Request, first_sent: float) -> Response | None:
    mark = (request.body or {})["labels"][OPERATION_LABEL]
    wanted = {"label_selector": f"{OPERATION_LABEL}={mark}", "type": ["snapshot", "backup"]}
    for found in await _list(core, request, "/images", "images", wanted):
        if (found.get("labels") or {}).get(OPERATION_LABEL) == mark:
            return _answer(request, {"image": found}, await _started(core, request, first_sent))
    return None


async def _started(core: Core, request: Request, first_sent: float) -> list[dict[str, Any]]:
    """Return the actions that may be this request's, the newest first."""
    path = "/".join(request.path.split("/")[:3]) + "/actions"
    actions = await _list(core, request, path, "actions", {"sort": "id:desc", "per_page": 25})
    since = _since(core, first_sent)
    return [
        action
        for action in actions
        if action.get("command") == request.operation.command
        and _time(action.get("started")) >= since
        and action.get("id") not in core.claims
    ]


async def _actions_of(core: Core, request: Request, id: Any, first_sent: float) -> list[dict[str, Any]]:
    """Return the actions that an object was made by; those of a part are told by its whole only."""
    if request.path.count("/") > 1:
        return (await _started(core, request, first_sent))[:1]
    try:
        return await _list(core, request, f"{request.path}/{id}/actions", "actions", {"sort": "id:asc"})
    except NotFoundError:
        return []


_ACTION_FIELDS = frozenset({"action", "actions", "next_actions"})


def _fields(request: Request) -> Mapping[str, Any]:
    return getattr(request.returns, "model_fields", {})


def _answer(request: Request, found: dict[str, Any], actions: list[dict[str, Any]]) -> Response:
    """Put the answer of a create together from the object and the actions it has so far."""
    content: dict[str, Any] = dict.fromkeys(_fields(request))
    first = actions[0] if actions else None
    running = {"action": first, "actions": actions, "next_actions": actions[1:]}
    content.update({name: value for name, value in running.items() if name in content})
    return _response(request, {**content, **found})


def _singular(request: Request, kind: str) -> str:
    return next((name for name in _fields(request) if name not in _ACTION_FIELDS), kind)


def _response(request: Request, content: Mapping[str, Any]) -> Response:
    content = {**content, "adopted": True}
    return Response(200, {}, json.dumps(content).encode(), Sent(request.operation.verb, request.path))


def _is_ours(found: Mapping[str, Any], asked: Mapping[str, Any], since: float) -> bool:
    """Tell whether this is what was asked for: as young as the request, and the same where comparable."""
    if "created" in found and _time(found["created"]) < since:
        return False
    if dict(found.get("labels") or {}) != dict(asked.get("labels") or {}):
        return False
    return all(
        _same(found[name], value) for name, value in asked.items() if _is_comparable(name, value, found)
    )


def _is_comparable(name: str, value: Any, found: Mapping[str, Any]) -> bool:
    """Leave out the lists of an object that knows its age: they may still be growing."""
    return name in found and name != "labels" and not ("created" in found and isinstance(value, list | tuple))


def _same(found: Any, asked: Any) -> bool:
    """Compare a field of an object with what was asked for it; what has another form passes."""
    if isinstance(found, Mapping) and isinstance(asked, str | int):
        return str(asked) in (str(found.get("id")), found.get("name"))
    if isinstance(found, str) and isinstance(asked, str):
        return found.strip() == asked.strip()
    if isinstance(found, Mapping) and isinstance(asked, Mapping):
        return all(_same(found[name], value) for name, value in asked.items() if name in found)
    if isinstance(found, list) and isinstance(asked, list | tuple):
        return len(found) == len(asked) and all(map(_same, found, asked))
    plain = int | float
    return found == asked if isinstance(found, plain) and isinstance(asked, plain) else True


def _since(core: Core, first_sent: float) -> float:
    """Return the time of the first attempt by the API's clock, a little earlier to be sure."""
    return first_sent + skew(core) - TOLERANCE


def _time(text: Any) -> float:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def skew(core: Core) -> float:
    """Return by how many seconds the API's clock is ahead, as far as its Date header tells."""
    if core.date is None:
        return 0.0
    text, read = core.date
    try:
        return parsedate_to_datetime(text).astimezone(UTC).timestamp() - read
    except (TypeError, ValueError, OverflowError):
        return 0.0


async def _list(
    core: Core, request: Request, path: str, key: str, query: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Read one page of a list as plain data."""
    raw = raw_request("GET", path, dict, None, {"params": query}, host=request.operation.host)
    found = (await core.send(raw)).get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
