"""What changes or vanishes behind a client's back, and the rate limit."""

from typing import Any

import pytest

from hetzner.sandbox.errors import Refusal
from tests.sandbox.talk import Talk

ZONE = {"name": "example.com", "mode": "primary"}


def test_an_object_changes_behind_the_back(talk: Talk) -> None:
    """Fields of a row change without a request; the client reads the new state."""
    server = talk.server(labels={"a": "b"})
    sent = len(talk.sandbox.log)
    shown = talk.sandbox.alter("servers", "web", {"status": "off", "labels": {"role": "db"}})
    assert len(talk.sandbox.log) == sent
    assert talk.get(f"/servers/{server['id']}")["server"] == shown
    assert (shown["status"], shown["labels"]) == ("off", {"role": "db"})


def test_those_who_follow_labels_hear_of_it(talk: Talk) -> None:
    """A firewall that selects by labels finds a server whose labels drifted."""
    server = talk.server()
    selector = {"type": "label_selector", "label_selector": {"selector": "role=db"}}
    wall = talk.post("/firewalls", {"name": "base", "apply_to": [selector]})["firewall"]["id"]
    talk.sandbox.alter("servers", server["id"], {"labels": {"role": "db"}})
    talk.wait()
    applied = talk.get(f"/firewalls/{wall}")["firewall"]["applied_to"]
    assert [each["server"]["id"] for each in applied[0]["applied_to_resources"]] == [server["id"]]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": 5}, "'id' cannot be changed"),
        ({"sttus": "off"}, "a row of servers has .*status"),
        ({"status": 5}, "cannot become 5"),
        ({"labels": ["a"]}, "cannot become"),
        ({"server_type": 99999}, r"not found|could not be shown"),
        ({"private_net": [5]}, "could not be shown"),
    ],
)
def test_a_drift_that_makes_no_sense_is_refused(talk: Talk, changes: dict[str, Any], reason: str) -> None:
    """Fields that are none, values of another type and rows that cannot be shown change nothing."""
    before = talk.server()
    with pytest.raises((ValueError, Refusal), match=reason):
        talk.sandbox.alter("servers", "web", changes)
    assert talk.get(f"/servers/{before['id']}")["server"] == before


def test_objects_vanish_at_once(talk: Talk) -> None:
    """A removed object is gone with all that follows from it, and the log knows nothing of it."""
    talk.server()
    zone = talk.post("/zones", ZONE)["zone"]["id"]
    talk.wait()
    record = {"name": "www", "type": "A", "records": [{"value": "203.0.113.1"}]}
    talk.post(f"/zones/{zone}/rrsets", record)
    talk.wait()
    sent = len(talk.sandbox.log)
    talk.sandbox.remove("servers", "web")
    talk.sandbox.remove("zones.rrsets", f"{zone}/www/A")
    assert len(talk.sandbox.log) == sent
    assert talk.get("/servers")["servers"] == talk.get("/primary_ips")["primary_ips"] == []
    assert talk.refused("GET", f"/zones/{zone}/rrsets/www/A") == (404, "not_found")
    talk.sandbox.remove("zones", "example.com")
    assert talk.get("/zones")["zones"] == []


def test_what_the_api_would_not_delete_does_not_vanish(talk: Talk) -> None:
    """Protected objects are refused as by the API, and so is what does not exist or is Hetzner's."""
    server = talk.server()
    talk.act(f"/servers/{server['id']}/actions/change_protection", {"delete": True, "rebuild": True})
    for kind, which, reason in (
        ("servers", "web", "delete protected"),
        ("servers", "wbe", "not found"),
        ("images", "debian-13", "cannot be deleted"),
        ("locations", "fsn1", "cannot be deleted"),
        ("server", 1, "did you mean 'servers'"),
    ):
        with pytest.raises((ValueError, Refusal), match=reason):
            talk.sandbox.remove(kind, which)
    assert len(talk.get("/servers")["servers"]) == 1


def test_the_rate_limit_is_at_hand(talk: Talk) -> None:
    """The bucket can be emptied or made smaller, and refills by the clock."""
    talk.sandbox.rate_limit(3600, remaining=1)
    assert talk.send("GET", "/locations").headers["RateLimit-Remaining"] == "0"
    assert talk.refused("GET", "/locations") == (429, "rate_limit_exceeded")
    talk.wait(5)
    assert talk.send("GET", "/locations").headers["RateLimit-Limit"] == "3600"
    with pytest.raises(ValueError, match="at least 1"):
        talk.sandbox.rate_limit(0)
