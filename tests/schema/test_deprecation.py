"""What goes away says so when it is called, and names what replaces it."""

from __future__ import annotations

import asyncio
import warnings
from typing import Any

import pytest

from hetzner import APIStatusError, AsyncHetzner, Hetzner
from hetzner.schema import Operation, operations
from tests.scripted import Scripted, ok

GOING = [each for each in operations() if each.deprecated]


def called(client: Any, operation: Operation) -> Any:
    """Call an operation with a number for every argument that it needs."""
    for name in operation.name.split("."):
        client = getattr(client, name)
    return client(**dict.fromkeys(operation.required, 7))


def called_in_both_faces(operation: Operation) -> None:
    """Call it with the blocking and with the awaited client."""

    async def awaited() -> None:
        async with AsyncHetzner(api_token="token", transport=Scripted(ok())) as client:
            await called(client, operation)

    called(Hetzner(api_token="token", transport=Scripted(ok())), operation)
    asyncio.run(awaited())


@pytest.mark.parametrize("operation", GOING, ids=lambda each: each.name)
def test_a_deprecated_operation_warns_when_it_is_called(operation: Operation) -> None:
    """Both clients warn, in the caller's own line, with a word on what to call instead."""
    assert "client." in (operation.deprecated or "")
    with pytest.warns(DeprecationWarning, match=operation.name) as caught:
        called_in_both_faces(operation)
    assert [str(each.message).partition("; ")[2] for each in caught] == [operation.deprecated] * 2
    assert {each.filename for each in caught} == {__file__}


def test_what_is_not_deprecated_does_not_warn() -> None:
    """Looking at a deprecated operation is silent, and so is calling another one."""
    client = Hetzner(api_token="token", transport=Scripted(ok()))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert client.servers.actions.retrieve.request(7, id=7).path == "/servers/7/actions/7"  # type: ignore[attr-defined]  # pyright: ignore
        client.actions.retrieve(7)
        with pytest.raises(TypeError):
            client.datacenters.retrieve()  # type: ignore[call-arg]  # pyright: ignore


def test_the_misspelt_name_warns_and_does_the_same() -> None:
    """`ass_target` names `add_target`, which itself does not warn."""
    script = Scripted(ok())
    actions = Hetzner(api_token="token", transport=script).load_balancers.actions
    with pytest.warns(DeprecationWarning, match=r"actions\.ass_target.*use add_target") as caught:
        actions.ass_target(3, type="server", server={"id": 7})
    assert caught[0].filename == __file__
    actions.add_target(3, type="server", server={"id": 7})
    assert script.asked == ["POST /v1/load_balancers/3/actions/add_target"] * 2
    assert script.requests[0].content == script.requests[1].content


def test_a_raw_answer_warns_too() -> None:
    """Asking a deprecated operation for its answer as it came is calling it."""
    client = Hetzner(api_token="token", transport=Scripted(ok()))
    with pytest.warns(DeprecationWarning, match="client.actions.retrieve") as caught:
        client.raw(client.servers.actions.retrieve, 7, id=7)
    assert caught[0].filename == __file__


async def _datacenters() -> None:
    async with AsyncHetzner(base_url="sandbox:") as client:
        await client.datacenters.list()


def test_datacenters_are_told_to_be_gone() -> None:
    """The API's 410 becomes a sentence that names locations, in both faces, and is not tried again."""
    with Hetzner(base_url="sandbox:") as client:
        for ask in (lambda: client.datacenters.retrieve(1), lambda: asyncio.run(_datacenters())):
            with (
                pytest.warns(DeprecationWarning, match="client.locations"),
                pytest.raises(APIStatusError, match="datacenters are gone, use locations") as caught,
            ):
                ask()
            assert caught.value.status_code == 410
