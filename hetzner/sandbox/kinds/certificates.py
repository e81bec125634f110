"""Certificates: uploaded ones, and managed ones that are issued after a while.

https://docs.hetzner.cloud/reference/cloud#certificates
"""

from __future__ import annotations

import re
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.errors import invalid, invalid_fields, unprocessable
from hetzner.sandbox.issuing import issue
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.table import Row
from hetzner.sandbox.x509 import read_uploaded

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:\*\.)?(?:{_LABEL}\.)+{_LABEL}", re.ASCII)
_NEEDED = {"uploaded": ("certificate", "private_key"), "managed": ("domain_names",)}
UNISSUED = {"certificate": None, "fingerprint": None, "not_valid_before": None, "not_valid_after": None}


class Certificates(Kind):
    """TLS certificates for load balancers; private keys are never kept."""

    name = "certificates"
    singular = "certificate"
    filters = ("type",)

    def render(self, row: Row) -> dict[str, Any]:
        """Write a certificate as the API shows it."""
        start, end = row["not_valid_before"], row["not_valid_after"]
        return {
            **self.common(row),
            "type": row["type"],
            "certificate": row["certificate"],
            "not_valid_before": None if start is None else stamp(start),
            "not_valid_after": None if end is None else stamp(end),
            "domain_names": row["domain_names"],
            "fingerprint": row["fingerprint"],
            "status": row["status"],
            "used_by": self._used_by(row),
        }

    def _used_by(self, row: Row) -> list[dict[str, Any]]:
        users = self.project.table("load_balancers").by("certificate", row["id"])
        return [{"id": user["id"], "type": "load_balancer"} for user in users]

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Take an uploaded certificate, or begin to issue a managed one."""
        self.project.check_quota("certificates")
        body = call.body
        kind = body.get("type", "uploaded")
        if missing := [(field, "is required") for field in _NEEDED[kind] if field not in body]:
            raise invalid_fields(missing)
        if kind == "uploaded":
            facts = read_uploaded(body["certificate"], body["private_key"])
            row = self.fresh(body, type=kind, certificate=body["certificate"], status=None, **facts)
            return {**self.one(self.table.add(row)), "action": None}
        domains = _checked(body["domain_names"])
        row = self.table.add(self.fresh(body, type=kind, domain_names=domains, **UNISSUED, status=None))
        return self._begin("create_certificate", row)

    def _begin(self, command: str, row: Row) -> dict[str, Any]:
        """Start to issue a certificate; the answer has it with its action."""
        row = self.table.update(row["id"], status=_status("pending"))
        effects = {"done": "certificates.issued", "failed": "certificates.not_issued"}
        action = self.project.start(command, ("certificate", row["id"]), **effects)
        if action["fate"] is None and (problem := self._problem(row["domain_names"])):
            self.project.actions.table.update(action["id"], fate=problem)
        return {**self.one(row), "action": self.project.actions.render(action)}

    def _problem(self, domains: list[str]) -> dict[str, str] | None:
        """Why the domains cannot be proven: each has to be in a primary zone of the project."""
        for domain in domains:
            labels = domain.lower().removeprefix("*.").split(".")
            names = [".".join(labels[at:]) for at in range(len(labels))]
            zones = [zone for name in names for zone in self.project.table("zones").by("name", name)]
            if not zones:
                return {"code": "dns_zone_not_found", "message": f"DNS zone of '{domain}' not found"}
            if zones[0]["mode"] != "primary":
                return {"code": "dns_zone_is_secondary_zone", "message": "DNS zone is a secondary zone"}
        return None

    def issued(self, action: Row) -> None:
        """Effect of an issuance: the certificate is there."""
        row = self.find(action["resources"][0]["id"])
        made = issue(row["domain_names"], self.project.now, self.project.random)
        self.table.update(row["id"], **made, status=_status("completed"))

    def not_issued(self, action: Row) -> None:
        """Effect of an issuance that failed: the status says why."""
        self.table.update(action["resources"][0]["id"], status=_status("failed", action["error"]))

    @answers("actions.retry")
    def retry(self, call: Call) -> dict[str, Any]:
        """Issue a managed certificate once more after it failed."""
        row = self.find(call.id)
        if row["status"] is None or row["status"]["issuance"] != "failed":
            raise unprocessable("unsupported_error", "certificate not retryable")
        return {"action": self._begin("issue_certificate", row)["action"]}

    def forbid_delete(self, row: Row) -> None:
        """Refuse while a load balancer uses it."""
        if self._used_by(row):
            raise unprocessable("resource_in_use", f"certificate with ID {row['id']} is still in use")

    def deleted(self, row: Row) -> None:
        """End an issuance that was going on."""
        self.project.actions.cancel("certificate", row["id"])


def _status(issuance: str, error: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"issuance": issuance, "renewal": "unavailable", "error": error}


def _checked(domains: list[str]) -> list[str]:
    if not domains:
        raise invalid("domain_names", "must have at least one entry")
    for domain in domains:
        if not _DOMAIN.fullmatch(domain) or len(domain) > 253:
            raise invalid("domain_names", f"'{domain}' is not a domain name")
    return domains
