"""Every fault, armed over the control path, as a client over HTTP meets it; how often, and by what dice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import httpx
import pytest

from hetzner.sandbox import Sandbox
from hetzner.sandbox.faults import Executed, NotExecuted
from hetzner.sandbox.serve import Server, serve
from tests.sandbox.talk import Talk

API = {"Authorization": "Bearer token"}
GROUP = {"name": "group", "type": "spread"}
MET: dict[str, int | str | type[Exception]] = {
    "refuse": httpx.ReadError, "reset_before": httpx.ReadError, "hang_before": httpx.ReadTimeout,
    "late": httpx.ReadTimeout, "redirect": 302, "html_502": "text/html", "500": 500, "502": 502, "503": 503,
    "504": 504, "rate_limit": 429, "conflict": 409, "locked": 423, "maintenance": 403, "error": 500,
    "reset_after": httpx.ReadError, "hang": httpx.ReadTimeout, "truncated_body": httpx.RemoteProtocolError,
    "truncated_json": 201, "empty": 201, "slow": httpx.ReadTimeout, "drip": httpx.ReadTimeout,
    "html_502_after": "text/html", "500_after": 500, "502_after": 502, "503_after": 503, "504_after": 504,
}  # fmt: skip
"""Status, kind of content, or what httpx raises."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A sandbox on virtual time, served with a known control token."""
    with serve(Sandbox(), control_token="steering") as server:
        yield server


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """A client without much patience."""
    with httpx.Client(base_url=server.url, headers=API, timeout=0.1) as client:
        yield client


def steer(server: Server, verb: str, **arguments: object) -> None:
    """Call a verb of the control path."""
    control = {"Authorization": "Bearer steering"}
    answer = httpx.post(f"{server.root}/_sandbox/{verb}", json=arguments, headers=control)
    assert answer.is_success, answer.text


def test_every_fault_is_met() -> None:
    """The table below has them all."""
    assert MET.keys() == {*get_args(NotExecuted), *get_args(Executed)}


@pytest.mark.parametrize("name", MET)
def test_a_fault_happens_on_the_wire(server: Server, client: httpx.Client, name: str) -> None:
    """The client sees what the name says, the request is executed or not, and the next one works."""
    steer(server, "arm", operation="placement_groups.create", name=name, seconds=5)
    met = MET[name]
    if isinstance(met, type):
        with pytest.raises(met):
            client.post("/placement_groups", json=GROUP)
    else:
        answer = client.post("/placement_groups", json=GROUP)
        assert met in (answer.status_code, answer.headers.get("content-type"))
        if name in ("empty", "truncated_json"):
            with pytest.raises(ValueError, match=r"."):
                answer.json()
    groups = Talk(server.sandbox).get("/placement_groups")["placement_groups"]
    assert len(groups) == (name in get_args(Executed))
    assert client.get("/locations", timeout=5).status_code == 200


def test_times_skip_and_dice_are_kept(server: Server, client: httpx.Client) -> None:
    """The second and third request fail; with a probability some do, and the same ones for the same seed."""

    def failed(number: int) -> list[bool]:
        return [client.get("/servers").status_code == 503 for _ in range(number)]

    steer(server, "arm", operation="servers.*", name="503", times=2, skip=1)
    assert failed(4) == [False, True, True, False]
    runs = []
    for seed in (7, 7, 8):
        steer(server, "arm", operation="*", name="503", times=None, probability=0.5, seed=seed)
        runs.append(failed(24))
        steer(server, "disarm")
    assert runs[0] == runs[1] != runs[2]
    assert 4 < sum(runs[0]) < 20


def test_a_late_request_comes_after_the_client_gave_up(server: Server, client: httpx.Client) -> None:
    """It is executed when the time has come, although nobody hears of it."""
    steer(server, "arm", operation="*", name="late", seconds=60)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/placement_groups", json=GROUP)
    for seconds, there in ((10, 0), (120, 1)):
        steer(server, "advance", seconds=seconds)
        assert len(Talk(server.sandbox).get("/placement_groups")["placement_groups"]) == there


def test_other_sites_may_not_ask(server: Server) -> None:
    """No answer lets a page of another origin read it; a browser that asks first is not let."""
    foreign = {"Origin": "https://example.com", "Access-Control-Request-Headers": "authorization"}
    for path in ("/", "/v1/servers", "/_sandbox/reset"):
        for verb in ("OPTIONS", "GET", "POST"):
            answer = httpx.request(verb, server.root + path, headers={**foreign, **API})
            assert not [name for name in answer.headers if name.startswith("access-control")]
            assert verb != "OPTIONS" or not answer.is_success
