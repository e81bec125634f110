"""Services of load balancers: what they listen on. What one service may be: see `hetzner.sandbox.services`.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions-add-service
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, limit_exceeded
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.load_balancer_base import LoadBalancerBase, certificates
from hetzner.sandbox.services import Service, changed_service, new_service, ports
from hetzner.sandbox.table import Row

TAKEN, TAKEN_BY_UPDATE = 412, 422
"""Statuses of `source_port_already_used`."""


class LoadBalancerServices(LoadBalancerBase):
    """What load balancers listen on."""

    @answers("actions.add_service")
    def add_service(self, call: Call) -> dict[str, Any]:
        """Listen on one more port."""
        row = self.steady(call.id)
        services = [*row["services"], self.new_service(call.body)]
        self.fit_services(services, self.type_of(row), TAKEN)
        return self.change(row, "add_service", services=services)

    @answers("actions.update_service")
    def update_service(self, call: Call) -> dict[str, Any]:
        """Replace what is given of a service."""
        row = self.steady(call.id)
        old = self._service(row, call.body["listen_port"])
        new = changed_service(old, call.body)
        services = [new if service is old else service for service in row["services"]]
        self.fit_services(services, self.type_of(row), TAKEN_BY_UPDATE)
        return self.change(row, "update_service", services=services)

    @answers("actions.delete_service")
    def delete_service(self, call: Call) -> dict[str, Any]:
        """Listen on a port no more; what was reported about its targets is forgotten."""
        row, port = self.steady(call.id), call.body["listen_port"]
        old = self._service(row, port)
        services = [service for service in row["services"] if service is not old]
        reports = {place: known for place, known in row["reports"].items() if known["listen_port"] != port}
        return self.change(row, "delete_service", services=services, reports=reports)

    def _service(self, row: Row, port: int) -> Service:
        for service in row["services"]:
            if service["listen_port"] == port:
                found: Service = service
                return found
        raise Refusal(404, "not_found", f"service with listen port '{port}' not found")

    def new_service(self, asked: dict[str, Any], under: str = "") -> Service:
        """A complete service as it is kept in a row."""
        return {**new_service(asked, under), "since": self.project.now}

    def fit_services(self, services: Sequence[Service], kind: Row, status: int) -> None:
        """Refuse services that share a port, use unknown certificates, or are too many for the type."""
        taken: set[int] = set()
        for service in services:
            if clash := taken & ports(service):
                raise Refusal(status, "source_port_already_used", f"port {min(clash)} is already in use")
            taken |= ports(service)
        used = certificates(services)
        for ident in used:
            if self.project.kind("certificates").get(ident) is None:
                raise invalid("http.certificates", f"certificate '{ident}' not found")
        for what, count in (("services", len(services)), ("assigned_certificates", len(used))):
            if count > kind[f"max_{what}"]:
                raise limit_exceeded(f"load_balancer_{what}_limit", f"load balancer {what} limit reached")
