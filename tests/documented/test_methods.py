"""The documented client, name for name: every method of `methods.txt` is there in both clients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any

import pytest

from hetzner import AsyncHetzner, Hetzner, pagination, types
from hetzner.schema.endpoint import Bound
from hetzner.schema.pages import Page
from tests.scripted import Scripted, ok

LINE = re.compile(r"(?P<name>[\w.]+)\((?P<arguments>.*)\) (?P<verb>\w+) (?P<path>\S+) -> (?P<returns>\w+)")
CLIENTS = [kind(api_token="token", transport=Scripted(ok())) for kind in (Hetzner, AsyncHetzner)]
OTHER_NAMES = {"ass_target": "add_target"}
REMOVED = {"datacenter"}
"""Arguments that the API has removed: they are refused by a sentence that names what to use."""
NOW_REQUIRED = {
    "actions.list": {"id"},
    "floating_ips.actions.change_protection": {"delete"},
    "primary_ips.actions.change_protection": {"delete"},
}
"""Arguments without which today's API refuses the call."""


@dataclass(frozen=True)
class Method:
    """A documented method: its arguments, and where its request goes."""

    name: str
    verb: str
    path: str
    returns: str
    positional: tuple[str, ...]
    required: frozenset[str]
    optional: frozenset[str]


def method(line: str) -> Method:
    """Read a line such as `servers.update(id, *, name?) PUT /servers/{id} -> ServerUpdateResponse`."""
    found = LINE.match(line)
    assert found, line
    positional, _, named = found["arguments"].partition("*, ")
    first = [name for name in positional.split(", ") if name]
    every = first + [name for name in named.split(", ") if name]
    return Method(
        found["name"], found["verb"], found["path"], found["returns"], tuple(first),
        frozenset(name for name in every if not name.endswith("?")),
        frozenset(name[:-1] for name in every if name.endswith("?")),
    )  # fmt: skip


METHODS = [method(line) for line in (Path(__file__).parent / "methods.txt").read_text().splitlines()]
ALL = pytest.mark.parametrize("method", METHODS, ids=lambda each: each.name)
BOTH = pytest.mark.parametrize("client", CLIENTS, ids=["blocking", "awaited"])


def bound(method: Method, client: Any) -> Bound:
    """Return the method of a client."""
    for name in method.name.split("."):
        client = getattr(client, name)
    assert isinstance(client, Bound)
    return client


def values(method: Method, names: frozenset[str]) -> dict[str, Any]:
    """Return something for each of these arguments."""
    return {name: 7 if name in ("id", "action_id") else "x" for name in names - REMOVED}


def test_the_list_is_whole() -> None:
    """There are 146 documented methods, and each is listed once."""
    assert len(METHODS) == len({each.name for each in METHODS}) == 146


@ALL
@BOTH
def test_a_method_is_there_with_its_arguments(method: Method, client: Any) -> None:
    """It sends its verb to its path, with all documented arguments and with only the required ones."""
    call = bound(method, client)
    operation = call.operation
    assert (operation.verb, operation.path) == (method.verb, method.path)
    assert operation.name.split(".")[:-1] == method.name.split(".")[:-1]
    last = method.name.split(".")[-1]
    assert operation.name.split(".")[-1] == OTHER_NAMES.get(last, last)
    assert operation.positional[: len(method.positional)] == method.positional
    also = NOW_REQUIRED.get(method.name, set())
    assert operation.required <= method.required | also
    given = values(method, method.required | also)
    first = [given.pop(name) for name in method.positional]
    least = call.request(*first, **given)
    most = call.request(**values(method, method.required | method.optional))
    assert least.path == most.path == method.path.format(id=7, action_id=7)
    sent = {name for name, _ in most.query} | (most.body or {}).keys()
    in_path = set(operation.paths)
    assert sent - {"per_page"} == (method.required | method.optional) - in_path - REMOVED - {"per_page"}


@ALL
@BOTH
def test_the_options_of_a_call_are_taken(method: Method, client: Any) -> None:
    """extra_headers, extra_query, extra_body and timeout are taken by every method."""
    needed = method.required | NOW_REQUIRED.get(method.name, set())
    request = bound(method, client).request(
        **values(method, frozenset(needed)),
        extra_headers={"x-a": "1"}, extra_query={"b": "2"}, extra_body={"c": None}, timeout=3.0,
    )  # fmt: skip
    assert request.headers["x-a"] == "1"
    assert ("b", "2") in request.query
    assert request.body is not None
    assert request.body["c"] is None
    assert request.timeout == 3.0


@BOTH
@pytest.mark.parametrize("name", [each.name for each in METHODS if each.optional & REMOVED])
def test_a_removed_argument_names_what_to_use(name: str, client: Any) -> None:
    """Where `datacenter` was taken, it is refused with a word on `location`, before any request."""
    [found] = [each for each in METHODS if each.name == name]
    with pytest.raises(TypeError, match=r"removed 'datacenter'.*'location'"):
        bound(found, client)(**values(found, found.required), datacenter="fsn1-dc14")


@ALL
def test_a_method_answers_with_the_documented_type(method: Method) -> None:
    """The name of its answer is that of what it answers with today."""
    returns = bound(method, CLIENTS[0]).operation.returns
    parts = method.name.split(".")
    home = types if len(parts) == 2 else getattr(types, parts[0])
    if method.returns == "None":
        assert returns is NoneType or "action" in returns.model_fields
    elif method.returns.startswith("Sync"):
        assert issubclass(returns, Page)
        assert issubclass(getattr(pagination, method.returns), returns)
    else:
        assert getattr(home, method.returns) is returns
