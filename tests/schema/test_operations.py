"""Every declared operation can be called: by its name on the client, with its parameters, to its path."""

import inspect
import pydoc
from contextlib import nullcontext
from operator import attrgetter
from typing import Any

import pytest

from hetzner import AsyncHetzner, Hetzner
from hetzner.schema import Operation, operations
from hetzner.schema.catalog import collection_names
from hetzner.schema.endpoint import Bound
from hetzner.schema.facts import Repeat
from hetzner.schema.pages import Paginator
from hetzner.schema.ssh_keys import SSHKey
from tests.scripted import Scripted, ok

CLIENT = Hetzner(api_token="token", transport=Scripted(ok()))
AWAITED = AsyncHetzner(api_token="token", transport=Scripted(ok()))
ALL = [pytest.param(each, id=each.name) for each in operations()]


def bound(operation: Operation, client: Any = CLIENT) -> Bound:
    """Return the operation as a callable of a client, found by its dotted name."""
    found = client
    for name in operation.name.split("."):
        found = getattr(found, name)
    assert isinstance(found, Bound)
    return found


def arguments(operation: Operation) -> dict[str, Any]:
    """Return a value for each parameter of the path and each required one."""
    paths = {name: 7 if kind is int else "seven" for name, kind in operation.paths.items()}
    return {**dict.fromkeys(operation.required, "x"), **paths}


@pytest.mark.parametrize("operation", ALL)
def test_an_operation_becomes_a_request(operation: Operation) -> None:
    """Its parameters go into path, query or body, and nothing else does."""
    given = arguments(operation)
    request = bound(operation).request(**given)
    assert request.operation is operation
    assert "{" not in request.path
    assert all(str(given[name]) in request.path for name in operation.paths)
    own = given.keys() - operation.paths.keys()
    sent = (
        {name for name, _ in request.query} - {"per_page"}
        if operation.where == "query"
        else (request.body or {}).keys()
    )
    assert sent == own
    assert (request.body is None) == (operation.where == "query" or not operation.parameters)


@pytest.mark.parametrize("operation", ALL)
def test_a_wrong_argument_is_refused_before_any_request(operation: Operation) -> None:
    """An unknown argument, a missing one and one too many are a TypeError that names the operation."""
    call, given = bound(operation), arguments(operation)
    with pytest.raises(TypeError, match=f"{operation.name}.*unexpected keyword argument 'nonsense'"):
        call(**given, nonsense=1)
    with pytest.raises(TypeError, match="positional"):
        call(*range(9))
    for name in operation.required:
        with pytest.raises(TypeError, match=f"missing.*'{name}'"):
            call(**{key: value for key, value in given.items() if key != name})


@pytest.mark.parametrize("operation", ALL)
def test_an_operation_explains_itself(operation: Operation) -> None:
    """It has a one-line purpose, a docstring with its path, and a signature with all parameters."""
    for client in (CLIENT, AWAITED):
        call = bound(operation, client)
        assert operation.summary.endswith(".")
        assert operation.summary in (call.__doc__ or "")
        assert f"{operation.verb} {operation.path}" in (call.__doc__ or "")
        names = set(inspect.signature(call).parameters)
        assert names == {*operation.positional, *operation.paths, *operation.parameters, "options"}


@pytest.mark.parametrize("operation", ALL)
def test_help_shows_every_parameter_with_its_meaning(operation: Operation) -> None:
    """help() has the purpose, every parameter with a sentence on it, and what goes away and why."""
    shown = pydoc.plain(pydoc.render_doc(bound(operation)))
    words = " ".join(shown.split())
    for parameter in operation.parameters.values():
        assert len(parameter.doc.split()) > 1
        optional = "" if parameter.required else " (optional)"
        assert " ".join(f"{parameter.name}{optional}: {parameter.doc}".split()) in words
        assert f"{parameter.name}:" in str(inspect.signature(bound(operation)))
    assert (f"Deprecated: {operation.deprecated}" in words) == (operation.deprecated is not None)


