"""Asking the sandbox and the naive model the same: the frame, and the rules for servers and networks."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.sandbox.model import Codes
from tests.sandbox.model_links import Cloud
from tests.sandbox.talk import Talk
from tests.witnesses import WITNESSES

names = st.sampled_from(["a", "b", "c", "d", "e", "Not a name!"])
places = st.sampled_from(["fsn1", "fsn1", "nbg1"])
which = st.integers(0, 11)
few = st.lists(which, max_size=2, unique=True)
flags = st.booleans()
RANGES = [("10.0.0.0/16", "10.0.0.0/29"), ("10.0.0.0/16", None), ("10.1.0.0/24", "10.1.0.0/30"),
          ("10.0.0.0/8", "10.9.0.0/24"), ("8.8.0.0/16", None), ("10.2.0.0/24", "10.3.0.0/24")]  # fmt: skip
NOBODY = 7
"""An id that nothing has."""


class Machine(RuleBasedStateMachine):
    """One sandbox and one model, asked the same."""

    def __init__(self) -> None:
        super().__init__()
        self.talk, self.cloud = Talk(), Cloud()

    def ask(self, verb: str, path: str, body: object = None) -> tuple[str, Any]:
        """Send a request, let everything settle, and return the error code, or "" and the body."""
        answer = self.talk.send(verb, path, body)
        self.talk.wait()
        found = json.loads(answer.body) if answer.body else {}
        WITNESSES.count("model steps")
        return (found["error"]["code"] if answer.status >= 400 else ""), found

    def agree(self, code: str, expected: Codes) -> None:
        """Insist on the same refusal, or the same success, and on the same looks of everything."""
        assert (code in expected) if expected else code == "", (code, expected)
        assert self.seen() == self.cloud.looks()

    def act(self, path: str, expected: Codes, **body: Any) -> None:
        """Ask for an action that the model has already had."""
        self.agree(self.ask("POST", path, body)[0], expected)

    def pick(self, objects: dict[int, Any], number: int) -> int:
        """An id, now and then of nothing."""
        return [*objects][number % len(objects)] if objects and number < 11 else NOBODY

    def picked(self, objects: dict[int, Any], numbers: list[int]) -> list[int]:
        """Some ids, each once."""
        return [*dict.fromkeys(self.pick(objects, number) for number in numbers)]

    def listed(self, kind: str) -> dict[int, Any]:
        """All objects of a kind as the API shows them."""
        return {each["id"]: each for each in self.talk.get(f"/{kind}?per_page=50")[kind]}

    def seen(self) -> dict[str, Any]:
        """Everything as the API shows it, in the words of the model."""
        return {
            "servers": {n: _server(s) for n, s in self.listed("servers").items()},
            "networks": {
                n: (
                    s["name"],
                    s["ip_range"],
                    next((p["ip_range"] for p in s["subnets"]), None),
                    {*s["servers"]},
                )
                for n, s in self.listed("networks").items()
            },
            "volumes": {
                n: (s["name"], s["location"]["name"], s["size"], s["server"], s["protection"]["delete"])
                for n, s in self.listed("volumes").items()
            },
            "firewalls": {
                n: (s["name"], {each["server"]["id"] for each in s["applied_to"]})
                for n, s in self.listed("firewalls").items()
            },
            "placement_groups": {
                n: (s["name"], {*s["servers"]}) for n, s in self.listed("placement_groups").items()
            },
            "primary_ips": {
                n: (s["type"], s["location"]["name"], s["assignee_id"], s["auto_delete"])
                for n, s in self.listed("primary_ips").items()
            },
            "floating_ips": {
                n: (s["type"], s["home_location"]["name"], s["server"])
                for n, s in self.listed("floating_ips").items()
            },
        }

    def begin(self) -> None:
        """Not with nothing: two networks that overlap, a group, and three servers, of which two are off."""
        self.create_group("first")
        self.create_network("first", RANGES[0])
        self.create_network("wide", RANGES[3])
        self.create_server("first", "fsn1", True, True, [0], [], [], 0, None)
        self.create_server("second", "fsn1", True, False, [], [], [], None, None)
        self.create_server("private", "fsn1", False, False, [0], [], [], 0, None)

    @rule(name=names, place=places, public=flags, starts=flags, nets=few, disks=few, walls=few,
          group=st.none() | which, given=st.none() | which)  # fmt: skip
    def create_server(
        self, name: str, place: str, public: bool, starts: bool, nets: list[int], disks: list[int],
        walls: list[int], group: int | None, given: int | None,
    ) -> None:  # fmt: skip
        """Create a server with anything."""
        cloud = self.cloud
        networks, volumes = self.picked(cloud.networks, nets), self.picked(cloud.volumes, disks)
        firewalls = self.picked(cloud.firewalls, walls)
        body: dict[str, Any] = {
            "name": name, "server_type": "cx23", "image": "debian-13", "location": place,
            "start_after_create": starts, "networks": networks, "volumes": volumes,
            "firewalls": [{"firewall": each} for each in firewalls],
            "public_net": {"enable_ipv4": public, "enable_ipv6": public},
        }  # fmt: skip
        chosen = None if group is None else self.pick(cloud.groups, group)
        body |= {} if chosen is None else {"placement_group": chosen}
        ip = None if given is None else self.pick(cloud.primary, given)
        if ip is not None and public:
            body["public_net"]["ipv4"] = ip
        code, answer = self.ask("POST", "/servers", body)
        ident = answer["server"]["id"] if not code else 0
        own = {n: s["type"] for n, s in self.listed("primary_ips").items() if n not in cloud.primary}
        assert sorted(own.values()) == (["ipv4", "ipv6"][ip is not None :] if public and not code else [])
        self.agree(
            code,
            cloud.create_server(
                ident, own, name, place, public, starts, networks, volumes, firewalls, chosen, ip
            ),
        )

    @rule(server=which)
    def delete_server(self, server: int) -> None:
        """Delete a server."""
        ident = self.pick(self.cloud.servers, server)
        self.agree(self.ask("DELETE", f"/servers/{ident}")[0], self.cloud.delete_server(ident))

    @rule(server=which, on=flags)
    def power(self, server: int, on: bool) -> None:
        """Switch a server on or off."""
        ident = self.pick(self.cloud.servers, server)
        self.act(f"/servers/{ident}/actions/power{'on' if on else 'off'}", self.cloud.power(ident, on))

    @rule(server=which, network=which, ip=st.sampled_from([None, None, "10.0.0.5", "10.0.0.1", "10.9.0.9"]))
    def attach(self, server: int, network: int, ip: str | None) -> None:
        """Bring a server into a network."""
        ident, net = self.pick(self.cloud.servers, server), self.pick(self.cloud.networks, network)
        body = {"network": net} if ip is None else {"network": net, "ip": ip}
        self.act(f"/servers/{ident}/actions/attach_to_network", self.cloud.attach(ident, net, ip), **body)

    @rule(server=which, network=which)
    def detach(self, server: int, network: int) -> None:
        """Take a server out of a network."""
        ident, net = self.pick(self.cloud.servers, server), self.pick(self.cloud.networks, network)
        self.act(f"/servers/{ident}/actions/detach_from_network", self.cloud.detach(ident, net), network=net)

    @rule(server=which, group=which)
    def join_group(self, server: int, group: int) -> None:
        """Put a server into a placement group."""
        ident, to = self.pick(self.cloud.servers, server), self.pick(self.cloud.groups, group)
        path = f"/servers/{ident}/actions/add_to_placement_group"
        self.act(path, self.cloud.join_group(ident, to), placement_group=to)

    @rule(server=which)
    def leave_group(self, server: int) -> None:
        """Take a server out of its placement group."""
        ident = self.pick(self.cloud.servers, server)
        self.act(f"/servers/{ident}/actions/remove_from_placement_group", self.cloud.leave_group(ident))

    @rule(name=names, ranges=st.sampled_from(RANGES))
    def create_network(self, name: str, ranges: tuple[str, str | None]) -> None:
        """Create a network."""
        whole, part = ranges
        subnets = [{"type": "cloud", "network_zone": "eu-central", "ip_range": part}] if part else []
        body = {"name": name, "ip_range": whole, "subnets": subnets}
        code, answer = self.ask("POST", "/networks", body)
        self.agree(
            code, self.cloud.create_network(answer["network"]["id"] if not code else 0, name, whole, part)
        )

    @rule(network=which)
    def delete_network(self, network: int) -> None:
        """Delete a network."""
        ident = self.pick(self.cloud.networks, network)
        self.agree(self.ask("DELETE", f"/networks/{ident}")[0], self.cloud.delete_network(ident))

    @rule(name=names)
    def create_group(self, name: str) -> None:
        """Create a placement group."""
        code, answer = self.ask("POST", "/placement_groups", {"name": name, "type": "spread"})
        self.agree(code, self.cloud.create_group(answer["placement_group"]["id"] if not code else 0, name))

    @rule(group=which)
    def delete_group(self, group: int) -> None:
        """Delete a placement group."""
        ident = self.pick(self.cloud.groups, group)
        self.agree(self.ask("DELETE", f"/placement_groups/{ident}")[0], self.cloud.delete_group(ident))


def _server(shown: dict[str, Any]) -> tuple[Any, ...]:
    public = shown["public_net"]
    return (
        shown["name"],
        shown["location"]["name"],
        shown["status"],
        {net["network"]: net["ip"] for net in shown["private_net"]},
        shown["placement_group"] and shown["placement_group"]["id"],
        {*shown["volumes"]},
        {*public["floating_ips"]},
        {each["id"] for each in public["firewalls"]},
        {public[version]["id"] for version in ("ipv4", "ipv6") if public[version]},
    )
