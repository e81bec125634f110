"""Networks: ranges, subnets, routes, protection. Members are in test_network_members.py."""

from typing import Any

import pytest

from hetzner.sandbox.kinds.networks import Networks
from tests.sandbox.talk import Talk

SUBNET = {"type": "cloud", "network_zone": "eu-central"}


def create(talk: Talk, ip_range: str = "10.0.0.0/16", **fields: Any) -> Any:
    """Create a network."""
    return talk.post("/networks", {"name": "net", "ip_range": ip_range, **fields})["network"]


def act(talk: Talk, network: Any, command: str, **body: Any) -> Any:
    """Carry out an action of a network and return the network afterwards."""
    assert talk.act(f"/networks/{network['id']}/actions/{command}", body)["status"] == "success"
    return talk.get(f"/networks/{network['id']}")["network"]


def refusal(talk: Talk, network: Any, command: str, **body: Any) -> tuple[int, str, str]:
    """Try an action that must be refused; returns status, code and the field (or the message)."""
    status, error = talk.error("POST", f"/networks/{network['id']}/actions/{command}", body)
    details = error["details"]
    return status, error["code"], details["fields"][0]["name"] if details else error["message"]


def test_a_network_is_created_at_once(talk: Talk) -> None:
    """A create answers with the whole network, with subnets and routes, and no action."""
    answer = talk.post(
        "/networks",
        {
            "name": "net",
            "ip_range": "10.0.0.0/16",
            "subnets": [{**SUBNET, "ip_range": "10.0.1.0/24"}, SUBNET],
            "routes": [{"destination": "10.100.0.0/16", "gateway": "10.0.1.7"}],
            "expose_routes_to_vswitch": True,
        },
    )
    network = answer["network"]
    assert "action" not in answer
    assert [subnet["ip_range"] for subnet in network["subnets"]] == ["10.0.1.0/24", "10.0.0.0/24"]
    assert {subnet["gateway"] for subnet in network["subnets"]} == {"10.0.0.1"}
    assert network["routes"] == [{"destination": "10.100.0.0/16", "gateway": "10.0.1.7"}]
    assert (network["servers"], network["load_balancers"]) == ([], [])
    assert network["expose_routes_to_vswitch"] is True


@pytest.mark.parametrize(
    "ip_range",
    [
        "10.0.0.0/25",
        "10.0.1.0/16",
        "8.8.8.0/24",
        "172.0.0.0/8",
        "192.168.0.0/15",
        "10.0.0.0",
        "10.0.0.0/99",
        "fd00::/8",
        "",
    ],
)
def test_ranges_outside_the_grammar_are_refused(talk: Talk, ip_range: str) -> None:
    """Too small, with host bits, public, or no range at all: invalid_input on ip_range."""
    status, error = talk.error("POST", "/networks", {"name": "net", "ip_range": ip_range})
    assert (status, error["code"]) == (422, "invalid_input")
    assert error["details"]["fields"][0]["name"] == "ip_range"


def test_a_subnet_without_range_gets_the_first_free_block(talk: Talk) -> None:
    """The first /24 that no subnet and no route covers is taken."""
    network = create(talk, "10.0.0.0/22", subnets=[{**SUBNET, "ip_range": "10.0.0.0/25"}])
    act(talk, network, "add_route", destination="10.0.1.0/24", gateway="10.0.0.9")
    assert act(talk, network, "add_subnet", **SUBNET)["subnets"][-1]["ip_range"] == "10.0.2.0/24"
    assert act(talk, network, "add_subnet", **SUBNET)["subnets"][-1]["ip_range"] == "10.0.3.0/24"
    assert refusal(talk, network, "add_subnet", **SUBNET) == (422, "invalid_input", "ip_range")


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("ip_range", {"ip_range": "10.1.0.0/24"}),
        ("ip_range", {"ip_range": "10.0.0.128/25"}),
        ("ip_range", {"ip_range": "10.0.0.0/20"}),
        ("ip_range", {"ip_range": "10.0.3.0/31"}),
        ("ip_range", {"ip_range": "10.0.3.1/24"}),
        ("ip_range", {"ip_range": "10.0.9.0/25"}),
        ("network_zone", {"network_zone": "moon"}),
        ("type", {"type": "tunnel"}),
        ("vswitch_id", {"vswitch_id": 7}),
        ("vswitch_id", {"type": "vswitch"}),
        ("network_zone", {"type": "vswitch", "vswitch_id": 7, "network_zone": "us-east"}),
    ],
)
def test_bad_subnets_are_refused(talk: Talk, field: str, body: dict[str, Any]) -> None:
    """Outside the network, overlapping, too small, or of a wrong kind: invalid_input on the field."""
    network = create(talk, subnets=[{**SUBNET, "ip_range": "10.0.0.0/24"}])
    act(talk, network, "add_route", destination="10.0.9.0/24", gateway="10.0.0.9")
    assert refusal(talk, network, "add_subnet", **{**SUBNET, **body}) == (422, "invalid_input", field)


