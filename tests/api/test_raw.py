"""Any verb on any path, answers as they come, and the pace of the rate limit."""

import asyncio
from types import NoneType
from typing import Any

import httpx
import pytest

import hetzner
from hetzner import AsyncHetzner, Hetzner, NotFoundError
from hetzner.api.limits import Pace
from hetzner.schema.servers import ServerRetrieveResponse
from tests.scripted import Scripted, error, ok, page

SERVER = ok(server={"id": 1, "name": "web"})


def client(*steps: Any) -> tuple[Hetzner, Scripted]:
    """Return a client with the script that answers it."""
    script = Scripted(*steps)
    return Hetzner(api_token="token", transport=script), script


def test_what_a_raw_answer_is_cast_to() -> None:
    """cast_to takes a model, plain types, None's type, and both kinds of response."""
    api, _ = client(SERVER)
    assert api.get("/servers/1", cast_to=ServerRetrieveResponse).server.name == "web"
    assert api.get("/servers/1", cast_to=dict)["server"] == {"id": 1, "name": "web"}
    assert api.get("/servers/1", cast_to=str).startswith("{")
    assert api.get("/servers/1", cast_to=NoneType) is None
    assert api.get("/servers/1", cast_to=hetzner.Response).status_code == 200
    response = api.get("/servers/1", cast_to=httpx.Response)
    assert (response.json()["server"]["id"], response.request.method) == (1, "GET")


def test_the_four_verbs_send_what_they_are_given() -> None:
    """get, post, put and delete take query, headers, body and more body."""
    api, script = client(ok())
    api.get("/a?x=1", cast_to=dict, options={"params": {"y": [2, 3]}, "headers": {"x-a": "b"}})
    api.post("/a", cast_to=dict, body={"a": 1}, options={"extra_json": {"b": None}, "idempotency_key": "k"})
    api.put("/a", cast_to=dict, body={})
    api.delete("/a", cast_to=dict)
    assert script.asked == ["GET /v1/a?x=1&y=2&y=3", "POST /v1/a", "PUT /v1/a", "DELETE /v1/a"]
    assert [request.read() for request in script.requests] == [b"", b'{"a": 1, "b": null}', b"{}", b""]
    assert script.requests[0].headers["x-a"] == "b"
    assert script.requests[1].headers["content-type"] == "application/json"


def test_raw_paths_stay_on_the_apis_hosts() -> None:
    """A full address of the API is taken as its path, any other is refused before a request."""
    api, script = client(ok())
    api.get("https://api.hetzner.com/v1/storage_boxes", cast_to=dict)
    assert str(script.requests[0].url) == "https://api.hetzner.com/v1/storage_boxes"
    for path in ("https://evil.example/v1/servers", "https://api.hetzner.cloud.evil.example/v1/", "servers"):
        with pytest.raises(ValueError, match="never sent the token"):
            api.get(path, cast_to=dict)
    assert len(script.requests) == 1


def test_an_operation_can_be_asked_for_its_answer_as_it_came() -> None:
    """client.raw gives status and headers, of lists too, and raises the same errors."""
    api, _ = client(httpx.Response(200, headers={"RateLimit-Remaining": "17"}, json={"servers": []}))
    response = api.raw(api.servers.list, name="web")
    assert (response.status_code, response.headers["ratelimit-remaining"]) == (200, "17")
    api, _ = client(error(404, "not_found"))
    with pytest.raises(NotFoundError):
        api.raw(api.servers.retrieve, 1)
    with pytest.raises(TypeError, match="not an operation"):
        api.raw(print, 1)


def test_the_awaited_client_has_raw_access_too() -> None:
    """The same calls, awaited."""

    async def call() -> tuple[int, Any, int]:
        async with AsyncHetzner(api_token="t", transport=Scripted(SERVER)) as api:
            response = await api.raw(api.servers.retrieve, 1)
            listed = await api.raw(api.servers.list)
            return response.status_code, await api.get("/servers/1", cast_to=dict), listed.status_code

    status, body, listed = asyncio.run(call())
    assert (status, body["server"]["id"], listed) == (200, 1, 200)


def test_calls_keep_the_pace_of_the_rate_limit() -> None:
    """When nothing is left, each call waits for the second in which one more is allowed."""
    empty = page("servers", [])
    empty.headers.update(
        {"ratelimit-limit": "3600", "ratelimit-remaining": "0", "ratelimit-reset": "9999999999"}
    )
    api, script = client(empty)
    for _ in range(4):
        api.servers.list()
    assert 2.9 < script.clock.skipped <= 3.0
    api.get("https://api.hetzner.com/v1/storage_boxes", cast_to=dict)
    assert script.clock.skipped <= 3.0


def test_a_pace_refills_and_keeps_a_reserve() -> None:
    """The bucket gains one request a second up to its size, and a reserve of it is left to others."""
    pace = Pace(reserve=0.5)
    assert (pace.left(0.0), pace.wait(0.0)) == (None, 0.0)
    pace.learn({"ratelimit-limit": "100", "ratelimit-remaining": "60"}, 0.0)
    assert pace.left(36.0) == 61.0
    assert pace.left(1e9) == 100.0
    assert pace.wait(0.0) == 0.0
    pace.learn({"ratelimit-limit": "100", "ratelimit-remaining": "50"}, 0.0)
    assert pace.wait(0.0) == pytest.approx(36.0)
    pace.drained(0.0)
    assert pace.left(0.0) == 0.0


def test_unsendable_bodies_are_refused() -> None:
    """What JSON cannot say is an error before any request; sets, dates and models are written as JSON."""
    api, script = client(ok())
    for bad in (float("nan"), object(), b"bytes"):
        with pytest.raises((TypeError, ValueError)):
            api.put("/a", cast_to=dict, body={"a": bad})
    assert script.requests == []
    from datetime import UTC, date, datetime

    model = ServerRetrieveResponse.model_validate({"server": {"id": 1}})
    good = {
        "s": {2, 1},
        "d": date(2026, 1, 2),
        "t": datetime(2026, 1, 2, tzinfo=UTC),
        "u": (1,),
        "m": model.server,
    }
    api.put("/a", cast_to=dict, body=good)
    assert (
        script.requests[0]
        .read()
        .startswith(b'{"s": [1, 2], "d": "2026-01-02", "t": "2026-01-02T00:00:00+00:00", "u": [1]')
    )
