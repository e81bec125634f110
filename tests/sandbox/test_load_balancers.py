"""Load balancers: create, read, change, measure, delete."""

from typing import Any

import pytest

from tests.sandbox.balancers import HTTP, TCP, balancer, certificate, do, field, network, read, refusal, wish
from tests.sandbox.talk import Talk

PAST = {"announced": "2026-01-01T00:00:00Z", "unavailable_after": "2026-02-01T00:00:00Z"}


def test_a_load_balancer_is_there_at_once(talk: Talk) -> None:
    """The answer has the whole load balancer with its defaults, and the action that brings it up."""
    answer = talk.post("/load_balancers", wish(labels={"a": "b"}))
    lb, action = answer["load_balancer"], answer["action"]
    assert (action["command"], action["status"]) == ("create_load_balancer", "running")
    assert action["resources"] == [{"id": lb["id"], "type": "load_balancer"}]
    assert (lb["algorithm"], lb["labels"]) == ({"type": "round_robin"}, {"a": "b"})
    assert (lb["location"]["name"], lb["load_balancer_type"]["name"]) == ("fsn1", "lb11")
    assert (lb["services"], lb["targets"], lb["private_net"]) == ([], [], [])
    assert lb["included_traffic"] == 20 * 1024**4
    talk.wait()
    assert read(talk, lb["id"]) == lb


def test_its_addresses_are_primary_ips(talk: Talk) -> None:
    """Both addresses belong to primary IPs made for it; of the IPv6 network it has the first address."""
    lb = balancer(talk)
    public = lb["public_net"]
    assert public["enabled"] is True
    for version in ("ipv4", "ipv6"):
        primary = talk.get(f"/primary_ips/{public[version]['id']}")["primary_ip"]
        assert (primary["assignee_type"], primary["assignee_id"]) == ("load_balancer", lb["id"])
        assert primary["auto_delete"] is True
        assert primary["ip"].replace("::/64", "::1") == public[version]["ip"]
    assert public["ipv4"]["dns_ptr"].startswith("static.")
    assert (public["ipv6"]["dns_ptr"], public["ipv6"]["blocked"]) == (None, False)


def primary_ip(talk: Talk, version: str, location: str = "fsn1") -> int:
    """Put an unassigned primary IP into the project."""
    body = {"name": f"mine-{version}-{location}", "type": version, "location": location}
    ident: int = talk.post("/primary_ips", body)["primary_ip"]["id"]
    return ident


def test_it_can_have_given_addresses(talk: Talk) -> None:
    """A given primary IP becomes its address and outlives it; the other one is made and goes with it."""
    mine = primary_ip(talk, "ipv4")
    lb = balancer(talk, public_net={"ipv4": mine})
    assert lb["public_net"]["ipv4"]["id"] == mine
    made = lb["public_net"]["ipv6"]["id"]
    talk.delete(f"/load_balancers/{lb['id']}")
    talk.wait()
    assert talk.get(f"/primary_ips/{mine}")["primary_ip"]["assignee_type"] == "unassigned"
    assert talk.refused("GET", f"/primary_ips/{made}") == (404, "not_found")


def test_given_addresses_have_to_fit(talk: Talk) -> None:
    """An address that is unknown, of the other version, taken, or elsewhere is refused."""
    four, far = primary_ip(talk, "ipv4"), primary_ip(talk, "ipv4", "nbg1")
    taken = balancer(talk)["public_net"]["ipv4"]["id"]
    for public, status, code in (
        ({"ipv4": 1}, 422, "invalid_input"),
        ({"ipv6": four}, 412, "primary_ip_version_mismatch"),
        ({"ipv4": taken}, 422, "primary_ip_assigned"),
        ({"ipv4": far}, 422, "primary_ip_datacenter_mismatch"),
    ):
        body = wish(name="two", public_net=public)
        assert talk.refused("POST", "/load_balancers", body) == (status, code)
    assert len(talk.get("/load_balancers")["load_balancers"]) == 1


def test_a_place_is_needed(talk: Talk) -> None:
    """Either a location or a network zone says where; both, none and unknown ones are refused."""
    assert balancer(talk, name="a", location="1")["location"]["name"] == "fsn1"
    here = {"name": "b", "load_balancer_type": 2, "network_zone": "us-east"}
    assert talk.post("/load_balancers", here)["load_balancer"]["location"]["name"] == "ash"
    body: dict[str, Any] = {"name": "c", "load_balancer_type": "lb11"}
    assert field(talk, "/load_balancers", body) == "location"
    assert (
        field(talk, "/load_balancers", {**body, "location": "fsn1", "network_zone": "us-east"}) == "location"
    )
    assert field(talk, "/load_balancers", {**body, "network_zone": "moon"}) == "network_zone"
    assert field(talk, "/load_balancers", {**body, "location": "moon1"}) == "location"


