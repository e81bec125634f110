"""Random small documents over all kinds, as Hypothesis strategies."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import strategies as st

KEYS = {
    "k1": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEb0rQ2JdJr4Zl0yX1b7F3m5n9vYt8uQk2cW6xO4pLhS",
    "k2": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAb0rQ2JdJr4Zl0yX1b7F3m5n9vYt8uQk2cW6xO4pLhT",
}
labels = st.dictionaries(
    st.sampled_from(["role", "env", "team/x"]), st.sampled_from(["a", "b", ""]), max_size=2
)
rules = st.lists(
    st.sampled_from(
        [
            "icmp",
            "tcp/22 from 10.0.0.0/8",
            "tcp/80-90",
            "out udp/53 to any",
            {"protocol": "gre", "description": "x"},
        ]
    ),
    max_size=3,
    unique_by=str,
)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for maps in which each field may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


def some(names: list[str]) -> st.SearchStrategy[list[str]]:
    """Return a strategy for some of the names, in any order."""
    return st.lists(st.sampled_from(names), unique=True) if names else st.just([])


@st.composite
def networks(draw: st.DrawFn) -> dict[str, Any]:
    """Networks apart from each other, with parts of different sizes, one of which is always there."""
    made: dict[str, Any] = {}
    for number in draw(st.sets(st.sampled_from([1, 2]))):
        fields: dict[str, Any] = {
            "ip_range": draw(st.sampled_from([f"10.{number}.0.0/16", f"10.{number}.0.0/17"]))
        }
        fields["subnets"] = [
            f"10.{number}.1.0/24",
            *draw(some([f"10.{number}.2.0/24", f"10.{number}.3.0/24"])),
        ]
        fields |= draw(optional(labels=labels, expose_routes_to_vswitch=st.booleans()))
        if draw(st.booleans()):
            fields["routes"] = [{"destination": "192.168.0.0/24", "gateway": f"10.{number}.1.9"}]
        made[f"n{number}"] = fields
    return made


@st.composite
def servers(draw: st.DrawFn, document: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Servers that refer to what the document has."""
    made: dict[str, Any] = {}
    for number in sorted(draw(st.sets(st.sampled_from([1, 2, 3])))):
        fields = draw(
            optional(
                labels=labels,
                ssh_keys=some([*document["ssh_keys"]]),
                firewalls=some([*document["firewalls"]]),
                placement_group=st.sampled_from([None, *document["placement_groups"]]),
                backups=st.booleans(),
                power=st.sampled_from(["on", "off"]),
                user_data=st.sampled_from(["one", "two"]),
                dns_ptr=st.fixed_dictionaries(
                    {},
                    optional={
                        "ipv4": st.sampled_from([None, "a.example.com"]),
                        "ipv6": st.just("b.example.com"),
                    },
                ),
            )
        )
        fields["server_type"] = draw(st.sampled_from(["cx23", "cx33", ["cx33", "cpx32"]]))
        fields |= {
            "image": "debian-13",
            "keep_disk": True,
            "location": draw(st.sampled_from(["fsn1", "nbg1", ["nbg1", "fsn1"]])),
        }
        if draw(st.booleans()):
            joined = draw(some([*document["networks"]]))
            fixed = {name: f"10.{name[1]}.1.{10 + number}" if draw(st.booleans()) else {} for name in joined}
            fields["networks"] = fixed
        if number == 3 and "s1" in made and made["s1"].get("networks"):
            fields["user_data"] = "peer=${servers.s1.private_ip}"
        made[f"s{number}"] = fields
    return made


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, Any]:
    """A whole document, as data."""
    document: dict[str, Any] = {
        "ssh_keys": {name: KEYS[name] for name in draw(some([*KEYS]))},
        "networks": draw(networks()),
        "placement_groups": draw(st.sampled_from([{}, {"g": {}}, {"g": {"labels": {"a": "b"}}}])),
        "firewalls": {
            name: draw(optional(labels=labels, rules=rules, apply_to=some(["role=a", "env"])))
            for name in draw(some(["f1", "f2"]))
        },
    }
    document["servers"] = draw(servers(document))
    return document


def written(document: dict[str, Any]) -> str:
    """Return a document as text: what JSON writes is YAML as well."""
    return "\n".join(["project: shop", *(f"{kind}: {json.dumps(found)}" for kind, found in document.items())])


def shuffled(value: Any, random: Random) -> Any:
    """Return the same with the keys of all maps in another order."""
    if isinstance(value, dict):
        keys = random.sample([*value], len(value))
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value