def test_bad_subnets_at_create_leave_nothing(talk: Talk) -> None:
    """A network whose second subnet overlaps the first is not created."""
    subnets = [{**SUBNET, "ip_range": "10.0.0.0/24"}] * 2
    body = {"name": "net", "ip_range": "10.0.0.0/16", "subnets": subnets}
    status, error = talk.error("POST", "/networks", body)
    assert (status, error["details"]["fields"][0]["name"]) == (422, "subnets[].ip_range")
    assert talk.get("/networks")["networks"] == []


def test_vswitches_must_exist_and_are_used_once(talk: Talk) -> None:
    """A subnet of type vswitch needs a known vSwitch that no other subnet uses, and has its own gateway."""
    network, body = create(talk), {**SUBNET, "type": "vswitch", "vswitch_id": 4711}
    assert refusal(talk, network, "add_subnet", **body) == (422, "service_error", "vswitch not found")
    talk.sandbox.project().kind_as(Networks).register_vswitch(4711)
    subnet = act(talk, network, "add_subnet", ip_range="10.0.5.0/24", **body)["subnets"][0]
    assert (subnet["vswitch_id"], subnet["gateway"]) == (4711, "10.0.5.1")
    assert refusal(talk, network, "add_subnet", **body)[:2] == (422, "vswitch_id_already_used")
    gateway = {"destination": "10.200.0.0/16", "gateway": "10.0.5.9"}
    assert refusal(talk, network, "add_route", **gateway) == (422, "invalid_input", "gateway")


def test_a_subnet_comes_and_goes(talk: Talk) -> None:
    """A subnet is there when its action is done, and gone when that of its deletion is."""
    network = create(talk)
    talk.post(f"/networks/{network['id']}/actions/add_subnet", SUBNET)
    assert talk.get(f"/networks/{network['id']}")["network"]["subnets"] == []
    talk.wait()
    assert act(talk, network, "delete_subnet", ip_range="10.0.0.0/24")["subnets"] == []
    assert refusal(talk, network, "delete_subnet", ip_range="10.0.0.0/24")[:2] == (404, "not_found")


@pytest.mark.parametrize(
    ("field", "destination", "gateway"),
    [
        ("destination", "8.8.8.0/24", "10.0.0.9"),
        ("destination", "10.0.0.0/16", "10.0.0.9"),
        ("destination", "10.100.5.0/24", "10.0.0.9"),
        ("destination", "172.16.0.0/12", "10.0.0.9"),
        ("destination", "10.200.0.1/16", "10.0.0.9"),
        ("destination", "nowhere", "10.0.0.9"),
        ("gateway", "10.200.0.0/16", "10.0.0.1"),
        ("gateway", "10.200.0.0/16", "10.9.0.1"),
        ("gateway", "10.200.0.0/16", "10.0.0.0"),
        ("gateway", "10.200.0.0/16", "nobody"),
    ],
)
def test_bad_routes_are_refused(talk: Talk, field: str, destination: str, gateway: str) -> None:
    """Destinations that overlap or are public, gateways that cannot be: invalid_input on the field."""
    network = create(talk, subnets=[{**SUBNET, "ip_range": "10.0.0.0/24"}])
    act(talk, network, "add_route", destination="10.100.0.0/16", gateway="10.0.0.9")
    found = refusal(talk, network, "add_route", destination=destination, gateway=gateway)
    assert found == (422, "invalid_input", field)


def test_there_is_one_default_route(talk: Talk) -> None:
    """The route to everywhere lies beneath all subnets and routes, but only once."""
    network = create(talk, subnets=[SUBNET])
    route = {"destination": "0.0.0.0/0", "gateway": "10.0.0.2"}
    assert act(talk, network, "add_route", **route)["routes"] == [route]
    assert refusal(talk, network, "add_route", **route) == (422, "invalid_input", "destination")
    assert len(act(talk, network, "add_subnet", **SUBNET)["subnets"]) == 2


