"""The connections of the awaited client, and what importing the HTTP library brings along."""

import asyncio
import gc
import json
import subprocess
import sys
from typing import Any

import httpx
import pytest

from hetzner import APIConnectionError, AsyncHetzner, Hetzner
from hetzner.api import connections
from hetzner.api.connections import IN_FLIGHT, Lanes
from hetzner.schema.at_rest import loaded, without_a_look
from tests.faulty import FaultyServer, SkippingClock


class Lane(httpx.AsyncBaseTransport):
    """Stands for a connection: answers, and fails when asked for a path that does."""

    def __init__(self) -> None:
        self.busy = self.closed = False

    whole = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer with the path; one at a time."""
        assert not self.busy
        self.busy = True
        await asyncio.sleep(0)  # noqa: TID251  the others run
        self.busy = False
        if request.url.path == "/broken":
            raise httpx.ReadError("broken")
        body = request.url.path.encode()
        return (
            httpx.Response(200, content=body)
            if self.whole
            else httpx.Response(200, stream=httpx.ByteStream(body))
        )

    async def aclose(self) -> None:
        """Note it."""
        self.closed = True


def made() -> tuple[list[Lane], httpx.AsyncClient]:
    """Return a client with lanes, and the list that they will stand in."""
    lanes: list[Lane] = []

    def make() -> Lane:
        lanes.append(Lane())
        return lanes[-1]

    return lanes, httpx.AsyncClient(transport=Lanes(make))


def test_there_are_as_many_lanes_as_are_needed_together() -> None:
    """Calls one after another use one lane, calls at a time one each, and closing closes all."""
    lanes, http = made()

    async def call() -> list[str]:
        async with http:
            for _ in range(5):
                await http.get("http://x/a")
            assert len(lanes) == 1
            return [
                each.text for each in await asyncio.gather(*(http.get(f"http://x/{n}") for n in range(4)))
            ]

    assert asyncio.run(call()) == ["/0", "/1", "/2", "/3"]
    assert len(lanes) == 4
    assert all(lane.closed for lane in lanes)


def test_a_lane_is_free_again_after_an_error() -> None:
    """A request that fails gives its lane back, and so does an answer that is closed unread."""
    lanes, http = made()

    async def call() -> None:
        for _ in range(3):
            with pytest.raises(httpx.ReadError):
                await http.get("http://x/broken")
            async with http.stream("GET", "http://x/a"):
                pass

    asyncio.run(call())
    assert len(lanes) == 1


def test_an_answer_that_came_whole_frees_its_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that a mock brings at once is never closed, and holds no lane."""
    monkeypatch.setattr(Lane, "whole", True)
    lanes, http = made()

    async def call() -> list[str]:
        return [(await http.get(f"http://x/{n}")).text for n in range(3)]

    assert asyncio.run(call()) == ["/0", "/1", "/2"]
    assert len(lanes) == 1


def test_a_hundred_calls_share_ten_connections() -> None:
    """However many calls wait, no more connections are open than requests may be under way."""
    with FaultyServer(SkippingClock()) as server:

        async def call() -> None:
            async with AsyncHetzner(api_token="t", base_url=server.url) as api:
                await asyncio.gather(*(api.servers.list() for _ in range(100)))

        asyncio.run(call())
        assert len(server.requests) == 100
        assert len(server._open) == IN_FLIGHT


def test_a_connection_that_was_closed_is_opened_again() -> None:
    """A lane whose connection broke serves the next call on a new one."""
    with FaultyServer(SkippingClock()) as server:
        server.on_any, server.faults = True, ["reset_before"]

        async def call() -> None:
            async with AsyncHetzner(api_token="t", base_url=server.url, max_retries=0) as api:
                with pytest.raises(APIConnectionError):
                    await api.servers.list()
                await api.servers.list()

        asyncio.run(call())


