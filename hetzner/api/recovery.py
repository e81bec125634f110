"""Finding out what became of a request whose answer was lost, so that nothing is ever done twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hetzner.api.errors import NotFoundError
from hetzner.api.message import Response, Sent
from hetzner.api.raw import raw_request
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import Request

if TYPE_CHECKING:
    from hetzner.api.core import Core

TOLERANCE = 5.0
"""Seconds by which the API's clock may be behind."""
_PAUSES = {Repeat.BY_NAME: (0.0,), Repeat.BY_LABEL: (0.0, 30.0, 60.0), Repeat.BY_ACTION: (0.0, 2.0)}
"""Seconds before each look for what an attempt may have left behind; names are unique, so one look is enough."""
OPERATION_LABEL = "hetzner-python/operation"
"""Marks what has no unique name, so that it can be found again."""


def prepared(core: Core, request: Request) -> Request:
    """Return the request with the mark that lets it be found again, where it has no unique name."""
    if request.operation.repeat is not Repeat.BY_LABEL or core.max_retries == 0:
        return request
    body = dict(request.body or {})
    mark = f"{core.random.getrandbits(64):016x}"
    body["labels"] = {**(body.get("labels") or {}), OPERATION_LABEL: mark}
    return replace(request, body=body)


def pauses(request: Request) -> tuple[float, ...]:
    """Return the seconds to wait before each look for what became of the request."""
    return _PAUSES.get(request.operation.repeat, ())


async def find(core: Core, request: Request, first_sent: float) -> Response | None:
    """Return the answer that was lost, put together again from what the API shows; None when nothing was done."""
    since = first_sent + _skew(core) - TOLERANCE
    match request.operation.repeat:
        case Repeat.BY_NAME:
            return await _created(core, request, since)
        case Repeat.BY_LABEL:
            return await _labelled(core, request)
        case Repeat.BY_ACTION:
            return await _started(core, request, since)
        case _:
            return None


async def _created(core: Core, request: Request, since: float) -> Response | None:
    body = request.body or {}
    path = request.path
    kind = path.rstrip("/").rpartition("/")[2]
    for found in await _list(core, request, path, kind, {"name": str(body.get("name"))}):
        if _is_ours(found, body, since):
            return await _answer(core, request, path, _singular(request, kind), found)
    return None


async def _labelled(core: Core, request: Request) -> Response | None:
    mark = (request.body or {})["labels"][OPERATION_LABEL]
    wanted = {"label_selector": f"{OPERATION_LABEL}={mark}", "type": ["snapshot", "backup"]}
    for found in await _list(core, request, "/images", "images", wanted):
        if (found.get("labels") or {}).get(OPERATION_LABEL) == mark:
            return await _answer(core, request, "/images", "image", found)
    return None


async def _started(core: Core, request: Request, since: float) -> Response | None:
    path = request.path.rpartition("/")[0]
    actions = await _list(core, request, path, "actions", {"sort": "id:desc", "per_page": 25})
    command = request.operation.command
    for action in actions:
        if action.get("command") == command and _time(action.get("started")) >= since:
            content = {"action": action, "actions": [action], "adopted": True}
            return _response(request, content)
    return None


async def _answer(core: Core, request: Request, path: str, singular: str, found: dict[str, Any]) -> Response:
    """Put the answer of a create together from the object and the actions it has so far."""
    content: dict[str, Any] = {singular: found, "adopted": True}
    fields = getattr(request.returns, "model_fields", {})
    if fields.keys() & {"action", "actions", "next_actions"}:
        path = f"{path}/{found['id']}/actions"
        actions = await _list(core, request, path, "actions", {"sort": "id:asc"}, missing_ok=True)
        content.update(action=actions[0] if actions else None, actions=actions, next_actions=actions[1:])
    return _response(request, content)


def _singular(request: Request, kind: str) -> str:
    fields = getattr(request.returns, "model_fields", {})
    return next((name for name in fields if name not in ("action", "actions", "next_actions")), kind)


def _response(request: Request, content: Mapping[str, Any]) -> Response:
    return Response(200, {}, json.dumps(content).encode(), Sent(request.operation.verb, request.path))


def _is_ours(found: Mapping[str, Any], asked: Mapping[str, Any], since: float) -> bool:
    """Tell whether this is what was asked for: as young as the request, and the same in all that can be compared."""
    if _time(found.get("created")) < since or dict(found.get("labels") or {}) != dict(asked.get("labels") or {}):
        return False
    return all(_same(found[name], value) for name, value in asked.items() if name in found)


def _same(found: Any, asked: Any) -> bool:
    """Compare a field of an object with what was asked for it; lists come back in another form and are passed over."""
    if isinstance(found, Mapping) and isinstance(asked, str | int):
        return str(asked) in (str(found.get("id")), found.get("name"))
    plain = str | int | float | bool
    return found == asked if isinstance(found, plain) and isinstance(asked, plain) else True


def _time(text: Any) -> float:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return 0.0


def _skew(core: Core) -> float:
    """Return by how many seconds the API's clock is ahead, as far as its Date header tells."""
    if core.date is None:
        return 0.0
    text, read = core.date
    try:
        return min(0.0, parsedate_to_datetime(text).astimezone(UTC).timestamp() - read)
    except (TypeError, ValueError):
        return 0.0


async def _list(
    core: Core, request: Request, path: str, key: str, query: Mapping[str, Any], missing_ok: bool = False
) -> list[dict[str, Any]]:
    """Read one page of a list as plain data."""
    raw = raw_request("GET", path, dict, None, {"params": query}, host=request.operation.host)
    try:
        answer = await core.send(raw)
    except NotFoundError:
        if missing_ok:
            return []
        raise
    found = answer.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