@pytest.mark.parametrize("operation", ALL)
def test_integers_in_paths_are_integers(operation: Operation) -> None:
    """A path cannot be changed by what is put into it."""
    for name, kind in operation.paths.items():
        for bad in ("1/../2", "", None, True, "1?x=y", 1.5) if kind is int else ("", "..", ".", None):
            with pytest.raises((TypeError, ValueError), match=name):
                bound(operation).request(**{**arguments(operation), name: bad})
        if kind is not int:
            request = bound(operation).request(**{**arguments(operation), name: "a/b?c#d%e"})
            assert "a%2Fb%3Fc%23d%25e" in request.path


def test_a_call_that_may_be_lost_says_how_it_is_found_again() -> None:
    """A POST is repeated blindly only where that leads to the same state, and every action has a command."""
    for operation in operations():
        if operation.verb != "POST":
            assert operation.repeat is Repeat.SAFE, operation.name
        elif "/actions/" not in operation.path:
            assert operation.repeat is not Repeat.SAFE, operation.name
        elif operation.repeat is Repeat.BY_ACTION:
            assert operation.command, operation.name


def test_awaited_lists_are_paginators() -> None:
    """Every list of the awaited client can be awaited and iterated."""
    lists = [each for each in operations() if each.listing]
    assert lists
    for operation in lists:
        goes = operation.deprecated is not None
        with pytest.warns(DeprecationWarning, match="deprecated") if goes else nullcontext():
            assert isinstance(bound(operation, AWAITED)(**arguments(operation)), Paginator)


def test_names_are_unique() -> None:
    """No two operations share a name, and no two share verb, host and path unless one is an alias."""
    names = [each.name for each in operations()]
    assert len(names) == len(set(names))
    assert set(collection_names()) == {name.partition(".")[0] for name in names}


def test_a_removed_parameter_names_its_successor() -> None:
    """`datacenter` is refused with the word that replaced it, and a typo with the nearest name."""
    with pytest.raises(TypeError, match="give 'location'"):
        CLIENT.servers.create(name="a", server_type="b", image="c", datacenter="fsn1-dc14")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="did you mean 'image'"):
        CLIENT.servers.create(name="a", server_type="b", imago="c")  # type: ignore[call-arg]


def test_options_are_the_same_everywhere() -> None:
    """Every operation takes the four options of a call."""
    for operation in operations():
        assert {"extra_headers", "extra_query", "extra_body", "timeout"} <= operation.accepted


def test_a_name_that_there_is_not_leads_to_one_that_there_is() -> None:
    """Collections and operations under other names are told what is near, where it is, or what there is."""
    wrong = {
        "server": "'Hetzner' has no collection 'server'; did you mean 'servers'?",
        "servers.retreive": "'servers' has no operation or part 'retreive'; did you mean 'retrieve'?",
        "servers.poweron": "; did you mean 'servers.actions.poweron'?",
        "networks.get_by_name": "; there are create, retrieve, update, list, delete, members, actions",
    }
    for name, told in wrong.items():
        with pytest.raises(AttributeError) as caught:
            attrgetter(name)(CLIENT)
        assert str(caught.value).endswith(told), name


def test_an_object_or_a_map_in_place_of_plain_data_is_refused_before_any_request() -> None:
    """What would be sent as something nobody meant is a TypeError that says what to give instead."""
    key = SSHKey.lenient({"id": 7, "name": "ops"})
    with pytest.raises(
        TypeError, match="'id' must be an integer, not an object: give the id of the SSHKey, 7"
    ):
        CLIENT.ssh_keys.retrieve(key)  # type: ignore[arg-type]
    with pytest.raises(
        TypeError, match="'ssh_keys' must be plain data, not an object: give the id of the SSH"
    ):
        CLIENT.servers.create(name="a", server_type="cx23", image="debian-13", ssh_keys=[key])  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"'label_selector' must be a text, not a map.*'env=prod,role in"):
        CLIENT.servers.list(label_selector={"env": "prod"})  # type: ignore[arg-type]
