"""Whatever the network does to a create, there is one resource afterwards and the caller is told so."""

import asyncio
from collections.abc import Iterator

import pytest

from hetzner import APIError, APIStatusError, AsyncHetzner, ConflictError, Hetzner
from hetzner.schema.servers import ServerCreateParams
from tests.faulty import AsyncSkippingTransport, FaultyServer, SkippingClock, SkippingTransport

FAULTS = [
    "reset_before", "reset_after", "hang", "late", "truncated_body", "truncated_json", "html_502_after",
    "504_after", "500_after", "429", "conflict", "locked", "500_before", "502_before", "503_before",
]  # fmt: skip
SERVER: ServerCreateParams = {"name": "web", "server_type": "cx23", "image": "debian-13"}


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A server that breaks answers to order."""
    with FaultyServer(SkippingClock()) as running:
        yield running


def patience(faults: list[str]) -> float:
    """Return a timeout: short where the answer never comes, else long enough for a busy machine."""
    return 0.3 if {"hang", "late"} & set(faults) else 20.0


def call(face: str, server: FaultyServer, what: str) -> object:
    """Create a server or an image with either client and return the answer, or the error."""
    options = {"api_token": "token", "base_url": server.url, "timeout": patience(server.faults)}
    try:
        if face == "sync":
            transport = SkippingTransport(server.clock)
            with Hetzner(**options, transport=transport) as client:  # type: ignore[arg-type]
                return (
                    client.servers.create(**SERVER)
                    if what == "server"
                    else client.servers.actions.create_image(7)
                )
        return asyncio.run(awaited_call(server, what, options))
    except APIError as error:
        return error


async def awaited_call(server: FaultyServer, what: str, options: dict[str, object]) -> object:
    """Do the same with the awaited client."""
    transport = AsyncSkippingTransport(server.clock)
    async with AsyncHetzner(**options, transport=transport) as client:  # type: ignore[arg-type]
        if what == "server":
            return await client.servers.create(**SERVER)
        return await client.servers.actions.create_image(7)


@pytest.mark.parametrize("how", ["once", "twice", "twice, lookups too"])
@pytest.mark.parametrize("what", ["server", "image"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("face", ["sync", "async"])
def test_a_create_happens_exactly_once(
    server: FaultyServer, face: str, fault: str, what: str, how: str
) -> None:
    """A create that meets a fault ends with one resource and success, or with none and a clear refusal."""
    server.faults = [fault] * (1 if how == "once" else 2)
    server.on_any = how == "twice, lookups too"
    answer = call(face, server, what)
    made = server.cloud.servers if what == "server" else server.cloud.images
    if fault == "locked":
        assert isinstance(answer, APIStatusError)
        assert answer.code == "locked"
        assert made == {}
        return
    assert not isinstance(answer, APIError), answer
    assert len(made) == 1
    assert getattr(answer, what).id in made
    assert answer.action.command == ("create_server" if what == "server" else "create_image")  # type: ignore[attr-defined]


def test_an_adopted_server_has_no_password_and_says_so(server: FaultyServer) -> None:
    """A server found again has all of its actions, no root password, and is marked as adopted."""
    server.faults = ["504_after"]
    answer = call("sync", server, "server")
    assert getattr(answer, "root_password", "") is None
    assert getattr(answer, "adopted", False) is True
    assert [action.command for action in getattr(answer, "next_actions", [])] == ["start_server"]


def test_a_name_that_is_taken_is_an_error_at_once(server: FaultyServer) -> None:
    """A uniqueness error is neither retried nor are its answers searched."""
    call("sync", server, "server")
    server.requests.clear()
    answer = call("sync", server, "server")
    assert isinstance(answer, ConflictError)
    assert answer.code == "uniqueness_error"
    assert server.requests == ["POST /v1/servers"]


@pytest.mark.parametrize(
    "foreign",
    [
        {"labels": {"of": "others"}},
        {"server_type": {"id": 9, "name": "cx53"}},
        {"created": "2020-01-01T00:00:00Z"},
    ],
)
def test_a_stranger_is_never_adopted(server: FaultyServer, foreign: dict[str, object]) -> None:
    """A server of the same name with other labels, another type or an older date is not taken for ours."""
    call("sync", server, "server")
    server.cloud.servers[1].update(foreign)
    server.faults = ["500_before"]
    answer = call("sync", server, "server")
    assert isinstance(answer, ConflictError)
    assert len(server.cloud.servers) == 1


def test_a_stranger_of_another_name_is_not_adopted(server: FaultyServer) -> None:
    """A server that ignores the name filter cannot make the client take another object."""
    call("sync", server, "server")
    server.cloud.servers[1]["name"] = "other"
    handle = server.cloud.handle
    server.cloud.handle = lambda method, path, query, body: handle(method, path, {}, body)  # type: ignore[method-assign]
    server.faults = ["500_before"]
    answer = call("sync", server, "server")
    assert getattr(answer, "server").name == "web"  # noqa: B009
    assert getattr(answer, "server").id != 1  # noqa: B009


def test_when_nothing_can_be_known_the_error_says_so(server: FaultyServer) -> None:
    """When every request is lost, the first reason is raised with the mark that it may have been done."""
    server.faults, server.on_any = ["reset_after"] * 99, True
    answer = call("sync", server, "server")
    assert isinstance(answer, APIError)
    assert answer.maybe_done
    assert "POST" in str(answer)
    assert len([request for request in server.requests if request.startswith("POST")]) == 1


def test_without_retries_one_request_is_sent(server: FaultyServer) -> None:
    """With max_retries=0 a lost answer is an error after exactly one request, for images too."""
    server.faults = ["reset_after"]
    transport = SkippingTransport(server.clock)
    with Hetzner(api_token="t", base_url=server.url, transport=transport, max_retries=0) as client:
        with pytest.raises(APIError) as caught:
            client.servers.actions.create_image(7)
        assert caught.value.maybe_done
    assert len(server.requests) == 1
