"""Every verb of every record, in both faces, on the sandbox."""

from __future__ import annotations

import inspect
import pydoc
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

from hetzner import RECORDS, Server, using
from hetzner._faces import verb
from hetzner.schema import operations
from hetzner.schema.actions import Action
from tests.domain.faces import Face
from tests.domain.verbs.registry import SCENARIOS

for _module in (
    "common",
    "servers",
    "networking",
    "volumes",
    "addresses",
    "certificates",
    "load_balancers",
    "catalogue",
    "zones",
    "rrsets",
    "storage_boxes",
    "scripting",
    "relations",
    "watched",
):
    import_module(f"tests.domain.verbs.{_module}")

HOW_RECORDS_ARE_MADE = {"of"}
"""Public for the other rooms, and no verb: it makes no request."""


def record_class(name: str) -> type[Any]:
    """Return the blocking class of a record."""
    found: type[Any] = getattr(import_module("hetzner"), name)
    return found


def verbs_of(record: type[Any]) -> Iterator[str]:
    """Yield the names of everything public that a record can do."""
    for name in dir(record):
        found = inspect.getattr_static(record, name)
        function = getattr(found, "__func__", getattr(found, "function", found))
        if not inspect.isfunction(function) or name.startswith("_"):
            continue
        if function.__module__.startswith("hetzner.domain"):
            yield name


ALL = sorted(f"{name}.{each}" for name in RECORDS for each in verbs_of(record_class(name)))
VERBS = [name for name in ALL if name.partition(".")[2] not in HOW_RECORDS_ARE_MADE]


def waits(name: str) -> bool:
    """Tell whether a verb takes ``wait`` and is written once for both faces."""
    record, _, each = name.partition(".")
    found = inspect.getattr_static(record_class(record), each)
    return isinstance(found, verb) and "wait" in inspect.signature(found.function).parameters


def test_every_verb_has_a_scenario() -> None:
    """A public verb without a scenario, or a scenario of no verb, fails here."""
    assert sorted(SCENARIOS) == VERBS


def test_both_faces_have_the_same_verbs() -> None:
    """What one face can do the other can do, with the same parameters."""
    for name in RECORDS:
        blocking, awaited = record_class(name), getattr(import_module("hetzner.aio"), name)
        assert list(verbs_of(blocking)) == list(verbs_of(awaited))
        for each in verbs_of(blocking):
            here, there = (inspect.getattr_static(record, each) for record in (blocking, awaited))
            parameters = [
                list(
                    inspect.signature(
                        getattr(found, "__func__", getattr(found, "function", found))
                    ).parameters
                )
                for found in (here, there)
            ]
            assert parameters[0] == parameters[1]


def test_every_action_of_the_api_is_a_verb() -> None:
    """Each action that the schema declares for a kind is a method of its record, in the API's own words."""
    kinds = {record_class(name).kind: name for name in RECORDS}
    readings = {"list", "list_all", "list_of", "retrieve", "retrieve_by_id", "retrieve_of"}
    declared = {
        f"{kinds[kind]}.{each}"
        for kind, _, each in (operation.name.partition(".actions.") for operation in operations())
        if kind in kinds and each and each not in readings
    }
    assert declared
    assert declared - set(VERBS) == set()


@pytest.mark.parametrize("name", VERBS)
async def test_verb(face: Face, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verb does what its scenario says, and the scenario does call it in this face."""
    calls = watched(face, name, monkeypatch, lambda call: call)
    await SCENARIOS[name](face)
    assert calls


@pytest.mark.parametrize("name", [name for name in VERBS if waits(name)])
async def test_verb_without_waiting(face: Face, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``wait=False`` it returns the running action at once, and ``wait()`` leads to the same end."""
    calls = watched(face, name, monkeypatch, lambda call: begun(face, call))
    await SCENARIOS[name](face)
    assert calls


def watched(
    face: Face, name: str, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any]
) -> list[str]:
    """Note every call of a verb, whose function is changed on the way."""
    record, _, each = name.partition(".")
    target = getattr(face, record)
    found = inspect.getattr_static(target, each)
    function = getattr(found, "__func__", getattr(found, "function", found))
    changed, calls = change(function), []

    def noted(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return changed(*args, **kwargs)

    wrapped: Any = noted if inspect.isfunction(found) else type(found)(noted)
    monkeypatch.setattr(target, each, wrapped)
    return calls


def begun(face: Face, call: Any) -> Any:
    """Return a verb's function that does not wait, looks at what it returned, and waits by ``wait()``."""

    async def call_and_wait(record: Any, *args: Any, **kwargs: Any) -> Any:
        before = face.now()
        answer = await call(record, *args, wait=False, **kwargs)
        assert face.now() == before
        actions = [
            each for each in (answer if isinstance(answer, list) else [answer]) if isinstance(each, Action)
        ]
        assert {action.status for action in actions} <= {"running", "success"}
        began = [action.id for action in record._begun]
        assert began[-len(actions) :] == [action.id for action in actions] or not actions
        await type(record).wait.function(record)
        ended = [(await face.client.awaited.actions.retrieve(action.id)).action for action in actions]
        return ended if isinstance(answer, list) else (ended or [answer])[0]

    return call_and_wait


def test_help_tells_what_a_verb_of_a_class_takes() -> None:
    """`help(Server)` and `help(Server.change_type)` show the signature and the purpose, not an object."""
    told = re.sub(r"[\s|]+", "", pydoc.plain(pydoc.render_doc(Server)))  # how it is wrapped is Python's own
    assert "change_type(self,server_type:'Ref',*,upgrade_disk:'bool',wait:'bool'=True)" in told
    assert "verbobject" not in told
    assert list(inspect.signature(Server.reboot).parameters) == ["self", "wait"]


def test_a_verb_of_a_class_takes_the_object() -> None:
    """What a class has is a function of its objects, as with any method; complaints say what was called."""
    with using(Face(blocking=True).client):
        web = Server.create("web", "cx23", image="debian-13")
        assert [action.command for action in map(Server.reboot, [web])] == ["reboot_server"]
        with pytest.raises(TypeError, match=r"^change_type\(\) missing 1 required keyword-only argument"):
            web.change_type("cx33")  # type: ignore[call-arg]
