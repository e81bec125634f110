"""What all parts of the servers share: rows, state, and what must hold before an action starts."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from random import Random
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, unprocessable
from hetzner.sandbox.kind import Kind
from hetzner.sandbox.kinds.images import Images
from hetzner.sandbox.kinds.primary_ips import PrimaryIPs
from hetzner.sandbox.kinds.server_types import ServerTypes
from hetzner.sandbox.table import Key, Row

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOSTNAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
MOST_USER_DATA = 32 * 1024


class ServerBase(Kind):
    """The rows of the servers."""

    name = "servers"
    singular = "server"
    name_taken = "server name is already used"
    filters = ("status",)

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, image, placement group, networks, firewalls, and targets that find it by its labels."""
        yield ("name", row["name"])
        yield ("image", row["image"])
        yield ("placement_group", row["placement_group"])
        for entry in row["private_net"]:
            yield ("network", entry["network"])
        for ident in row["firewalls"]:
            yield ("firewall", int(ident))
        for place in row.get("balanced", ()):
            yield ("balanced", place)

    def check_name(self, name: str) -> str:
        """Accept hostnames by RFC 1123 only."""
        if not _HOSTNAME.fullmatch(name) or len(name) > 253:
            raise invalid("name", "must be a valid hostname")
        return name

    def status(self, row: Row) -> str:
        """The state now: a guest that was asked to shut down is off after a while."""
        over = row["off_at"] is not None and row["off_at"] <= self.project.now
        return "off" if over else str(row["status"])

    def field(self, row: Row, name: str) -> Any:
        """Filter by the state as it is now."""
        return self.status(row) if name == "status" else super().field(row, name)

    def free(self, call: Call) -> Row:
        """The server of a request; refuses with `locked` while an action runs on it."""
        row = self.find(call.id)
        self.project.actions.insist_unlocked("server", row["id"])
        return row

    def insist_off(self, row: Row) -> None:
        """Refuse unless the server is off."""
        if self.status(row) != "off":
            raise unprocessable("server_not_stopped", "server must be stopped")

    def begin(
        self, row: Row, command: str, *others: tuple[str, int], status: str | None = None, **how: Any
    ) -> Row:
        """Start an action; `status` is the state meanwhile, and a failure brings the old one back."""
        if status is not None:
            how = {"failed": "servers.as_before", **how}
            how["args"] = {"before": self.status(row), **how.get("args", {})}
            self.table.update(row["id"], status=status, off_at=None)
        return self.project.start(command, ("server", row["id"]), *others, **how)

    def answer(self, action: Row, **more: Any) -> dict[str, Any]:
        """An answer with an action."""
        return {"action": self.project.actions.render(action), **more}

    def as_before(self, action: Row) -> None:
        """Effect of a failed action: the state it had before."""
        self.set(action, status=action["args"]["before"])

    def set(self, action: Row, **fields: Any) -> None:
        """Set fields of the action's server."""
        self.table.update(server_id(action), **fields)

    @property
    def primary_ips(self) -> PrimaryIPs:
        """The primary IPs of the project."""
        return self.project.kind_as(PrimaryIPs)

    @property
    def server_types(self) -> ServerTypes:
        """The server types."""
        return self.project.kind_as(ServerTypes)

    @property
    def images(self) -> Images:
        """The images."""
        return self.project.kind_as(Images)

    def type_of(self, row: Row) -> Row:
        """The server type of a server."""
        return self.server_types.find(row["server_type"])

    def place_of(self, row: Row) -> Row:
        """The location of a server."""
        return self.project.catalogue.rows("locations")[row["location"]]


def server_id(action: Row) -> int:
    """The id of the server an action is about."""
    ident: int = next(each["id"] for each in action["resources"] if each["type"] == "server")
    return ident


def check_user_data(body: dict[str, Any]) -> None:
    """Refuse cloud-init data above 32 KiB; the sandbox has no use for it and never keeps it."""
    if len(body.get("user_data", "").encode()) > MOST_USER_DATA:
        raise Refusal(
            422, "invalid_input", "invalid input in field 'user_data': must not be longer than 32 KiB"
        )


def password(random: Random, length: int = 20) -> str:
    """A random password."""
    return "".join(random.choices(string.ascii_letters + string.digits, k=length))
