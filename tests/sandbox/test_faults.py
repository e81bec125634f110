"""Faults by chance, errors of one's choice, slow answers, delayed actions, and names that do not exist."""

import asyncio

import httpx
import pytest

from hetzner.sandbox import AsyncSandboxTransport, Sandbox, SandboxTransport
from tests.sandbox.talk import Talk

BASE, HEADERS = "https://api.hetzner.cloud/v1", {"Authorization": "Bearer token"}


def statuses(talk: Talk, number: int) -> list[int]:
    """Ask for the locations some times."""
    return [talk.send("GET", "/locations").status for _ in range(number)]


def test_a_fault_by_chance_is_the_same_for_the_same_seed(talk: Talk) -> None:
    """About one in four requests fails, which ones depends on the seed alone."""
    runs = []
    for seed in (1, 1, 2):
        talk.sandbox.faults.disarm()
        talk.sandbox.faults.arm("locations.*", "503", times=None, probability=0.25, seed=seed)
        runs.append(statuses(talk, 200))
    assert runs[0] == runs[1] != runs[2]
    assert all(30 < run.count(503) < 70 for run in runs)


def test_a_fault_without_number_hits_until_it_is_taken_back(talk: Talk) -> None:
    """`times=None` spares none, and a fault by chance is used up by hits only."""
    talk.sandbox.faults.arm("*", "500", times=None)
    assert statuses(talk, 20) == [500] * 20
    talk.sandbox.faults.disarm()
    talk.sandbox.faults.arm("*", "500", times=2, probability=0.5)
    assert statuses(talk, 50).count(500) == 2


@pytest.mark.parametrize(
    ("code", "status"),
    [("resource_limit_exceeded", 403), ("uniqueness_error", 409), ("service_error", 422), ("timeout", 504)],
)
def test_a_request_is_refused_with_any_error(talk: Talk, code: str, status: int) -> None:
    """An error code comes with its status and is never executed."""
    talk.sandbox.faults.refuse("networks.create", code=code, message="not today")
    body = {"name": "a", "ip_range": "10.0.0.0/16"}
    answer = talk.error("POST", "/networks", body)
    assert answer == (status, {"code": code, "message": "not today", "details": None})
    assert talk.get("/networks")["networks"] == []
    talk.post("/networks", body)


def test_a_refusal_may_have_a_status_of_its_own(talk: Talk) -> None:
    """What the API never did can be tried as well."""
    talk.sandbox.faults.refuse("locations.list", code="teapot", status=418)
    assert talk.error("GET", "/locations") == (418, {"code": "teapot", "message": "teapot", "details": None})


def test_a_slow_answer_comes_whole_or_too_late() -> None:
    """It takes its seconds, and is a timeout for a client that does not wait so long; both faces."""
    sandbox = Sandbox()
    sandbox.faults.arm("*", "slow", times=4, seconds=7)

    async def ask(timeout: float) -> int:
        transport = AsyncSandboxTransport(sandbox)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=HEADERS) as client:
            return len((await client.get("/locations", timeout=timeout)).json()["locations"])

    with httpx.Client(transport=SandboxTransport(sandbox), base_url=BASE, headers=HEADERS) as client:
        before = sandbox.clock.now()
        assert len(client.get("/locations", timeout=10).json()["locations"]) == asyncio.run(ask(10))
        assert sandbox.clock.now() - before == 14
        with pytest.raises(httpx.ReadTimeout):
            client.get("/locations", timeout=2)
        with pytest.raises(httpx.ReadTimeout):
            asyncio.run(ask(3))
        assert sandbox.clock.now() - before == 14 + 5


def test_an_action_can_be_delayed(talk: Talk) -> None:
    """The next action of the command takes longer, also one that is instant otherwise; the others do not."""
    talk.sandbox.faults.delay_action("create_volume", 500)
    late = talk.post("/volumes", {"name": "a", "size": 10, "location": "fsn1"})["action"]["id"]
    soon = talk.post("/volumes", {"name": "b", "size": 10, "location": "fsn1"})["action"]["id"]
    talk.wait(400)
    assert talk.get(f"/actions/{late}")["action"]["status"] == "running"
    assert talk.get(f"/actions/{soon}")["action"]["status"] == "success"
    talk.wait(200)
    assert talk.get(f"/actions/{late}")["action"]["status"] == "success"
    talk.sandbox.faults.delay_action("change_protection", 5)
    server = talk.server()
    path = f"/servers/{server['id']}/actions/change_protection"
    assert talk.post(path, {"delete": True, "rebuild": True})["action"]["status"] == "running"


def test_a_quota_is_set_and_lifted(talk: Talk) -> None:
    """The object above the limit is refused, until there is no limit."""
    talk.sandbox.faults.quota("networks", 0)
    body = {"name": "a", "ip_range": "10.0.0.0/16"}
    assert talk.refused("POST", "/networks", body) == (403, "resource_limit_exceeded")
    talk.sandbox.faults.quota("networks", None)
    talk.post("/networks", body)


def test_what_can_never_happen_is_refused(talk: Talk) -> None:
    """Names of operations, commands, kinds and faults that do not exist are errors that say what is near."""
    faults = talk.sandbox.faults
    with pytest.raises(ValueError, match=r"did you mean 'servers\.create'"):
        faults.arm("servers.creat", "503")
    with pytest.raises(ValueError, match="no operation 'nothing'"):
        faults.refuse("nothing", code="conflict")
    with pytest.raises(ValueError, match="did you mean 'create_server'"):
        faults.fail_action("create_sever")
    with pytest.raises(ValueError, match="did you mean 'servers'"):
        faults.quota("server", 1)
    with pytest.raises(ValueError, match=r"there is no fault .explode.; there are 500, .* truncated_json$"):
        faults.arm("*", "explode")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="there is no fault '5033'; did you mean '503'"):
        faults.arm("*", "5033")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="there is no server type 'cx-23'; did you mean 'cx23'"):
        faults.sell_out("cx-23", "fsn1")
    with pytest.raises(ValueError, match="there is no location 'fns1'; did you mean 'fsn1'"):
        faults.sell_out("volumes", "fns1")
    with pytest.raises(ValueError, match="probability 2"):
        faults.arm("*", "503", probability=2)
    faults.arm("servers.actions.*", "503")
    faults.arm("*.create", "503")
    faults.hang_action("set_rrset_*")
    faults.fail_action("change_ip_range")
