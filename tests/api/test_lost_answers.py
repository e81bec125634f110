"""What a call does when its answer was lost and the API is still busy with it, or nobody can tell."""

import httpx
import pytest

from hetzner import APIConnectionError, APIStatusError
from tests.api.test_retries import LOST, client
from tests.scripted import action, error, ok, page


@pytest.mark.parametrize("busy", [error(423, "locked"), error(409, "conflict")], ids=["locked", "conflict"])
def test_what_is_busy_with_a_lost_deletion_is_waited_for(busy: httpx.Response) -> None:
    """A deletion that is still going on when its request is sent again is no error."""
    api, script = client(LOST, *[busy] * 5, error(404, "not_found"))
    assert api.servers.delete(1).action is None
    assert [asked.partition(" ")[0] for asked in script.asked] == ["DELETE"] * 7
    api, script = client(busy, max_retries=0)
    with pytest.raises(APIStatusError):
        api.servers.delete(1)
    assert len(script.requests) == 1


def test_what_is_busy_with_a_lost_change_is_changed_when_that_is_over() -> None:
    """The action of a lost change holds up the same change for a while; what never ends is told."""
    api, script = client(LOST, error(423, "locked"), error(423, "locked"), ok(action=action(8)))
    assert api.zones.actions.change_ttl("example.com", ttl=600).action.id == 8
    assert len(script.requests) == 4
    api, _ = client(LOST, error(423, "locked"))
    with pytest.raises(APIStatusError, match="something else is changing it") as caught:
        api.zones.actions.change_ttl("example.com", ttl=600)
    assert caught.value.maybe_done
    api, script = client(LOST, error(423, "locked"))
    with pytest.raises(APIStatusError):
        api.servers.update(1, name="web")  # has no action that could lock anything
    assert len(script.requests) == 2


def test_an_error_says_that_nobody_knows_whether_it_was_done() -> None:
    """What must not be asked for twice is told in the message; what can be, and what was not sent, is not."""
    api, _ = client(LOST)
    with pytest.raises(APIConnectionError, match="look before you ask for it again") as caught:
        api.storage_boxes.snapshots.create(1)
    assert caught.value.maybe_done
    assert str(caught.value) == caught.value.message
    api, _ = client(LOST)
    with pytest.raises(APIConnectionError) as caught:
        api.servers.delete(1)
    assert "nobody knows" not in str(caught.value)
    api, _ = client(httpx.ConnectError("refused"))
    with pytest.raises(APIConnectionError) as caught:
        api.servers.create(name="web", server_type="cx23", image="debian-13")
    assert "nobody knows" not in str(caught.value)


def test_a_part_that_was_made_brings_the_action_of_its_whole() -> None:
    """A lost create of an RRSet is adopted with its action, which is then waited for."""
    found = {"id": "www/A", "name": "www", "type": "A", "records": [{"value": "192.0.2.7"}], "labels": {}}
    begun = action(8, command="create_rrset", started="2999-01-01T00:00:00Z")
    api, script = client(LOST, page("rrsets", [found]), page("actions", [begun]))
    answer = api.zones.rrsets.create("example.com", name="www", type="A", records=[{"value": "192.0.2.7"}])
    assert (answer.rrset.id, answer.action.id) == ("www/A", 8)
    assert script.asked == [
        "POST /v1/zones/example.com/rrsets",
        "GET /v1/zones/example.com/rrsets?name=www",
        "GET /v1/zones/example.com/actions?sort=id%3Adesc&per_page=25",
    ]
