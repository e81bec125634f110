"""Creating a load balancer: everything the API checks, then the load balancer with its addresses.

https://docs.hetzner.cloud/reference/cloud#load-balancers-create-a-load-balancer
"""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, invalid_fields
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.given_ips import given_ip
from hetzner.sandbox.kinds.load_balancer_links import LoadBalancerLinks
from hetzner.sandbox.kinds.load_balancer_services import TAKEN, LoadBalancerServices
from hetzner.sandbox.kinds.primary_ips import VERSIONS
from hetzner.sandbox.table import Row


class LoadBalancerCreate(LoadBalancerServices, LoadBalancerLinks):
    """How load balancers come into being."""

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a load balancer with services, targets, network and addresses at once."""
        self.project.check_quota("load_balancers")
        body = call.body
        kind = self._orderable(body["load_balancer_type"])
        row = self._planned(body, kind)
        self._connect(row, body)
        self._fill(row, body, kind)
        given = {
            version: given_ip(self.primary_ips, ident, version, row["location"])
            for version, ident in body.get("public_net", {}).items()
        }
        self.table.add(row)
        self.follow(row, row["targets"])
        self._take_addresses(row, given)
        others = [("network", entry["network"]) for entry in row["private_net"]]
        effects = {"done": "load_balancers.joined", "failed": "load_balancers.left"}
        return {**self.begin(row, "create_load_balancer", *others, **effects), **self.one(row)}

    def _orderable(self, which: int | str) -> Row:
        kind = self.types.pick("load_balancer_type", which)
        if self.types.retired(kind):
            raise Refusal(422, "invalid_input", f"load balancer type {kind['id']} is deprecated")
        return kind

    def _planned(self, body: dict[str, Any], kind: Row) -> Row:
        return self.fresh(
            {"name": body["name"], "labels": body.get("labels", {})},
            load_balancer_type=kind["id"],
            location=self._place(body, kind)["id"],
            algorithm=body.get("algorithm", {}).get("type", "round_robin"),
            public=body.get("public_interface", True),
            private_net=[],
            services=[],
            targets=[],
            reports={},
            protection={"delete": False},
        )

    def _place(self, body: dict[str, Any], kind: Row) -> Row:
        if ("location" in body) == ("network_zone" in body):
            reason = "exactly one of location and network_zone is required"
            raise invalid_fields([("location", reason), ("network_zone", reason)])
        if "location" in body:
            place = self.project.kind("locations").pick("location", body["location"])
            if place["name"] not in kind["traffic"]:
                raise Refusal(422, "invalid_input", "unsupported location for load balancer type")
            return place
        for place in self.project.catalogue.locations.values():
            if place["network_zone"] == body["network_zone"] and place["name"] in kind["traffic"]:
                return place
        raise invalid("network_zone", f"network zone '{body['network_zone']}' not found")

    def _connect(self, row: Row, body: dict[str, Any]) -> None:
        if "network" in body:
            row["private_net"] = [self.reserved(row, body["network"])]
        if not row["public"]:
            self.insist_attached(row)

    def _fill(self, row: Row, body: dict[str, Any], kind: Row) -> None:
        for asked in body.get("services", ()):
            row["services"].append(self.new_service(asked, "services[]."))
        self.fit_services(row["services"], kind, TAKEN)
        for asked in body.get("targets", ()):
            row["targets"].append(self.new_target(row, asked, "targets[]."))
        self.fit_targets(row["targets"], kind)

    def _take_addresses(self, row: Row, given: dict[str, Row]) -> None:
        owner = {"assignee_type": "load_balancer", "assignee_id": row["id"]}
        for version in VERSIONS:
            if version in given:
                self.primary_ips.table.update(given[version]["id"], **owner)
            else:
                self.primary_ips.make(version, row["location"], auto_delete=True, **owner)
