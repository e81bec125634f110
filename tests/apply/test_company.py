"""Objects that refer to each other and do not go together are told offline, before anything is made."""

from __future__ import annotations

import pytest

from tests.apply.stage import Stage, read
from tests.apply.test_lint import SERVER, told

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGq3SF6oVdP2Zt0s5WyUqC0h1yV4M0w0nO0dQ5c5J9mT"
IP = "primary_ips: {ip: {type: ipv4, location: fsn1}}\n"
NET = "networks: {n: {ip_range: 10.0.0.0/16, location: fsn1, subnets: [10.0.1.0/24]}}\n"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            f"servers: {{web: {{{SERVER}, location: nbg1}}}}\n"
            "volumes: {data: {size: 10, location: fsn1, server: web}}\n",
            ["volumes.data: web is in nbg1 and this one in fsn1: both have to be in one location"],
        ),
        (
            f"servers: {{web: {{{SERVER}, location: nbg1}}}}\n"
            "primary_ips: {ip: {type: ipv4, location: fsn1, assignee: web}}\n",
            ["primary_ips.ip: web is in nbg1 and this one in fsn1: both have to be in one location"],
        ),
        (
            f"{IP}servers: {{web: {{{SERVER}, location: [nbg1, hel1], public_net: {{ipv4: ip}}}}}}\n",
            ["servers.web: ip is in fsn1 and this one in nbg1, else hel1: both have to be in one location"],
        ),
        (
            f"{IP}servers: {{web: {{{SERVER}, location: fsn1, public_net: {{ipv6: ip}}}}}}\n",
            ["servers.web: its ipv6 cannot be ip, which is ipv4"],
        ),
        (
            f"{IP}servers: {{web: {{{SERVER}, count: 2, location: fsn1, public_net: {{ipv4: ip}}}}}}\n",
            ["servers.web-2: primary_ips.ip is that of servers.web-1, and cannot be of two"],
        ),
        (
            "primary_ips: {ip: {type: ipv4, location: fsn1, dns_ptr: a.example.com}}\n"
            f"servers: {{web: {{{SERVER}, public_net: {{ipv4: ip}}, dns_ptr: b.example.com}}}}\n",
            ["servers.web: ip, its ipv4, has another reverse name: say it once"],
        ),
        (
            f"{IP}load_balancers:\n"
            "  lb: {load_balancer_type: lb11, location: hel1, public_net: {ipv4: ip}}\n",
            ["load_balancers.lb: ip is in fsn1 and this one in hel1: both have to be in one location"],
        ),
        (
            f"{NET}servers: {{web: {{{SERVER}, location: ash, networks: [n]}}}}\n",
            ["servers.web: n has subnets in eu-central, and this one is in us-east"],
        ),
        (
            "networks: {n: {ip_range: 10.0.0.0/16, subnets: []}}\n"
            "load_balancers: {lb: {load_balancer_type: lb11, location: fsn1, networks: [n]}}\n",
            ["load_balancers.lb: n has no subnet, so nothing can be in it"],
        ),
        (
            f"ssh_keys: {{a: {KEY} me, b: {KEY} you}}\n",
            ["ssh_keys.b: its public_key is that of ssh_keys.a"],
        ),
        (
            f"ssh_keys: {{a: {KEY[:-9]}}}\n",
            ["ssh_keys.a.public_key: this is no whole key of the type ssh-ed25519: copy it again"],
        ),
        (
            "ssh_keys: {a: ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGq3SF6oVdP2Zt0s5WyUqC0h1yV4M0w0nO0dQ5c5J9mT}\n",
            ["ssh_keys.a.public_key: this is no whole key of the type ssh-rsa: copy it again"],
        ),
        (
            "certificates: {c: {domain_names: [example.com, '*.example.com', nope]}}\n",
            ["certificates.c: 'nope' is no domain name, such as shop.example.com or *.example.com"],
        ),
        (
            "storage_boxes:\n  b: {storage_box_type: bx11, location: fsn1, password: 'Abcdefgh1234!x',\n"
            "      subaccounts: {x: {home_directory: a/../../b, password: 'Abcdefgh1234!x'}}}\n",
            ["storage_boxes.b: it must not lead out of the storage box"],
        ),
    ],
)
def test_clashes(text: str, problems: list[str]) -> None:
    """What the API would refuse of two objects together is one sentence at the field that says it."""
    assert [message for _, message in told(text)] == problems