def test_the_type_has_to_be_on_sale(talk: Talk) -> None:
    """An unknown type, a retired one, and one that is not sold in the location are refused."""
    assert field(talk, "/load_balancers", wish(load_balancer_type="lb99")) == "load_balancer_type"
    row = talk.sandbox.catalogue.rows("load_balancer_types")[1]
    row["deprecation"] = {**PAST, "unavailable_after": "2999-01-01T00:00:00Z"}
    lb = balancer(talk, name="in-time")
    assert lb["load_balancer_type"]["deprecation"] == row["deprecation"]
    del row["traffic"]["sin"]
    status, error = talk.error("POST", "/load_balancers", wish(location="sin"))
    assert (status, error["message"]) == (422, "unsupported location for load balancer type")
    row["deprecation"] = PAST
    status, error = talk.error("POST", "/load_balancers", wish())
    assert (status, error["code"]) == (422, "invalid_input")
    assert error["message"] == "load balancer type 1 is deprecated"


@pytest.mark.parametrize("name", ["", " lb", "lb ", "x" * 129])
def test_bad_names_are_refused(talk: Talk, name: str) -> None:
    """Names have 1 to 128 characters, without blanks at their ends."""
    assert field(talk, "/load_balancers", wish(name=name)) == "name"


def test_names_are_unique_and_can_change(talk: Talk) -> None:
    """A second load balancer of a name is refused; name and labels can be changed when nothing else is."""
    lb = balancer(talk, name="Web Frontend")
    assert talk.refused("POST", "/load_balancers", wish(name=lb["name"])) == (409, "uniqueness_error")
    path = f"/load_balancers/{lb['id']}"
    changed = talk.put(path, {"name": "b", "labels": {"x": "y"}})["load_balancer"]
    assert (changed["name"], changed["labels"]) == ("b", {"x": "y"})
    talk.post(f"{path}/actions/change_algorithm", {"type": "least_connections"})
    assert talk.refused("PUT", path, {"name": "c"}) == (409, "conflict")
    assert refusal(talk, lb, "add_service", TCP) == (409, "conflict")
    assert talk.refused("DELETE", path) == (409, "conflict")
    talk.wait()
    assert [each["id"] for each in talk.get("/load_balancers?name=b")["load_balancers"]] == [lb["id"]]
    assert read(talk, lb["id"])["algorithm"] == {"type": "least_connections"}


def test_deleting_takes_a_moment(talk: Talk) -> None:
    """Delete answers 201 with an action; until that is done the load balancer is still there."""
    lb = balancer(talk, network=network(talk))
    answer = talk.send("DELETE", f"/load_balancers/{lb['id']}")
    assert (answer.status, b"delete_load_balancer" in answer.body) == (201, True)
    assert read(talk, lb["id"])["name"] == "lb"
    talk.wait()
    assert talk.refused("GET", f"/load_balancers/{lb['id']}") == (404, "not_found")
    assert talk.get("/primary_ips")["primary_ips"] == []
    assert talk.get("/networks")["networks"][0]["load_balancers"] == []


def test_a_protected_load_balancer_stays(talk: Talk) -> None:
    """Delete protection answers protected until it is switched off."""
    lb = do(talk, balancer(talk), "change_protection", {"delete": True})
    assert lb["protection"] == {"delete": True}
    status, error = talk.error("DELETE", f"/load_balancers/{lb['id']}")
    assert (status, error["code"]) == (423, "protected")
    assert error["message"] == "load balancer is delete protected"
    assert do(talk, lb, "change_protection", {"delete": False})["protection"] == {"delete": False}
    assert talk.delete(f"/load_balancers/{lb['id']}")["action"]["status"] == "running"


