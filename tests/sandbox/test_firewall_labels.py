"""Firewalls that follow labels: servers come, are relabelled and go."""

from typing import Any

from tests.sandbox.talk import Talk
from tests.sandbox.test_firewalls import apply, create, on, read, refusal, remove, statuses

PROD = {"type": "label_selector", "label_selector": {"selector": "env=prod"}}
LABELS = {"env": "prod"}


def found(talk: Talk, firewall: Any) -> list[int]:
    """The servers that the firewall's first label selector has found."""
    resources = read(talk, firewall)["applied_to"][0]["applied_to_resources"]
    return [each["server"]["id"] for each in resources]


def relabel(talk: Talk, server: Any, labels: dict[str, str]) -> None:
    """Give a server other labels and wait."""
    talk.put(f"/servers/{server['id']}", {"labels": labels})
    talk.wait()


def test_servers_with_the_labels_get_it(talk: Talk) -> None:
    """Applying by labels yields an action for each server that has them now."""
    inside, outside = talk.server("a", labels=LABELS), talk.server("b")
    firewall = create(talk)
    actions = apply(talk, firewall, PROD)
    assert [each["command"] for each in actions] == ["apply_firewall"]
    assert found(talk, firewall) == [inside["id"]]
    assert statuses(talk, inside) == {firewall["id"]: "applied"}
    assert statuses(talk, outside) == {}


def test_new_servers_get_it(talk: Talk) -> None:
    """A server created later with the labels shows it as pending, then as applied."""
    firewall = create(talk, apply_to=[PROD])
    assert found(talk, firewall) == []
    body = {"name": "a", "server_type": "cx23", "image": "debian-13", "location": "fsn1", "labels": LABELS}
    server = talk.post("/servers", body)["server"]
    assert statuses(talk, server) == {firewall["id"]: "pending"}
    talk.wait()
    assert statuses(talk, server) == {firewall["id"]: "applied"}
    assert found(talk, firewall) == [server["id"]]


def test_relabelling_moves_servers_in_and_out(talk: Talk) -> None:
    """A server that gets or loses the labels gets or loses the firewall, even in quick succession."""
    firewall, server = create(talk, apply_to=[PROD]), talk.server()
    relabel(talk, server, LABELS)
    assert found(talk, firewall) == [server["id"]]
    relabel(talk, server, {})
    assert (found(talk, firewall), statuses(talk, server)) == ([], {})
    for labels in (LABELS, {}, LABELS):
        talk.put(f"/servers/{server['id']}", {"labels": labels})
    talk.wait()
    assert statuses(talk, server) == {firewall["id"]: "applied"}


def test_deleted_servers_are_dropped(talk: Talk) -> None:
    """A server that is gone is in no list, but the selector stays and keeps the firewall in use."""
    server = talk.server(labels=LABELS)
    firewall = create(talk, apply_to=[PROD])
    talk.wait()
    talk.delete(f"/servers/{server['id']}")
    talk.wait()
    assert read(talk, firewall)["applied_to"] == [{**PROD, "applied_to_resources": []}]
    assert talk.refused("DELETE", f"/firewalls/{firewall['id']}") == (422, "resource_in_use")


def test_dropping_the_selector_takes_it_off(talk: Talk) -> None:
    """Without the selector the servers lose the firewall, which can then be deleted."""
    server, firewall = talk.server(labels=LABELS), create(talk)
    apply(talk, firewall, PROD)
    assert refusal(talk, firewall, PROD) == (422, "firewall_already_applied")
    assert [each["command"] for each in remove(talk, firewall, PROD)] == ["remove_firewall"]
    assert (statuses(talk, server), read(talk, firewall)["applied_to"]) == ({}, [])
    assert remove(talk, firewall, PROD) == []
    assert talk.delete(f"/firewalls/{firewall['id']}") is None


def test_what_labels_apply_is_not_removed_by_hand(talk: Talk) -> None:
    """Taking it off a server that has it by its labels answers firewall_managed_by_label_selector."""
    server, firewall = talk.server(labels=LABELS), create(talk)
    apply(talk, firewall, PROD)
    assert refusal(talk, firewall, on(server), field="remove_from") == (
        422,
        "firewall_managed_by_label_selector",
    )


def test_direct_application_goes_before_labels(talk: Talk) -> None:
    """A server that has it both ways is listed as direct; taken off, it has it by its labels again."""
    server, firewall = talk.server(labels=LABELS), create(talk)
    apply(talk, firewall, PROD, on(server))
    assert found(talk, firewall) == []
    assert remove(talk, firewall, on(server)) == []
    assert found(talk, firewall) == [server["id"]]
    assert statuses(talk, server) == {firewall["id"]: "applied"}


def test_a_full_server_gets_it_when_there_is_room(talk: Talk) -> None:
    """Labels never put a sixth firewall onto a server; when one of the five leaves, the sixth moves in."""
    server, firewalls = talk.server(labels=LABELS), [create(talk, f"fw{number}") for number in range(5)]
    for firewall in firewalls:
        apply(talk, firewall, on(server))
    sixth = create(talk, "sixth", apply_to=[PROD])
    talk.wait()
    assert found(talk, sixth) == []
    remove(talk, firewalls[0], on(server))
    assert found(talk, sixth) == [server["id"]]


def test_private_servers_are_passed_over(talk: Talk) -> None:
    """Labels put no firewall onto a server without public interface."""
    subnets = [{"type": "cloud", "network_zone": "eu-central"}]
    net = talk.post("/networks", {"name": "n", "ip_range": "10.0.0.0/16", "subnets": subnets})["network"][
        "id"
    ]
    talk.server(labels=LABELS, networks=[net], public_net={"enable_ipv4": False, "enable_ipv6": False})
    firewall = create(talk)
    assert apply(talk, firewall, PROD) == []
    assert found(talk, firewall) == []
