"""Health of the targets of load balancers: what is seen, and what a test says is seen.

There is nothing that could be connected to. So a target is `unknown` until its first check, one interval
after it came; then `healthy` as long as its server runs at the address the load balancer connects to.
"""

from __future__ import annotations

from typing import Any, Literal

from hetzner.sandbox.kinds.load_balancer_base import LoadBalancerBase
from hetzner.sandbox.table import Id, Row

Status = Literal["healthy", "unhealthy", "unknown"]
Detail = Literal[
    "unspecified", "layer4_no_connection", "layer4_timeout", "layer7_timeout",
    "unexpected_http_status", "unexpected_http_content",
]  # fmt: skip


class LoadBalancerHealth(LoadBalancerBase):
    """What load balancers think of their targets."""

    def report(
        self,
        ident: Id,
        place: int | str,
        status: Status | None,
        *,
        listen_port: int | None = None,
        detail: Detail = "unspecified",
        http_status_code: int | None = None,
    ) -> None:
        """Let a load balancer see a status at a target, a server's id or an address (for tests).

            with sandbox.inside() as project:
                project.kind("load_balancers").report(lb, server, "unhealthy", detail="layer4_timeout")

        It holds for one service or for all there are now, until the target or the service is removed, or
        the status is reported as None. `detail` is for `unhealthy`, the code for `unexpected_http_status`.
        Raises `ValueError` for something that is no target.
        """
        if str(place) not in self._places(self.find(ident)):
            raise ValueError(f"{place} is not a target of load balancer {ident}")
        with self.table.edit(ident) as row:
            for service in row["services"]:
                port = service["listen_port"]
                if listen_port not in (None, port):
                    continue
                row["reports"].pop(f"{place}/{port}", None)
                if status is not None:
                    row["reports"][f"{place}/{port}"] = _shown(port, status, detail, http_status_code)

    def _places(self, row: Row) -> set[str]:
        """The servers (their ids as text) and addresses that a load balancer sends connections to."""
        found: set[str] = set()
        for target in row["targets"]:
            if target["type"] == "label_selector":
                found.update(str(server["id"]) for server in self.found_by(row, target))
            else:
                found.add(str(target[target["type"]]))
        return found

    def forget_reports(self, row: Row, place: int | str) -> None:
        """Drop what was reported about a target; `row` is being edited."""
        row["reports"] = {
            key: known for key, known in row["reports"].items() if key.rpartition("/")[0] != str(place)
        }

    def health(
        self, row: Row, place: int | str, since: float, trouble: Detail | None
    ) -> list[dict[str, Any]]:
        """The status of a target for every service; `trouble` is why it cannot be reached."""
        return [
            row["reports"].get(f"{place}/{service['listen_port']}") or self._seen(service, since, trouble)
            for service in row["services"]
        ]

    def _seen(self, service: Row, since: float, trouble: Detail | None) -> dict[str, Any]:
        first = max(since, service["since"]) + service["health_check"]["interval"]
        status: Status = "unknown" if self.project.now < first else "unhealthy" if trouble else "healthy"
        return _shown(service["listen_port"], status, trouble or "unspecified", None)


def _shown(port: int, status: Status, detail: Detail, code: int | None) -> dict[str, Any]:
    shown: dict[str, Any] = {"listen_port": port, "status": status}
    if status == "unhealthy":
        shown["detail"] = detail
        if detail == "unexpected_http_status" and code is not None:
            shown["http_status_code"] = code
    return shown