def test_the_type_can_change(talk: Talk) -> None:
    """Another type is taken when everything fits and it is on sale there; else invalid_load_balancer_type."""
    services = [{**TCP, "listen_port": port} for port in range(1, 7)]
    lb = balancer(talk, load_balancer_type="lb21", services=services)
    unfit = (422, "invalid_load_balancer_type")
    assert refusal(talk, lb, "change_type", {"load_balancer_type": "lb11"}) == unfit
    assert refusal(talk, lb, "change_type", {"load_balancer_type": "lb21"}) == unfit
    assert refusal(talk, lb, "change_type", {"load_balancer_type": "lb99"}) == (422, "invalid_input")
    lb = do(talk, lb, "change_type", {"load_balancer_type": "lb31"})
    assert lb["load_balancer_type"]["name"] == "lb31"
    talk.sandbox.catalogue.rows("load_balancer_types")[2]["deprecation"] = PAST
    assert refusal(talk, lb, "change_type", {"load_balancer_type": "lb21"}) == unfit


def test_the_smaller_type_must_have_room(talk: Talk) -> None:
    """Too many targets or certificates keep a load balancer from becoming smaller."""
    unfit = (422, "invalid_load_balancer_type")
    targets = [{"type": "label_selector", "label_selector": {"selector": f"a{n}"}} for n in range(26)]
    lb = balancer(talk, name="targets", load_balancer_type="lb21", targets=targets)
    assert refusal(talk, lb, "change_type", {"load_balancer_type": "lb11"}) == unfit
    used = [certificate(talk, f"c{number}") for number in range(11)]
    https = {"protocol": "https", "http": {"certificates": used}}
    lb = balancer(talk, name="certificates", load_balancer_type="lb21", services=[https])
    assert refusal(talk, lb, "change_type", {"load_balancer_type": "lb11"}) == unfit


def test_failed_actions_change_nothing(talk: Talk) -> None:
    """What was to be changed or deleted stays when the action fails; a failed create leaves no network."""
    faults = talk.sandbox.faults
    faults.fail_action("create_load_balancer")
    lb = balancer(talk, network=network(talk))
    assert lb["private_net"] == []
    faults.fail_action("add_service")
    talk.act(f"/load_balancers/{lb['id']}/actions/add_service", TCP)
    faults.fail_action("delete_load_balancer")
    talk.delete(f"/load_balancers/{lb['id']}")
    talk.wait()
    assert read(talk, lb["id"])["services"] == []


def test_metrics_are_shown(talk: Talk) -> None:
    """All four types answer with their series: curves with a service and a target, zeros without."""
    idle, web = balancer(talk, name="idle"), talk.server()
    targets = [{"type": "server", "server": {"id": web["id"]}}]
    busy = balancer(talk, name="busy", services=[HTTP], targets=targets)
    types = "type=open_connections,connections_per_second&type=requests_per_second&type=bandwidth"
    query = f"/metrics?{types}&start=2026-11-23T12:00:00Z&end=2026-11-23T13:00:00Z"
    series = talk.get(f"/load_balancers/{busy['id']}{query}")["metrics"]["time_series"]
    names = {
        "open_connections",
        "connections_per_second",
        "requests_per_second",
        "bandwidth.in",
        "bandwidth.out",
    }
    assert set(series) == names
    assert all(float(each["values"][0][1]) > 0 for each in series.values())
    quiet = talk.get(f"/load_balancers/{idle['id']}{query}")["metrics"]["time_series"]
    assert quiet["bandwidth.in"]["values"][0][1] == "0"
    path = (
        f"/load_balancers/{idle['id']}/metrics?type=cpu&start=2026-11-23T12:00:00Z&end=2026-11-23T13:00:00Z"
    )
    assert talk.refused("GET", path) == (422, "invalid_input")


def test_the_quota_counts(talk: Talk) -> None:
    """An armed quota refuses one more."""
    talk.sandbox.faults.quotas["load_balancers"] = 0
    assert talk.refused("POST", "/load_balancers", wish()) == (403, "resource_limit_exceeded")


def test_types_are_listed(talk: Talk) -> None:
    """All types can be read by id and by name, with limits and prices."""
    listed = talk.get("/load_balancer_types")["load_balancer_types"]
    assert [each["name"] for each in listed] == ["lb11", "lb21", "lb31"]
    lb21 = talk.get("/load_balancer_types?name=lb21")["load_balancer_types"][0]
    assert (lb21["max_services"], lb21["max_targets"], lb21["max_connections"]) == (15, 75, 20000)
    assert (lb21["max_assigned_certificates"], lb21["deprecation"]) == (25, None)
    assert {each["location"] for each in lb21["prices"]} >= {"fsn1", "ash"}
    assert talk.get(f"/load_balancer_types/{lb21['id']}")["load_balancer_type"] == lb21
    assert "deprecated" not in lb21