@pytest.mark.parametrize(
    "text",
    [
        f"servers: {{web: {{{SERVER}, location: [nbg1, fsn1]}}}}\n"
        "volumes: {data: {size: 10, location: fsn1, server: web}}\n",
        f"servers: {{web: {{{SERVER}}}}}\nvolumes: {{data: {{size: 10, location: fsn1, server: web}}}}\n",
        f"{IP}servers: {{web: {{{SERVER}, location: '3', public_net: {{ipv4: ip}}, dns_ptr: a.b.com}}}}",
        "primary_ips: {ip: {count: 2, type: ipv4, location: fsn1, dns_ptr: a.example.com}}\n"
        f"servers:\n  w: {{{SERVER}, count: 2, public_net: {{ipv4: 'ip-${{n}}'}}, dns_ptr: a.example.com}}\n",
        f"{NET}servers: {{web: {{{SERVER}, location: moon1, networks: [n]}}}}\n",
        f"networks: {{n: {{ip_range: 10.0.0.0/16}}}}\nservers: {{web: {{{SERVER}, networks: [n]}}}}\n",
        "networks:\n  n: {ip_range: 10.0.0.0/16, subnets: [{ip_range: 10.0.1.0/24, network_zone: us-east}]}\n"
        f"servers: {{web: {{{SERVER}, location: [fsn1, ash], networks: [n]}}}}\n",
    ],
)
def test_what_may_be(text: str) -> None:
    """What nobody can tell offline, or one of several choices allows, is let through."""
    assert read(f"project: shop\n{text}").resources


def test_a_network_that_is_there_already() -> None:
    """What is not declared is looked at as it is in the project."""
    stage = Stage()
    stage.go(lambda client: client.networks.create(name="n", ip_range="10.0.0.0/16"))
    plan = stage.plan(f"project: shop\nservers: {{web: {{{SERVER}, networks: [n]}}}}\n")
    assert [item.refused for item in plan.refused] == ["n has no subnet, so nothing can be in it"]


BARE = "networks: {n: {ip_range: 10.0.0.0/16}}\n"
BALANCER = "load_balancers: {lb: {load_balancer_type: lb11, location: fsn1, "


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (
            f"{BARE}servers: {{web: {{{SERVER}, networks: [n]}}}}\n",
            ["n has no subnet, so nothing can be in it"],
        ),
        (
            f"{BALANCER}targets: [{{label_selector: a=b, use_private_ip: true}}]}}}}\n",
            ["a target with a private address needs a network"],
        ),
        (
            f"{NET}{BALANCER}networks: [n], targets: [{{server: web, use_private_ip: true}}]}}}}\n"
            f"servers: {{web: {{{SERVER}}}}}\n",
            ["web is not in n, and cannot be reached there"],
        ),
        (
            f"{BALANCER}public_interface: false}}}}\n",
            ["a load balancer without a public side needs a network"],
        ),
    ],
)
def test_what_a_new_object_lacks(text: str, refused: list[str]) -> None:
    """What is not said is not there when an object is made: what needs it is refused before any request."""
    stage = Stage()
    plan = stage.plan(f"project: shop\n{text}")
    assert [item.refused for item in plan.refused] == refused
    assert stage.writes() == []


ANEW = "labels: {a: b}, lifecycle: {replace_on: [labels], replace: %s}"


@pytest.mark.parametrize("order", ["create_before_destroy", "destroy_before_create"])
def test_what_an_object_lacks_that_is_made_anew(order: str) -> None:
    """What takes the place of another has only what is said: nothing goes for what cannot be made."""
    stage = Stage()
    private = "targets: [{server: web, use_private_ip: true}]"
    there = (
        f"project: shop\n{NET}{BALANCER}networks: [n]}}}}\nservers: {{web: {{{SERVER}, networks: [n]}}}}\n"
    )
    stage.converge(there)
    without = there.replace("networks: [n]}}", f"{private}, {ANEW % 'destroy_before_create'}}}}}", 1)
    told = "a target with a private address needs a network"
    assert [(item.address, item.refused) for item in stage.plan(without).refused] == [
        ("load_balancers.lb", told)
    ]
    reached = there.replace("networks: [n]}}", f"networks: [n], {private}}}}}", 1)
    stage.converge(reached)
    refused = {
        item.address: item.refused
        for item in stage.plan(
            reached.replace(f"web: {{{SERVER}, networks: [n]", f"web: {{{SERVER}, {ANEW % order}")
        ).refused
    }
    assert refused["load_balancers.lb"] == "web is not in n, and cannot be reached there"
    assert "is used by load_balancers.lb, which would lose it" in refused["servers.web"]
    stage.converge(reached.replace("networks: [n]}}\n", f"networks: [n], {ANEW % order}}}}}\n"))


