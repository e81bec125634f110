"""Label selectors of load balancers that are followed, and the health of targets."""

from typing import Any

import pytest

from hetzner.sandbox.kinds.load_balancers import LoadBalancers
from tests.sandbox.balancers import HTTP, TCP, balancer, by, do, field, network, on, read, refusal
from tests.sandbox.talk import Talk

PRIVATE = {"use_private_ip": True}


def found(talk: Talk, lb: Any) -> list[int]:
    """The servers that the first target, a label selector, has found."""
    return [each["server"]["id"] for each in read(talk, lb["id"])["targets"][0]["targets"]]


def statuses(talk: Talk, lb: Any) -> list[Any]:
    """The health of the first target."""
    target = read(talk, lb["id"])["targets"][0]
    health: list[Any] = target.get("health_status") or target["targets"][0]["health_status"]
    return health


def test_labels_are_followed(talk: Talk) -> None:
    """Servers join and leave as they come, change their labels, and go."""
    old = talk.server("old", labels={"env": "prod"})
    lb = balancer(talk, targets=[by("env=prod")])
    assert found(talk, lb) == [old["id"]]
    new = talk.server("new", labels={"env": "prod"})
    assert found(talk, lb) == [old["id"], new["id"]]
    assert talk.get(f"/servers/{new['id']}")["server"]["load_balancers"] == [lb["id"]]
    talk.put(f"/servers/{old['id']}", {"labels": {"env": "test"}})
    assert found(talk, lb) == [new["id"]]
    assert talk.get(f"/servers/{old['id']}")["server"]["load_balancers"] == []
    talk.delete(f"/servers/{new['id']}")
    talk.wait()
    assert found(talk, lb) == []


def test_labels_that_change_meanwhile_count(talk: Talk) -> None:
    """A server that gets its label while add_target runs is found when that is done."""
    web, lb = talk.server(), balancer(talk)
    talk.post(f"/load_balancers/{lb['id']}/actions/add_target", by("env"))
    talk.put(f"/servers/{web['id']}", {"labels": {"env": ""}})
    talk.wait()
    assert found(talk, lb) == [web["id"]]


def test_load_balancers_that_follow_the_same_labels_keep_apart(talk: Talk) -> None:
    """A target or a load balancer that goes takes only what itself has found."""
    web = talk.server(labels={"env": "prod"})
    one, two, three = (
        balancer(talk, name=name, targets=[by("env=prod")]) for name in ("one", "two", "three")
    )
    do(talk, one, "remove_target", by("env=prod"))
    talk.delete(f"/load_balancers/{two['id']}")
    talk.wait()
    assert talk.get(f"/servers/{web['id']}")["server"]["load_balancers"] == [three["id"]]
    assert found(talk, three) == [web["id"]]
    assert found(talk, do(talk, one, "add_target", by("env=prod"))) == [web["id"]]


def test_a_server_that_comes_changes_nothing_but_itself(talk: Talk) -> None:
    """A load balancer with many servers is not written again for one more, nor are those servers."""
    lb = balancer(talk, targets=[by("env=prod")])
    others = [talk.server(f"old-{number}", labels={"env": "prod"})["id"] for number in range(3)]
    before = talk.sandbox.snapshot()["projects"]["default"]["rows"]
    new = talk.server("new", labels={"env": "prod"})["id"]
    after = talk.sandbox.snapshot()["projects"]["default"]["rows"]
    assert after["load_balancers"] == before["load_balancers"]
    assert after["servers"][:-1] == before["servers"]
    assert found(talk, lb) == [*others, new]


def test_servers_out_of_reach_are_left_out(talk: Talk) -> None:
    """A selector finds only servers with the address that is wanted: a public one, or one in the network."""
    net = network(talk)
    hidden = {"enable_ipv4": False, "enable_ipv6": False}
    inside = talk.server("inside", labels={"env": ""}, networks=[net], public_net=hidden)
    outside = talk.server("outside", labels={"env": ""})
    lb = balancer(talk, name="public", targets=[by("env")])
    assert found(talk, lb) == [outside["id"]]
    lb = balancer(talk, name="private", network=net, targets=[{**by("env"), **PRIVATE}])
    assert found(talk, lb) == [inside["id"]]
    assert read(talk, lb["id"])["targets"][0]["use_private_ip"] is True


def test_bad_selectors_are_refused(talk: Talk) -> None:
    """A selector has 1 to 1000 characters and keeps to the grammar; a private one needs a network."""
    lb = balancer(talk)
    path = f"/load_balancers/{lb['id']}/actions/add_target"
    for text in ("", "k" * 1001):
        assert field(talk, path, by(text)) == "label_selector.selector"
    assert refusal(talk, lb, "add_target", by("=,")) == (422, "invalid_input")
    refused = (422, "load_balancer_not_attached_to_network")
    assert refusal(talk, lb, "add_target", {**by("env"), **PRIVATE}) == refused


