"""What is tried again, how often, how long after, and what is never done twice."""

from typing import Any

import httpx
import pytest

from hetzner import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    Hetzner,
    InternalServerError,
    NotFoundError,
    RateLimitError,
)
from tests.scripted import Scripted, action, error, ok, page

SERVER = ok(server={"id": 1, "name": "web"})
LOST = httpx.ReadError("lost")


def client(*steps: Any, **options: Any) -> tuple[Hetzner, Scripted]:
    """Return a client with the script that answers it."""
    script = Scripted(*steps)
    return Hetzner(api_token="token", transport=script, **options), script


@pytest.mark.parametrize(
    "fault",
    [
        httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.ReadTimeout("slow"), LOST,
        httpx.RemoteProtocolError("gone"), error(429, "rate_limit_exceeded"), error(409, "conflict"),
        httpx.Response(409), error(500, "server_error"), httpx.Response(502, html="<b>"),
        error(503), error(504),
        httpx.Response(200, html="<b>portal"), httpx.Response(200, json=[]), httpx.Response(200),
    ],
    ids=str,
)  # fmt: skip
def test_a_passing_fault_is_retried_twice(fault: Any) -> None:
    """Connection errors, 409 conflict, 429 and 5xx are tried again, twice and no more by default."""
    api, script = client(fault, fault, SERVER)
    assert api.servers.retrieve(1).server.name == "web"
    api, script = client(fault)
    with pytest.raises(APIError):
        api.servers.retrieve(1)
    assert len(script.requests) == 3


@pytest.mark.parametrize(
    "answer",
    [
        error(400, "invalid_input"), error(401, "unauthorized"), error(403, "forbidden"),
        error(404, "not_found"),
        error(409, "uniqueness_error"), error(412, "resource_unavailable"), error(422, "placement_error"),
        error(423, "locked"), error(423, "protected"), httpx.Response(408), error(501), error(410, "gone"),
    ],
    ids=lambda answer: str(answer.status_code),
)  # fmt: skip
def test_a_lasting_error_is_not_retried(answer: httpx.Response) -> None:
    """What would be answered the same way again is asked once."""
    api, script = client(answer)
    with pytest.raises(APIStatusError):
        api.servers.retrieve(1)
    assert len(script.requests) == 1


def test_max_retries_counts_for_the_client_and_for_one_call() -> None:
    """max_retries sets the number of repetitions, and with_options() another one for its calls."""
    for wanted in (0, 5):
        api, script = client(LOST)
        with pytest.raises(APIConnectionError):
            api.with_options(max_retries=wanted).servers.retrieve(1)
        assert len(script.requests) == wanted + 1
    api, script = client(LOST, max_retries=1)
    with pytest.raises(APIConnectionError):
        api.get("/servers", cast_to=dict, options={"max_retries": 3})
    assert len(script.requests) == 4


@pytest.mark.parametrize("wrong", [-1, 1.5, "2", True, None])
def test_max_retries_must_be_a_count(wrong: Any) -> None:
    """Anything but a whole number from 0 is refused when the client is made."""
    with pytest.raises(ValueError, match="max_retries"):
        Hetzner(api_token="token", max_retries=wrong)


def test_waits_grow_and_have_jitter() -> None:
    """The wait before the n-th repetition is anything up to a quarter second doubled n times."""
    api, script = client(*[LOST] * 8, SERVER, max_retries=8)
    api.servers.retrieve(1)
    slept = script.clock.slept
    assert len(slept) == 8
    assert all(0 <= wait <= 0.25 * 2**number for number, wait in enumerate(slept))
    assert len(set(slept)) == 8


@pytest.mark.parametrize(
    ("asked", "waits"), [("7", 7.0), ("600", 60.0), ("soon", 1.0), ("-3", 1.0), ("9" * 500, 60.0)]
)
def test_retry_after_is_obeyed_up_to_a_minute(asked: str, waits: float) -> None:
    """Retry-After lengthens the wait, nonsense in it does not, and a 429 costs a second at least."""
    api, script = client(error(429, "rate_limit_exceeded", headers={"retry-after": asked}), SERVER)
    api.servers.retrieve(1)
    assert waits <= sum(script.clock.slept) <= waits + 1.0


def test_a_call_ends_two_minutes_after_it_began() -> None:
    """However many retries are allowed, none starts after two minutes."""
    api, script = client(error(503, headers={"retry-after": "50"}), max_retries=99)
    with pytest.raises(InternalServerError):
        api.servers.retrieve(1)
    assert len(script.requests) == 3