def test_what_an_object_has_that_is_there_already() -> None:
    """Where an object exists, what a document does not say of it is as somebody else made it."""
    stage = Stage()
    text = f"project: shop\n{NET}{BALANCER}networks: [n]}}}}\nservers: {{web: {{{SERVER}, networks: [n]}}}}\n"
    stage.converge(text)
    private = "targets: [{server: web, use_private_ip: true}]"
    stage.converge(text.replace("networks: [n]}}", private + "}}", 1).replace(", networks: [n]", ""))


def test_what_is_lost_is_no_target() -> None:
    """A new target is refused whose address goes with a primary IP, unless it gets another one."""
    stage = Stage()
    stage.converge(
        f"project: shop\n{IP}servers: {{web: {{{SERVER}, location: fsn1, public_net: {{ipv4: ip}}}}}}\n"
    )
    targets = f"{BALANCER}targets: [{{server: web}}]}}}}\n"
    without = f"project: shop\n{targets}servers: {{web: {{{SERVER}, location: fsn1}}}}\n"
    refused = stage.plan(without).refused
    told = "servers.web loses its ipv4, which this one needs: say in its public_net which one it gets"
    assert [(item.address, item.refused) for item in refused] == [("load_balancers.lb", told)]
    stage.converge(without.replace("location: fsn1}}\n", "location: fsn1, public_net: {ipv4: true}}}\n"))


def test_an_address_that_somebody_keeps() -> None:
    """What only one can have is refused to others unless who has it lets go of it in the same plan."""
    stage = Stage()
    having = f"a: {{{SERVER}, location: fsn1, public_net: {{ipv4: ip}}}}"
    wanting = f"b: {{{SERVER}, location: fsn1, public_net: {{ipv4: ip}}}}"
    stage.converge(f"project: shop\n{IP}servers: {{{having}}}\n")
    keeping = f"project: shop\n{IP}servers: {{a: {{{SERVER}, location: fsn1}}, {wanting}}}\n"
    told = "primary_ips.ip is that of servers.a, which keeps it: say in its public_net what it has instead"
    assert [(item.address, item.refused) for item in stage.plan(keeping).refused] == [("servers.b", told)]
    id = stage.row("primary_ips", "ip")["id"]
    refused = stage.plan(keeping.replace("ipv4: ip", f"ipv4: {id}")).refused
    assert [(item.address, item.refused) for item in refused] == [("servers.b", told)]
    other = f"project: other\nservers: {{{wanting}}}\n"
    told = "primary_ips.ip is that of servers.a, which this plan does not change"
    assert [item.refused for item in stage.plan(other).refused] == [told]
    stage.converge(keeping.replace("location: fsn1}, b", "location: fsn1, public_net: {ipv4: false}}, b"))


@pytest.mark.parametrize("order", ["create_before_destroy", "destroy_before_create"])
def test_addresses_that_are_swapped_by_successors(order: str) -> None:
    """Two new servers are refused that each want from the start what the other old one has."""
    stage = Stage()
    ips = "primary_ips: {one: {type: ipv4, location: fsn1}, two: {type: ipv4, location: fsn1}}\n"
    server = f"{{{SERVER}, location: fsn1, {ANEW % order}, public_net: {{ipv4: %s}}}}"
    text = f"project: shop\n{ips}servers: {{a: {server}, b: {server}}}\n"
    stage.converge((text % ("one", "two")).replace("{a: b}", "{}"))
    if order == "destroy_before_create":
        stage.converge(text % ("two", "one"))
        return
    told = "it wants what others have until it is there itself; use 'replace: destroy_before_create'"
    refused = stage.plan(text % ("two", "one")).refused
    assert [(item.address, item.refused) for item in refused] == [("servers.a", told), ("servers.b", told)]


def test_the_reverse_name_of_an_address_that_is_there_may_change() -> None:
    """Only what is declared twice is disputed: a name that an address has already is simply replaced."""
    stage = Stage()
    text = f"project: shop\n{IP}servers: {{web: {{{SERVER}, public_net: {{ipv4: ip}}, dns_ptr: a.b.com}}}}\n"
    stage.converge(text)
    plan = stage.plan(text.replace("a.b.com", "c.b.com"))
    assert [(item.address, item.refused) for item in plan.pending] == [("servers.web", "")]