def test_health_is_unknown_until_the_first_check(talk: Talk) -> None:
    """A new target is unknown for one interval, then healthy while its server runs."""
    web = talk.server()
    lb = balancer(talk, services=[TCP, {**HTTP, "health_check": {"interval": 60}}])
    talk.post(f"/load_balancers/{lb['id']}/actions/add_target", on(web))
    talk.wait(5)
    assert [each["status"] for each in statuses(talk, lb)] == ["unknown", "unknown"]
    talk.wait(15)
    assert statuses(talk, lb) == [
        {"listen_port": 25, "status": "healthy"},
        {"listen_port": 80, "status": "unknown"},
    ]
    talk.act(f"/servers/{web['id']}/actions/poweroff")
    down = {"status": "unhealthy", "detail": "layer4_timeout"}
    assert statuses(talk, lb) == [{"listen_port": port, **down} for port in (25, 80)]


def test_a_server_found_later_is_unknown_first(talk: Talk) -> None:
    """A server that gets a followed label is unknown until its first check."""
    web, lb = talk.server(), balancer(talk, services=[TCP], targets=[by("env")])
    talk.put(f"/servers/{web['id']}", {"labels": {"env": ""}})
    assert statuses(talk, lb) == [{"listen_port": 25, "status": "unknown"}]
    talk.wait(16)
    assert statuses(talk, lb) == [{"listen_port": 25, "status": "healthy"}]


def test_a_server_that_left_the_network_is_unhealthy(talk: Talk) -> None:
    """A private target whose server leaves the network stays a target that cannot be reached."""
    net = network(talk)
    web = talk.server(networks=[net])
    lb = balancer(talk, network=net, services=[TCP], targets=[{**on(web), **PRIVATE}])
    talk.act(f"/servers/{web['id']}/actions/detach_from_network", {"network": net})
    down = {"listen_port": 25, "status": "unhealthy", "detail": "layer4_no_connection"}
    assert statuses(talk, lb) == [down]
    assert read(talk, lb["id"])["targets"][0]["server"]["ip"] == web["private_net"][0]["ip"]


def report(talk: Talk, lb: Any, place: int | str, status: Any, **how: Any) -> None:
    """Say from within the sandbox what the load balancer sees."""
    with talk.sandbox.inside() as project:
        project.kind_as(LoadBalancers).report(lb["id"], place, status, **how)


def test_a_test_can_say_what_is_seen(talk: Talk) -> None:
    """A reported status is shown with detail and code, for one service or all, until it is taken back."""
    web = talk.server()
    lb = balancer(talk, services=[TCP, HTTP], targets=[on(web)])
    broken: dict[str, Any] = {"detail": "unexpected_http_status", "http_status_code": 503}
    report(talk, lb, web["id"], "unhealthy", listen_port=80, **broken)
    healthy = {"listen_port": 25, "status": "healthy"}
    assert statuses(talk, lb) == [healthy, {"listen_port": 80, "status": "unhealthy", **broken}]
    report(talk, lb, web["id"], "unknown")
    assert [each["status"] for each in statuses(talk, lb)] == ["unknown", "unknown"]
    report(talk, lb, web["id"], None)
    assert [each["status"] for each in statuses(talk, lb)] == ["healthy", "healthy"]
    with pytest.raises(ValueError, match="not a target"):
        report(talk, lb, 1, "healthy")


def test_details_go_with_unhealthy_only(talk: Talk) -> None:
    """A code is shown for an unexpected status only, a detail for an unhealthy target only."""
    lb = balancer(talk, services=[TCP], targets=[on(talk.server())])
    place = lb["targets"][0]["server"]["id"]
    report(talk, lb, place, "unhealthy", detail="layer7_timeout", http_status_code=503)
    assert statuses(talk, lb) == [{"listen_port": 25, "status": "unhealthy", "detail": "layer7_timeout"}]
    report(talk, lb, place, "healthy", detail="layer7_timeout")
    assert statuses(talk, lb) == [{"listen_port": 25, "status": "healthy"}]


def test_reports_end_with_target_and_service(talk: Talk) -> None:
    """A target or service that is removed and added again is seen afresh."""
    web = talk.server(labels={"env": ""})
    lb = balancer(talk, services=[TCP], targets=[on(web)])
    report(talk, lb, web["id"], "unhealthy")
    do(talk, lb, "remove_target", on(web))
    do(talk, lb, "add_target", on(web))
    assert [each["status"] for each in statuses(talk, lb)] == ["healthy"]
    report(talk, lb, web["id"], "unhealthy")
    do(talk, lb, "delete_service", {"listen_port": 25})
    do(talk, lb, "add_service", TCP)
    assert [each["status"] for each in statuses(talk, lb)] == ["healthy"]