def test_too_many_requests_may_take_five_minutes() -> None:
    """While the API only says that there were too many requests, the call goes on for five minutes."""
    api, script = client(error(429, "rate_limit_exceeded", headers={"retry-after": "50"}), max_retries=99)
    with pytest.raises(RateLimitError):
        api.servers.retrieve(1)
    assert len(script.requests) == 6


def test_a_patient_client_waits_for_the_rate_limit_as_long_as_it_takes() -> None:
    """Being told that there were too many requests is neither a retry nor part of the call's two minutes."""
    throttled = error(429, "rate_limit_exceeded", headers={"retry-after": "50"})
    api, script = client(*[throttled] * 20, LOST, throttled, LOST, SERVER)
    assert api.with_options(patient=True).servers.retrieve(1).server.name == "web"
    assert sum(script.clock.slept) >= 21 * 50
    api, script = client(*[throttled] * 20, LOST)
    with pytest.raises(APIConnectionError):
        api.with_options(patient=True).servers.retrieve(1)
    assert len(script.requests) == 23


def test_the_budget_stops_retrying_in_an_outage() -> None:
    """When everything fails, a client soon asks once a call, and shares that with its copies."""
    api, script = client(LOST)
    for _ in range(30):
        with pytest.raises(APIConnectionError):
            api.with_options(timeout=3).servers.retrieve(1)
    assert len(script.requests) == 30 + 500 // 14


def test_a_closed_client_does_not_retry() -> None:
    """A failure after close() is raised at once, and so is every later call, as an error of ours."""
    api, script = client(LOST)
    script.steps[0] = lambda request: _close_and_fail(api)
    with pytest.raises(APIConnectionError):
        api.servers.retrieve(1)
    assert len(script.requests) == 1
    with pytest.raises(APIConnectionError, match="the client is closed"):
        api.servers.retrieve(1)
    assert len(script.requests) == 1


def _close_and_fail(api: Hetzner) -> httpx.Response:
    api.close()
    raise LOST


def test_a_deleted_object_stays_deleted() -> None:
    """A 404 after a DELETE whose answer was lost means success; without a lost answer it is an error."""
    api, _ = client(LOST, error(404, "not_found"))
    assert api.servers.delete(1).action is None
    api, _ = client(error(404, "not_found"))
    with pytest.raises(NotFoundError):
        api.servers.delete(1)
    api, _ = client(error(429, "rate_limit_exceeded"), error(404, "not_found"))
    with pytest.raises(NotFoundError):
        api.servers.delete(1)


def test_an_action_whose_answer_was_lost_is_found_in_the_list() -> None:
    """A reboot that was executed although its answer was lost is not repeated."""
    script = Scripted(LOST)
    started = {"started": "2999-01-01T00:00:00Z", "command": "reboot_server"}
    script.steps += [page("actions", [action(9, command="start_server"), action(8, **started)])]
    api = Hetzner(api_token="token", transport=script)
    answer = api.servers.actions.reboot(1)
    assert answer.action.id == 8
    assert script.asked == [
        "POST /v1/servers/1/actions/reboot",
        "GET /v1/servers/1/actions?sort=id%3Adesc&per_page=25",
    ]


def test_an_action_that_is_nowhere_is_sent_again() -> None:
    """A reboot that was not executed is repeated after two looks."""
    nothing = page("actions", [action(7, command="reboot_server", started="2020-01-01T00:00:00Z")])
    api, script = client(LOST, nothing, nothing, ok(action=action(8)))
    assert api.servers.actions.reboot(1).action.id == 8
    assert [asked.partition(" ")[0] for asked in script.asked] == ["POST", "GET", "GET", "POST"]


def test_an_action_of_an_earlier_call_is_not_adopted() -> None:
    """Two like actions in a row are two: the first one's result is never taken for the second one's."""
    first = action(8, command="attach_to_network", started="2999-01-01T00:00:00Z")
    shown = page("actions", [first])
    api, script = client(ok(action=first), LOST, shown, shown, ok(action=action(9)))
    assert api.servers.actions.attach_to_network(1, network=1).action.id == 8
    assert api.servers.actions.attach_to_network(1, network=2).action.id == 9
    assert len(script.requests) == 5