@pytest.mark.parametrize("given", [{"limits": httpx.Limits(max_connections=3)}, {"proxies": "http://proxy"}])
def test_a_callers_own_limits_and_proxies_are_left_to_httpx(given: dict[str, Any]) -> None:
    """Lanes are only for clients that were told nothing about connections."""
    assert isinstance(connections.suspending_http()._transport, Lanes)
    assert not isinstance(connections.suspending_http(**given)._transport, Lanes)


def test_proxies_of_the_environment_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a proxy in the environment httpx's own transports are used, which know what to do with it."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    http = connections.suspending_http()
    assert not isinstance(http._transport, Lanes)
    assert [pattern.pattern for pattern in http._mounts] == ["https://"]


CALL = """
from hetzner import Hetzner
import httpx
answer = httpx.MockTransport(lambda request: httpx.Response(200, json={"server": {"id": 1}}))
Hetzner(api_token="t", transport=answer).servers.retrieve(1)
"""


def program(code: str, *arguments: str) -> str:
    """Return what a program of its own prints."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_first_call_loads_what_it_uses() -> None:
    """Neither rich nor click, an event loop, retrying or another kind's models are loaded by a first call."""
    code = f"{CALL}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    loaded = set(json.loads(program(code)))
    heavy = {"asyncio", "click", "pygments", "rich", "tenacity", "yaml", "importlib.metadata", "difflib"}
    assert loaded & heavy == set()
    kinds = {name.removeprefix("hetzner.schema.") for name in loaded if name.startswith("hetzner.schema.")}
    assert kinds & {"volumes", "load_balancers", "zones", "storage_boxes", "firewalls"} == set()
    assert not any(name.startswith(("hetzner.domain", "hetzner.sandbox", "hetzner.apply")) for name in loaded)


def test_the_command_line_of_httpx_still_works() -> None:
    """It is kept out until somebody calls it."""
    code = "import hetzner.api, httpx; httpx.main()"
    assert "Usage" in program(code, "--help")


def test_a_program_that_loaded_httpx_before_is_left_alone() -> None:
    """Nothing is replaced in an httpx that is there already."""
    code = "import httpx; before = httpx.main; import hetzner.api; print(httpx.main is before)"
    assert program(code).strip() == "True"


FROZEN = "\nimport gc; print(gc.isenabled(), gc.get_freeze_count())"
"""Python 3.12 starts with some objects frozen."""


def test_the_collector_runs_again_after_a_call() -> None:
    """It rests while a call loads what it needs, and is left as it was: nothing is frozen."""
    assert program(CALL + FROZEN) == program(FROZEN)


def test_a_collector_that_was_switched_off_stays_off() -> None:
    """Who switched the collector off finds it so."""
    off = "import gc; gc.disable()\n"
    assert program(off + CALL + FROZEN) == program(off + FROZEN)


def test_what_a_program_has_frozen_stays_so() -> None:
    """Nothing more is frozen, and nothing is thawed."""
    own = "import gc; gc.freeze()\nbefore = gc.get_freeze_count()\n"
    assert program(own + CALL + "\nprint(before > 0, gc.get_freeze_count() <= before)") == "True True\n"


@pytest.mark.skipif(
    gc.get_freeze_count() > 0, reason="this Python freezes objects of its own: it is left alone"
)
def test_what_was_loaded_is_not_walked_at_once() -> None:
    """Thousands of new objects that stay are no work for the collector when it runs again."""
    gc.collect()
    kept: list[list[int]] = without_a_look(lambda: [[] for _ in range(50_000)])
    young = gc.get_count()[0]
    assert len(kept) == 50_000
    assert young < 1000


@pytest.mark.parametrize("face", [Hetzner, AsyncHetzner])
def test_clients_made_later_leave_the_collector_alone(face: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were all objects counted as old with each one, garbage would pile up in a program that makes many."""
    face(api_token="made-up")
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    face(api_token="made-up")
    assert frozen == []


def test_a_module_that_is_there_leaves_the_collector_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what loads something counts as old at once."""
    monkeypatch.setattr(gc, "freeze", lambda: pytest.fail("it was loaded already"))
    assert loaded("json") is json
