"""Waiting for actions: few requests, the API's order of truth, an end in any case."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from hetzner import ActionFailed, ActionTimeout, APIError, AsyncHetzner, Hetzner, NotFoundError, wait
from hetzner.api.waiting import Watch
from hetzner.schema.actions import Action, ActionsResponse
from hetzner.schema.servers import ServerCreateResponse, ServerDeleteResponse
from hetzner.schema.ssh_keys import SSHKey
from tests.faulty import SkippingClock
from tests.scripted import Scripted, action, error, ok, page


def running(*ids: int) -> list[Action]:
    """Return running actions as a call would have returned them."""
    return [Action.model_validate(action(id)) for id in ids]


class Working(Scripted):
    """Actions that take `seconds` each, told by progress when `progress` is wanted."""

    def __init__(self, seconds: float, progress: bool = False) -> None:
        super().__init__(self.answer)
        self.seconds, self.progress, self.began = seconds, progress, self.clock.now()

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Show the actions that are asked for."""
        part = min(1.0, (self.clock.now() - self.began) / self.seconds)
        status = "success" if part == 1 else "running"
        progress = int(100 * part) if self.progress else 0
        ids = request.url.params.get_list("id")
        return page("actions", [action(int(id), status, progress=progress) for id in ids])


def test_many_actions_share_their_requests() -> None:
    """Waiting for a hundred actions of five seconds takes at most twenty requests, of 25 ids each."""
    script = Working(5)
    done = Hetzner(api_token="token", transport=script).wait(running(*range(1, 101)))
    assert [each.id for each in done] == list(range(1, 101))
    assert {each.status for each in done} == {"success"}
    assert len(script.requests) <= 20
    assert max(len(request.url.params.get_list("id")) for request in script.requests) == 25
    assert {request.url.path for request in script.requests} == {"/v1/actions"}


def test_one_action_needs_no_list() -> None:
    """What a call has answered with can be waited for as it is."""
    [only] = running(7)
    assert [each.status for each in Hetzner(api_token="token", transport=Working(5)).wait(only)] == [
        "success"
    ]


def created(*ids: int) -> ServerCreateResponse:
    """Return the answer to a create with an action and some next ones."""
    first, *following = [action(id) for id in ids]
    return ServerCreateResponse.model_validate({"action": first, "next_actions": following})


def test_an_answer_stands_for_the_actions_it_carries() -> None:
    """What a call answered with is waited for as it is, alone or among actions, all its actions in one go."""
    script = Working(5)
    client = Hetzner(api_token="token", transport=script)
    assert [each.id for each in client.wait(created(1, 2, 3))] == [1, 2, 3]
    assert all(request.url.params.get_list("id") == ["1", "2", "3"] for request in script.requests)
    several = ActionsResponse.model_validate({"actions": [action(6), action(7)]})
    assert [each.id for each in client.wait([created(4), *running(5), several, None])] == [4, 5, 6, 7]
    gone = ServerDeleteResponse.model_validate({"action": None})
    assert client.wait(gone) == client.wait(None) == client.wait([]) == []

    async def call() -> list[Action]:
        async with AsyncHetzner(api_token="token", transport=Working(5)) as awaited:
            return await awaited.wait(created(1, 2, 3))

    assert [each.id for each in asyncio.run(call())] == [1, 2, 3]
    assert [each.id for each in wait(created(8, 9), client=client)] == [8, 9]


@pytest.mark.parametrize("thing", [42, [running(1)], SSHKey.model_validate({"id": 1}), "create"])
def test_what_carries_no_action_cannot_be_waited_for(thing: Any) -> None:
    """It is a TypeError before any request."""
    script = Working(5)
    with pytest.raises(TypeError, match=r"wait\(\) takes actions and answers that carry some, not "):
        Hetzner(api_token="token", transport=script).wait(thing)
    assert script.requests == []


def test_one_more_than_fit_into_a_request_keeps_nobody_waiting() -> None:
    """Twenty-six actions are seen to be over as soon as twenty-five are."""
    ends = []
    for count in (25, 26):
        script = Working(5)
        Hetzner(api_token="token", transport=script).wait(running(*range(1, count + 1)))
        ends.append(script.clock.now() - script.began)
    assert ends[1] - ends[0] < 0.5


def test_slow_servers_do_not_eat_the_rate_limit() -> None:
    """Thirty-two servers that boot for 95 seconds cost less than a hundred requests."""
    script = Working(95)
    Hetzner(api_token="token", transport=script).wait(running(*range(1, 33)))
    assert len(script.requests) < 100


def test_a_request_takes_along_whatever_else_is_running() -> None:
    """Actions that began at different times are asked for together from the first look on."""
    watch = Watch()
    first, second = running(1, 2)
    watch.add(first, 0.0)
    watch.add(second, 0.4)
    assert watch.next_look() == 0.5
    assert watch.soonest() == [first, second]
    watch.learn([first, second], 0.5)
    assert watch.next_look() == pytest.approx(1.05)
    assert watch.soonest() == [second, first]
    watch.learn([second], 1.05)
    assert watch.soonest() == [first, second]


def test_progress_tells_when_to_look_again() -> None:
    """An action that says how far it is needs fewer looks than one that does not, and ends as soon."""
    silent, telling = Working(3.0), Working(3.0, progress=True)
    for script in (silent, telling):
        Hetzner(api_token="token", transport=script).wait(running(1))
    assert len(telling.requests) < len(silent.requests)
    assert telling.clock.skipped < 3.6