def test_a_route_is_deleted_by_both_fields(talk: Talk) -> None:
    """Deleting needs the right gateway too."""
    network, route = create(talk), {"destination": "10.100.0.0/16", "gateway": "10.0.0.2"}
    act(talk, network, "add_route", **route)
    assert refusal(talk, network, "delete_route", **{**route, "gateway": "10.0.0.3"})[:2] == (
        404,
        "not_found",
    )
    assert act(talk, network, "delete_route", **route)["routes"] == []


def test_a_range_only_grows_at_its_end(talk: Talk) -> None:
    """A shorter prefix with the same start is taken, anything else is refused."""
    network = create(talk, "10.2.0.0/16")
    for wrong in ("10.2.0.0/17", "10.0.0.0/14", "10.3.0.0/16", "10.2.0.0/14", "192.168.0.0/16"):
        assert refusal(talk, network, "change_ip_range", ip_range=wrong) == (422, "invalid_input", "ip_range")
    assert act(talk, network, "change_ip_range", ip_range="10.2.0.0/15")["ip_range"] == "10.2.0.0/15"


def test_one_change_at_a_time(talk: Talk) -> None:
    """While a change is running, every further one answers conflict; later it works."""
    network = create(talk)
    talk.post(f"/networks/{network['id']}/actions/add_subnet", SUBNET)
    assert refusal(talk, network, "add_subnet", **SUBNET)[:2] == (409, "conflict")
    assert refusal(talk, network, "change_protection", delete=True)[:2] == (409, "conflict")
    assert talk.refused("PUT", f"/networks/{network['id']}", {"name": "x"}) == (409, "conflict")
    talk.wait()
    assert talk.put(f"/networks/{network['id']}", {"name": "x"})["network"]["name"] == "x"


def test_a_protected_network_stays(talk: Talk) -> None:
    """Protection is switched at once, and a protected network is not deleted."""
    network = create(talk)
    action = talk.post(f"/networks/{network['id']}/actions/change_protection", {"delete": True})["action"]
    assert (action["status"], action["progress"]) == ("success", 100)
    status, error = talk.error("DELETE", f"/networks/{network['id']}")
    assert (status, error["code"], error["message"]) == (423, "protected", "network is delete protected")
    act(talk, network, "change_protection", delete=False)
    assert talk.delete(f"/networks/{network['id']}") is None
    assert talk.refused("GET", f"/networks/{network['id']}") == (404, "not_found")


def test_a_network_can_go_while_it_changes(talk: Talk) -> None:
    """An action on a network that was deleted meanwhile ends without harm."""
    network = create(talk)
    action = talk.post(f"/networks/{network['id']}/actions/add_subnet", SUBNET)["action"]
    talk.delete(f"/networks/{network['id']}")
    talk.wait()
    assert talk.get(f"/actions/{action['id']}")["action"]["status"] == "success"


def test_updates_change_name_labels_and_exposure(talk: Talk) -> None:
    """An update sets what it names; a name in use answers uniqueness_error."""
    network = create(talk)
    talk.post("/networks", {"name": "other", "ip_range": "10.0.0.0/16"})
    assert talk.refused("PUT", f"/networks/{network['id']}", {"name": "other"}) == (409, "uniqueness_error")
    body = {"name": "new", "labels": {"a": "b"}, "expose_routes_to_vswitch": True}
    assert talk.put(f"/networks/{network['id']}", body)["network"] == {**network, **body}


def test_the_number_of_subnets_and_routes_is_limited(talk: Talk) -> None:
    """The 51st subnet and the 101st route answer resource_limit_exceeded."""
    routes = [{"destination": f"10.{number}.0.0/16", "gateway": "10.0.0.9"} for number in range(100, 201)]
    body = {"name": "net", "ip_range": "10.0.0.0/16"}
    assert talk.refused("POST", "/networks", {**body, "subnets": [SUBNET] * 51}) == (
        403,
        "resource_limit_exceeded",
    )
    assert talk.refused("POST", "/networks", {**body, "routes": routes}) == (403, "resource_limit_exceeded")
    assert (
        len(
            talk.post("/networks", {**body, "subnets": [SUBNET] * 50, "routes": routes[1:]})["network"][
                "routes"
            ]
        )
        == 100
    )
