"""Temporary servers: always deleted, whatever happens, and never another one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from anyio.lowlevel import checkpoint

from hetzner import ActionFailed, ConflictError, Hetzner, Server, aio, using
from hetzner.sandbox import Sandbox, SandboxTransport
from tests.domain.faces import Face, done, inside

OPTIONS: dict[str, Any] = {"server_type": "cx23", "image": "debian-13"}


class Oops(BaseException):
    """Something like Ctrl-C."""


async def left(face: Face) -> list[str]:
    """Return the names of the servers that are there."""
    return [server.name for server in await done(face.Server.all())]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit, Oops])
async def test_it_is_gone_after_every_error(face: Face, error: type[BaseException]) -> None:
    """The error comes through, and the server is deleted before it does."""
    with pytest.raises(error):
        async with inside(face.Server.temporary(**OPTIONS)):
            raise error
    assert await left(face) == []


async def test_a_failed_creation_leaves_nothing(face: Face) -> None:
    """A server that was made and never started is deleted too."""
    face.sandbox.faults.fail_action("start_server")
    with pytest.raises(ActionFailed):
        async with inside(face.Server.temporary(**OPTIONS)):
            raise AssertionError
    assert await left(face) == []


async def test_a_taken_name_is_not_touched(face: Face) -> None:
    """What somebody else made stays, also when it has the name that was wanted."""
    await face.server("ci")
    with pytest.raises(ConflictError):
        async with inside(face.Server.temporary(name="ci", **OPTIONS)):
            raise AssertionError
    assert await left(face) == ["ci"]


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_an_interrupt_while_it_is_created_leaves_nothing(after: int) -> None:
    """Wherever Ctrl-C comes between the order and the running server, the server goes."""
    face = Face(blocking=True)
    transport = Interrupting(face.sandbox, after)
    with using(Hetzner(api_token="token", transport=transport)):
        with pytest.raises(KeyboardInterrupt), Server.temporary(**OPTIONS):
            raise AssertionError
        assert Server.all() == []
    assert transport.interrupted


class Interrupting(SandboxTransport):
    """Lets a request arrive, and somebody press Ctrl-C before its answer is read."""

    def __init__(self, sandbox: Sandbox, after: int) -> None:
        super().__init__(sandbox)
        self.after, self.interrupted = after, False

    def handle_request(self, request: Any) -> Any:
        """Count requests down."""
        answer = super().handle_request(request)
        self.after -= 1
        if self.after == 0:
            self.interrupted = True
            raise KeyboardInterrupt
        return answer


@pytest.mark.parametrize("turns", [1, 5, 20, 60])
def test_a_cancelled_task_leaves_nothing(turns: int) -> None:
    """Cancelling while it is created or used deletes it all the same, and the deletion is not cancelled."""
    face = Face(blocking=False)

    async def work() -> None:
        async with aio.Server.temporary(**OPTIONS):
            await asyncio.Event().wait()

    async def main() -> None:
        with using(face.client):
            task = asyncio.create_task(work())
            for _ in range(turns):
                await checkpoint()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await aio.Server.all() == []

    asyncio.run(main())


async def test_it_can_be_deleted_by_hand(face: Face) -> None:
    """Deleting it within the block is no error, and neither is a rename."""
    async with inside(face.Server.temporary(**OPTIONS)) as server:
        await done(server.delete())
    async with inside(face.Server.temporary(**OPTIONS)) as server:
        await done(server.update(name="other", labels={}))
    assert await left(face) == []


async def test_deletion_waits_for_what_is_going_on(face: Face) -> None:
    """A server that is busy when the block ends is deleted when it no longer is."""
    async with inside(face.Server.temporary(**OPTIONS)) as server:
        await done(server.reboot(wait=False))
    assert await left(face) == []


async def test_a_protected_one_is_no_temporary_one(face: Face) -> None:
    """It is refused before any request."""
    with face.requests() as made, pytest.raises(ValueError, match="cannot be protected"):
        async with inside(face.Server.temporary(protect=True, **OPTIONS)):
            raise AssertionError
    assert made == []


async def test_it_can_have_what_takes_calls_of_its_own(face: Face) -> None:
    """A fixed private address is given to it after it was created."""
    await face.network()
    async with inside(face.Server.temporary(networks={"net": "10.0.1.7"}, **OPTIONS)) as server:
        assert server.private_ip == "10.0.1.7"
    face.sandbox.faults.fail_action("attach_to_network")
    with pytest.raises(ActionFailed):
        async with inside(face.Server.temporary(networks={"net": "10.0.1.7"}, **OPTIONS)):
            raise AssertionError
    assert await left(face) == []


async def test_it_has_a_name_and_labels(face: Face) -> None:
    """The name is made up unless it is given, and its mark is beside the labels that were asked for."""
    async with inside(face.Server.temporary(labels={"role": "ci"}, **OPTIONS)) as server:
        assert server.name.startswith("temporary-")
        assert server.labels["role"] == "ci"
        assert len(server.labels) == 2
    async with inside(face.Server.temporary(name="ci", **OPTIONS)) as server:
        assert server.name == "ci"