def test_full_requests_follow_each_other_for_a_while() -> None:
    """Four requests that are full of what is due may come at once, then there is one a second again."""
    watch, times = Watch(), list[float]()
    for each in running(*range(1, 201)):
        watch.add(each, 0.0)
    for _ in range(6):
        at = watch.next_request()
        assert at is not None
        times.append(at)
        watch.learn([each.model_copy() for each in watch.ask(at)], at)
    assert times[:4] == pytest.approx([0.5, 0.6, 0.7, 0.8])
    assert times[4] == pytest.approx(1.8)
    assert times[5] >= 2.7


def test_what_never_took_less_is_not_looked_at_before() -> None:
    """The quickest action of a command tells when a first look at another one is worth a request."""
    watch = Watch()
    first, second, third = running(1, 2, 3)
    watch.add(first, 0.0)
    watch.learn([first.model_copy(update={"status": "success"})], 3.0)
    watch.add(second, 10.0)
    assert watch.next_look() == pytest.approx(13.0)
    watch.learn([second.model_copy(update={"status": "error"})], 13.0)
    watch.add(third, 20.0)
    assert watch.next_look() == pytest.approx(20.5)


def test_what_is_over_needs_no_request() -> None:
    """Actions that are over, and None where a call had none, are not asked for."""
    script = Scripted(error(500))
    over = Action.model_validate(action(1, "success"))
    assert Hetzner(api_token="token", transport=script).wait([None, over]) == [over]
    assert script.requests == []


def test_ids_that_the_answer_leaves_out_are_asked_for_one_by_one() -> None:
    """An action that the batch does not show is looked at by itself, and one that is gone is an error."""
    script = Scripted(page("actions", [action(1, "success")]), ok(action=action(2, "success")))
    done = Hetzner(api_token="token", transport=script).wait(running(1, 2))
    assert [each.status for each in done] == ["success", "success"]
    assert script.asked[1] == "GET /v1/actions/2"
    script = Scripted(page("actions", [action(99, "error")]), error(404, "not_found"))
    with pytest.raises(NotFoundError):
        Hetzner(api_token="token", transport=script).wait(running(1))


def test_a_failure_is_told_after_all_are_over() -> None:
    """ActionFailed names every action that failed, with the API's reason, when the others are over too."""
    why = {
        "error": {"code": "action_failed", "message": "no\nhost"},
        "resources": [{"id": 7, "type": "server"}],
    }
    script = Scripted(
        page("actions", [action(1, "error", **why), action(2)]), page("actions", [action(2, "success")])
    )
    with pytest.raises(
        ActionFailed, match=r"start_server failed on server 7: no\\nhost \(action_failed\)"
    ) as caught:
        Hetzner(api_token="token", transport=script).wait(running(1, 2))
    assert isinstance(caught.value, APIError)
    assert (caught.value.code, caught.value.action.id, len(caught.value.failures)) == ("action_failed", 1, 1)
    assert len(script.requests) == 2


def test_a_timeout_names_what_is_still_running() -> None:
    """ActionTimeout comes when the time is up, not before, after a last look."""
    script = Working(60)
    with pytest.raises(ActionTimeout, match=r"after 7 s: start_server \(id 1\)") as caught:
        Hetzner(api_token="token", transport=script).wait(running(1), timeout=7)
    assert isinstance(caught.value, APIError)
    assert [each.id for each in caught.value.actions] == [1]
    assert 6.9 <= script.clock.skipped <= 7.0
    Hetzner(api_token="token", transport=Working(6.99)).wait(running(1), timeout=7)


@pytest.mark.parametrize("status", [None, "queued", 5])
def test_an_unknown_status_is_not_success(status: Any) -> None:
    """An action whose status is missing or new is not taken to be over."""
    script = Scripted(
        page("actions", [action(1, status, progress="half")]), page("actions", [action(1, "success")])
    )
    done = Hetzner(api_token="token", transport=script).wait(running(1))
    assert done[0].status == "success"
    assert len(script.requests) == 2


def test_progress_is_reported() -> None:
    """on_progress is called with each action at each look."""
    seen: list[str] = []
    report: Callable[[Action], None] = lambda each: seen.append(each.status)  # noqa: E731
    Hetzner(api_token="token", transport=Working(2.0)).wait(running(1), on_progress=report)
    assert seen[-1] == "success"
    assert set(seen[:-1]) == {"running"}


def test_the_awaited_client_waits_the_same_way() -> None:
    """Both clients ask the same questions."""
    blocking, awaited = Working(5), Working(5)
    Hetzner(api_token="token", transport=blocking).wait(running(1, 2))

    async def call() -> None:
        async with AsyncHetzner(api_token="token", transport=awaited) as client:
            await client.wait(running(1, 2))

    asyncio.run(call())
    assert awaited.asked == blocking.asked
    assert isinstance(awaited.clock, SkippingClock)


def test_actions_of_storage_boxes_are_asked_for_at_their_own_api() -> None:
    """The API of the cloud does not know them; both are asked for in the same wait, each with its ids."""
    stored = {"resources": [{"id": 9, "type": "storage_box"}]}
    script = Scripted(
        page("actions", [action(1, "success")]), page("actions", []), ok(action=action(2, "success"))
    )
    begun = [*running(1), Action.model_validate({**action(2), **stored})]
    done = Hetzner(api_token="token", transport=script).wait(begun)
    assert [each.status for each in done] == ["success", "success"]
    hosts = [(request.url.host, request.url.path) for request in script.requests]
    assert hosts == [
        ("api.hetzner.cloud", "/v1/actions"),
        ("api.hetzner.com", "/v1/storage_boxes/actions"),
        ("api.hetzner.com", "/v1/storage_boxes/actions/2"),
    ]