def test_a_clock_that_is_wrong_does_not_change_what_is_ours() -> None:
    """The age of an action is judged by the API's own clock, from its Date header."""
    shown = page("actions", [action(8, command="reboot_server", started="1999-12-31T23:59:30+00:00")])
    shown.headers["date"] = "Sat, 01 Jan 2000 00:00:00 GMT"
    api, _ = client(LOST, shown, shown, ok(action=action(9)))
    assert api.servers.actions.reboot(1).action.id == 9
    recent = page("actions", [action(8, command="reboot_server", started="2000-01-01T00:00:01+00:00")])
    recent.headers["date"] = "Sat, 01 Jan 2000 00:00:00 GMT"
    api, _ = client(LOST, recent)
    assert api.servers.actions.reboot(1).action.id == 8


def test_a_set_action_is_simply_repeated() -> None:
    """What leads to the same state both times is sent again without a look."""
    api, script = client(LOST, ok(action=action(8)))
    api.servers.actions.change_protection(1, delete=True, rebuild=True)
    assert script.asked == ["POST /v1/servers/1/actions/change_protection"] * 2


def test_a_raw_post_is_never_repeated_blindly() -> None:
    """A POST to any path is repeated only when it was surely not carried out."""
    api, script = client(LOST)
    with pytest.raises(APIConnectionError) as caught:
        api.post("/servers", cast_to=dict, body={"name": "web"})
    assert caught.value.maybe_done
    assert len(script.requests) == 1
    api, script = client(httpx.ConnectError("refused"), error(429, "rate_limit_exceeded"), ok(done=True))
    assert api.post("/servers", cast_to=dict, body={}) == {"done": True}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_never_followed(status: int) -> None:
    """A redirect is an error that names the likely cause; no request goes to where it points."""
    api, script = client(httpx.Response(status, headers={"location": "https://elsewhere.example/v1/servers"}))
    for call in (lambda: api.servers.list(), lambda: api.ssh_keys.create(name="k", public_key="ssh-rsa A")):
        with pytest.raises(APIStatusError, match="redirects are never followed") as caught:
            call()
        assert type(caught.value) is APIStatusError
    assert {request.url.host for request in script.requests} == {"api.hetzner.cloud"}
    assert len(script.requests) == 2


def test_even_a_callers_client_follows_no_redirect() -> None:
    """An http_client that would follow redirects is told not to."""
    script = Scripted(httpx.Response(302, headers={"location": "https://elsewhere.example/"}))
    with httpx.Client(transport=script, follow_redirects=True) as http, pytest.raises(APIStatusError):
        Hetzner(api_token="token", http_client=http).servers.list()
    assert len(script.requests) == 1


def test_the_cause_of_a_connection_error_is_kept() -> None:
    """A timeout is an APITimeoutError, and both kinds carry what the HTTP library raised."""
    late, broken = httpx.ReadTimeout("late"), httpx.ConnectError("refused")
    api, _ = client(late, max_retries=0)
    with pytest.raises(APITimeoutError, match="Request timed out") as timeout:
        api.servers.list()
    assert timeout.value.__cause__ is late
    api, _ = client(broken, max_retries=0)
    with pytest.raises(APIConnectionError, match="Connection error") as connection:
        api.servers.list()
    assert connection.value.__cause__ is broken
    assert not connection.value.maybe_done


SEEN = ok(servers=[], meta=None)


@pytest.mark.parametrize("looking", [LOST, error(500), httpx.Response(200, text='{"servers": [')])
@pytest.mark.parametrize("sending", [LOST, error(500), httpx.Response(502, text="<html>")])
def test_when_looking_for_a_create_fails_too(sending: Any, looking: Any) -> None:
    """The error of the create is raised, with its own reason, whenever looking for it begins to fail."""
    for works in range(6):  # so many looks find nothing; those after them fail
        looks = iter([*[SEEN] * works, *[looking] * 30])

        def answer(request: httpx.Request, looks: Any = looks) -> httpx.Response:
            step = sending if request.method == "POST" else next(looks)
            if isinstance(step, Exception):
                raise type(step)(*step.args)
            return httpx.Response(step.status_code, headers=step.headers, content=step.content)

        with pytest.raises(APIError) as caught:
            Hetzner(api_token="token", transport=Scripted(answer)).servers.create(
                name="web", server_type="cx23", image="debian-13"
            )
        assert str(caught.value).startswith("POST ")
        assert isinstance(caught.value.__cause__, httpx.ReadError) is (sending is LOST)
        reasons: list[BaseException | None] = [caught.value]
        while (last := reasons[-1]) is not None:
            assert last not in reasons[:-1]
            reasons.append(last.__cause__ or last.__context__)
