"""Random requests, valid and not, against the sandbox and against a naive model: never a difference."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.sandbox.model import Address
from tests.sandbox.model_machine import Machine, few, flags, names, places, which

kinds = st.sampled_from(["ipv4", "ipv6"])
sizes = st.sampled_from([10, 20, 30, 10, 20, 30, 9, 10241])


class CloudMachine(Machine):
    """All rules."""

    @initialize()
    def begin(self) -> None:
        """Nor without volumes, a firewall and addresses, each once free and once at a server."""
        super().begin()
        for number, server in enumerate((0, None)):
            self.create_volume(f"disk-{number}", 10, server, "fsn1")
            self.create_firewall(f"wall-{number}", [] if server is None else [server])
            self.create_floating("ipv4", "fsn1", server)
            self.create_primary("ipv4", "fsn1", 2 if server == 0 else None, False)

    @rule(name=names, size=sizes, server=st.none() | which, place=st.none() | places)
    def create_volume(self, name: str, size: int, server: int | None, place: str | None) -> None:
        """Create a volume."""
        ident = None if server is None else self.pick(self.cloud.servers, server)
        body = given(name=name, size=size, server=ident, location=place)
        code, answer = self.ask("POST", "/volumes", body)
        number = answer["volume"]["id"] if not code else 0
        self.agree(code, self.cloud.create_volume(number, name, size, ident, place))

    @rule(volume=which, server=which)
    def attach_volume(self, volume: int, server: int) -> None:
        """Attach a volume."""
        ident, to = self.pick(self.cloud.volumes, volume), self.pick(self.cloud.servers, server)
        self.act(f"/volumes/{ident}/actions/attach", self.cloud.attach_volume(ident, to), server=to)

    @rule(volume=which)
    def detach_volume(self, volume: int) -> None:
        """Detach a volume."""
        ident = self.pick(self.cloud.volumes, volume)
        self.act(f"/volumes/{ident}/actions/detach", self.cloud.detach_volume(ident))

    @rule(volume=which, size=sizes)
    def resize_volume(self, volume: int, size: int) -> None:
        """Resize a volume."""
        ident = self.pick(self.cloud.volumes, volume)
        self.act(f"/volumes/{ident}/actions/resize", self.cloud.resize_volume(ident, size), size=size)

    @rule(volume=which, protected=flags)
    def protect_volume(self, volume: int, protected: bool) -> None:
        """Forbid or allow the deletion of a volume."""
        ident = self.pick(self.cloud.volumes, volume)
        path = f"/volumes/{ident}/actions/change_protection"
        self.act(path, self.cloud.protect_volume(ident, protected), delete=protected)

    @rule(volume=which)
    def delete_volume(self, volume: int) -> None:
        """Delete a volume."""
        ident = self.pick(self.cloud.volumes, volume)
        self.agree(self.ask("DELETE", f"/volumes/{ident}")[0], self.cloud.delete_volume(ident))

    @rule(name=names, servers=few)
    def create_firewall(self, name: str, servers: list[int]) -> None:
        """Create a firewall, on servers."""
        on = self.picked(self.cloud.servers, servers)
        code, answer = self.ask(
            "POST", "/firewalls", {"name": name, "apply_to": [target(each) for each in on]}
        )
        number = answer["firewall"]["id"] if not code else 0
        self.agree(code, self.cloud.create_firewall(number, name, on))

    @rule(firewall=which, server=which)
    def apply_firewall(self, firewall: int, server: int) -> None:
        """Put a firewall onto a server."""
        ident, to = self.pick(self.cloud.firewalls, firewall), self.pick(self.cloud.servers, server)
        path = f"/firewalls/{ident}/actions/apply_to_resources"
        self.act(path, self.cloud.apply_firewall(ident, to), apply_to=[target(to)])

    @rule(firewall=which, server=which)
    def remove_firewall(self, firewall: int, server: int) -> None:
        """Take a firewall off a server."""
        ident, off = self.pick(self.cloud.firewalls, firewall), self.pick(self.cloud.servers, server)
        path = f"/firewalls/{ident}/actions/remove_from_resources"
        self.act(path, self.cloud.remove_firewall(ident, off), remove_from=[target(off)])

    @rule(firewall=which)
    def delete_firewall(self, firewall: int) -> None:
        """Delete a firewall."""
        ident = self.pick(self.cloud.firewalls, firewall)
        self.agree(self.ask("DELETE", f"/firewalls/{ident}")[0], self.cloud.delete_firewall(ident))

    @rule(kind=kinds, place=st.none() | places, server=st.none() | which)
    def create_floating(self, kind: str, place: str | None, server: int | None) -> None:
        """Create a floating IP."""
        ident = None if server is None else self.pick(self.cloud.servers, server)
        code, answer = self.ask("POST", "/floating_ips", given(type=kind, home_location=place, server=ident))
        number = answer["floating_ip"]["id"] if not code else 0
        self.agree(code, self.cloud.create_floating(number, kind, place, ident))

    @rule(ip=which, server=which)
    def assign_floating(self, ip: int, server: int) -> None:
        """Assign a floating IP."""
        ident, to = self.pick(self.cloud.floating, ip), self.pick(self.cloud.servers, server)
        self.act(f"/floating_ips/{ident}/actions/assign", self.cloud.assign_floating(ident, to), server=to)

    @rule(kind=kinds, place=st.none() | places, server=st.none() | which, dies=flags)
    def create_primary(self, kind: str, place: str | None, server: int | None, dies: bool) -> None:
        """Create a primary IP."""
        ident = None if server is None else self.pick(self.cloud.servers, server)
        name = f"ip-{len(self.talk.sandbox.log)}"
        body = given(name=name, type=kind, location=place, assignee_id=ident, auto_delete=dies)
        code, answer = self.ask("POST", "/primary_ips", {**body, "assignee_type": "server"})
        number = answer["primary_ip"]["id"] if not code else 0
        self.agree(code, self.cloud.create_primary(number, kind, place, ident, dies))

    @rule(ip=which, server=which)
    def assign_primary(self, ip: int, server: int) -> None:
        """Assign a primary IP."""
        ident, to = self.pick(self.cloud.primary, ip), self.pick(self.cloud.servers, server)
        expected = self.cloud.assign_primary(ident, to)
        self.act(f"/primary_ips/{ident}/actions/assign", expected, assignee_id=to, assignee_type="server")

    @rule(ip=which, primary=flags)
    def unassign(self, ip: int, primary: bool) -> None:
        """Unassign a primary or floating IP."""
        kind, ips = self.ips(primary)
        ident = self.pick(ips, ip)
        self.act(f"/{kind}/{ident}/actions/unassign", self.cloud.unassign(ips, ident))

    @rule(ip=which, primary=flags)
    def delete_ip(self, ip: int, primary: bool) -> None:
        """Delete a primary or floating IP."""
        kind, ips = self.ips(primary)
        ident = self.pick(ips, ip)
        self.agree(self.ask("DELETE", f"/{kind}/{ident}")[0], self.cloud.delete_ip(ips, ident))

    def ips(self, primary: bool) -> tuple[str, dict[int, Address]]:
        """One of the two kinds of addresses."""
        return ("primary_ips", self.cloud.primary) if primary else ("floating_ips", self.cloud.floating)


def given(**fields: Any) -> dict[str, Any]:
    """A body with those fields that have a value."""
    return {name: value for name, value in fields.items() if value is not None}


def target(server: int) -> dict[str, Any]:
    """A server as a firewall names it."""
    return {"type": "server", "server": {"id": server}}


def run(machine: type[RuleBasedStateMachine], examples: int, **more: Any) -> None:
    """Play some examples of thirty steps."""
    how = settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        **more,
    )
    run_state_machine_as_test(machine, settings=how)


def test_a_naive_model_agrees() -> None:
    """Two dozen examples, the same in every run: codes, ids, addresses and links are those of the model."""
    run(CloudMachine, 24, derandomize=True, phases=[Phase.generate])


@pytest.mark.slow
def test_a_naive_model_agrees_at_length() -> None:
    """Four hundred examples, others in every run, and a difference is made as short as it gets."""
    run(CloudMachine, 400, print_blob=True)
