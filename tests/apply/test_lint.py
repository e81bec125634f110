"""Known limits are told offline, each where it is in the file, before anybody is asked."""

from __future__ import annotations

from textwrap import dedent

import pytest

from hetzner.apply.document import DocumentError
from tests.apply.stage import read

SERVER = "server_type: cx23, image: debian-13"
NET = "networks: {n: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}\n"


def told(text: str) -> list[tuple[str, str]]:
    """Return what is wrong with a document: place and message."""
    with pytest.raises(DocumentError) as caught:
        read("project: shop\n" + dedent(text))
    places = [str(problem.mark).removeprefix("infra.yaml:") for problem in caught.value.problems]
    return list(zip(places, (problem.message for problem in caught.value.problems), strict=True))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            f"placement_groups:\n  g: {{}}\nservers:\n  web: {{{SERVER}, count: 8, placement_group: g}}\n"
            f"  db: {{{SERVER}, count: 3, placement_group: g}}\n",
            [("3:3", "placement_groups.g takes at most 10 servers, and 11 say that they are of it")],
        ),
        (
            f"{NET}servers:\n  web: {{{SERVER}, networks: {{n: 10.9.0.4}}}}\n",
            [("4:60", "servers.web: 10.9.0.4 is in no subnet of the network: 10.0.1.0/24")],
        ),
        (
            f"{NET}servers:\n  web: {{{SERVER}, networks: {{n: {{alias_ips: [10.0.1.255]}}}}}}\n",
            [("4:60", "servers.web: 10.0.1.255 is kept for the network itself: take one from 10.0.1.2 on")],
        ),
        (
            f"{NET}servers:\n  web: {{{SERVER}, networks: {{n: 10.0.1.7}}}}\n"
            "load_balancers:\n  lb: {load_balancer_type: lb11, location: fsn1, networks: {n: 10.0.1.7}}\n",
            [("6:64", "load_balancers.lb: 10.0.1.7 is that of servers.web")],
        ),
        (
            f"{NET}servers:\n  web: {{{SERVER}, count: 2, networks: {{n: 10.0.1.7}}}}\n",
            [("4:70", "servers.web-2: 10.0.1.7 is that of servers.web-1")],
        ),
        (
            f"servers:\n  web: {{{SERVER}, count: 3, firewalls: [a, b, c, d, e, f]}}\n",
            [("3:67", "servers.web-1: a server has at most 5 firewalls")],
        ),
        (
            "networks:\n  n: {ip_range: 10.0.0.5/16, subnets: [10.0.1.0/24]}\n",
            [("3:17", "networks.n.ip_range: '10.0.0.5/16' has bits beyond its mask; "
              "did you mean '10.0.0.0/16'?")],
        ),
        (
            "networks:\n  n: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24, 10.0.1.128/25, 10.1.0.0/24]}\n",
            [("3:53", "networks.n: 10.0.1.128/25 overlaps 10.0.1.0/24"),
             ("3:68", "networks.n: 10.1.0.0/24 is outside of the network's 10.0.0.0/16")],
        ),
        (
            "firewalls:\n  web: {rules: [tcp/70000, icmp, tcp/22 from 10.0.1.5/24]}\n",
            [("3:21", "firewalls.web.rules[0]: '70000' is no port; give 1 to 65535, "
              "or a range such as 8000-8100"),
             ("3:46", "firewalls.web.rules[2]: '10.0.1.5/24' has bits beyond its mask; "
              "did you mean '10.0.1.0/24'?")],
        ),
        (
            f"servers:\n  web: {{{SERVER}, labels: {{fine: x, 'no good': y}}}}\n",
            [("3:65", "servers.web.labels: 'no good' cannot be a label: letters, digits, '-', '_' and '.', "
              "at most 63")],
        ),
        (
            "load_balancers:\n  lb:\n    load_balancer_type: lb11\n    location: fsn1\n"
            "    targets: [{label_selector: 'role=='}, {label_selector: 'role web'}]\n",
            [("6:61", "load_balancers.lb.targets[1].label_selector: 'role web' is no label selector, "
              "such as 'role=web' or 'env in (prod, test), !old'")],
        ),
        (
            "zones:\n  example.com:\n    records:\n      www: {A: 1.2.3, AAAA: 10.0.0.1}\n"
            "      x: {MX: mail}\n",
            [("5:16", "zones.example.com: A: '1.2.3' is no IPv4 address"),
             ("5:29", "zones.example.com: AAAA: '10.0.0.1' is no IPv6 address"),
             ("6:15", "zones.example.com: MX: 'mail' is no value of MX, such as '10 mail'")],
        ),
        (
            f"servers:\n  web: {{{SERVER}, location: {{a: b}}, power: standby}}\n",
            [("3:56", "servers.web.location must be a name or an id, not a mapping"),
             ("3:71", "servers.web.power: Input should be 'on' or 'off'")],
        ),
        (
            "servers:\n  web: {server_type: [], image: {label: a=b}}\n",
            [("3:22", "servers.web.server_type: an empty list leaves nothing to choose from"),
             ("3:34", "unknown field 'label' in servers.web.image")],
        ),
        (
            "networks:\n  n: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24], location: [fsn1, ash]}\n",
            [("3:64", "networks.n: these locations are in different zones, eu-central and us-east: "
              "subnets are for one")],
        ),
        (
            "primary_ips:\n  six: {type: ipv6, location: nbg1}\n"
            f"servers:\n  web: {{{SERVER}, location: fsn1, public_net: {{ipv4: six}}}}\n",
            [("5:81", "servers.web: its ipv4 cannot be six, which is ipv6"),
             ("5:81", "servers.web: six is in nbg1 and this one in fsn1: both have to be in one location")],
        ),
        (
            f"primary_ips:\n  ip: {{count: 2, type: ipv4, location: nbg1}}\nservers:\n"
            f"  a: {{{SERVER}, location: [fsn1, nbg1], public_net: {{ipv4: ip-1}}}}\n"
            f"  b: {{{SERVER}, location: [fsn1, hel1], public_net: {{ipv4: ip-2}}}}\n",
            [("6:87", "servers.b: ip-2 is in nbg1 and this one in fsn1, else hel1: "
              "both have to be in one location")],
        ),
        (
            f"servers:\n  web: {{{SERVER}, location: fsn1}}\nvolumes:\n"
            "  data: {size: 10, location: nbg1, server: web}\n",
            [("5:44", "volumes.data: web is in fsn1 and this one in nbg1: both have to be in one location")],
        ),
        (
            f"servers:\n  web: {{{SERVER}, public_net: {{ipv4: false}}}}\nload_balancers:\n"
            "  lb: {load_balancer_type: lb11, location: fsn1, targets: [web]}\n",
            [("5:60", "load_balancers.lb: web has no public ipv4 to be reached by: say use_private_ip")],
        ),
        (
            f"{NET}servers:\n  web: {{{SERVER}, networks: []}}\n  db: {{{SERVER}, networks: [n]}}\n"
            "load_balancers:\n  lb:\n    load_balancer_type: lb11\n    location: fsn1\n    networks: [n]\n"
            "    targets: [{server: web, use_private_ip: true}, {server: db, use_private_ip: true}]\n",
            [("11:15", "load_balancers.lb: web is not in n, and cannot be reached there")],
        ),
    ],
)  # fmt: skip
def test_limits(text: str, problems: list[tuple[str, str]]) -> None:
    """Each problem is told once, with the place of the very value, sorted by place."""
    assert told(text) == problems


@pytest.mark.parametrize(
    "selector",
    ["a", "!a", "a=b", "a==b", "a!=", "a in (b, c)", "x/y notin (b),!c , d=e", "team/x"],
)
def test_label_selectors(selector: str) -> None:
    """What the API takes as a label selector is taken."""
    text = f"project: shop\nfirewalls: {{web: {{apply_to: '{selector}'}}}}\n"
    assert read(text).resources[0].spec["apply_to"] == [selector]


def test_a_removed_field_says_what_replaces_it() -> None:
    """`datacenter`, which the API has removed, leads to `location`."""
    with pytest.raises(DocumentError, match="give 'location' instead"):
        read(f"project: shop\nservers: {{web: {{{SERVER}, datacenter: fsn1-dc14}}}}\n")
