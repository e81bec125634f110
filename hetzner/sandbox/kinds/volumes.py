"""Volumes: disks of their own, attached to one server at a time.

https://docs.hetzner.cloud/reference/cloud#volumes
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, limit_exceeded, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.protectable import Protectable, needs_one
from hetzner.sandbox.table import Id, Key, Row

SMALLEST, LARGEST = 10, 10_240
"""GB."""
MOST_ON_SERVER = 16
LONGEST_NAME = 64
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", re.ASCII)


class Volumes(Protectable):
    """Block storage in one location."""

    name = "volumes"
    singular = "volume"
    filters = ("status",)
    called = "volume"

    def keys(self, row: Row) -> Iterable[Key]:
        """By name, and by the server it is attached to."""
        yield ("name", row["name"])
        if row["server"] is not None:
            yield ("server", row["server"])

    def check_name(self, name: str) -> str:
        """Accept up to 64 letters, digits, `.`, `_` and `-`, none of the signs at an end."""
        if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise invalid("name", f"'{name}' is not a valid volume name")
        return name

    def render(self, row: Row) -> dict[str, Any]:
        """Write a volume as the API shows it."""
        fields = ("server", "size", "protection", "status", "format")
        return {
            **self.common(row),
            **{field: row[field] for field in fields},
            "location": self.project.catalogue.rows("locations")[row["location"]],
            "linux_device": f"/dev/disk/by-id/scsi-0HC_Volume_{row['id']}",
        }

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a volume in a location, or for a server it is attached to when it is there."""
        self.project.check_quota("volumes")
        body, server = call.body, call.body.get("server")
        fields = {
            "size": _size(body["size"]),
            "location": self._location(body),
            "server": server,
            "format": body.get("format"),
        }
        if server is not None:
            self._insist_room(server)
        row = self.table.add(self.fresh(body, **fields, status="creating", protection={"delete": False}))
        create = self.begin("create_volume", row, args={"status": "available"}, failed="not_created")
        following = [] if server is None else [self._attach(row, server, after=create)]
        return {**self.one(row), **self.answer(create), "next_actions": self.project.shown(following)}

    def _location(self, body: dict[str, Any]) -> int:
        server = self.server_of("server", body["server"]) if "server" in body else None
        if body.get("automount") and server is None:
            raise invalid("automount", "needs a server")
        if "location" not in body:
            if server is None:
                raise needs_one("server", "location")
            place: int = server["location"]
        else:
            place = self.place("location", body["location"])
            if server and server["location"] != place:
                raise invalid("location", "is not the location of the server")
        name = self.project.catalogue.rows("locations")[place]["name"]
        if ("volumes", name) in self.project.faults.sold_out:
            raise unprocessable("no_space_left_in_location", f"there is no volume space left in {name}")
        return place

    def _insist_room(self, server: Id) -> None:
        if len(self.table.by("server", server)) >= MOST_ON_SERVER:
            raise limit_exceeded("server_volume_limit", "server volume limit reached")

    def forbid_delete(self, row: Row) -> None:
        """Refuse while it is attached, protected or being changed."""
        if row["server"] is not None:
            raise Refusal(422, "invalid_input", "volume is still attached to a server, detach it first")
        super().forbid_delete(row)

    @answers("actions.attach")
    def attach(self, call: Call) -> dict[str, Any]:
        """Attach it to a server in its location, running or not."""
        row, server = self.free(call.id), self.server_of("server", call.body["server"])
        self._insist_free(row)
        if row["location"] != server["location"]:
            raise invalid("server", "is in another location than the volume")
        self.project.actions.insist_unlocked("server", server["id"])
        self._insist_room(server["id"])
        return self.answer(self._attach(row, server["id"]))

    def _insist_free(self, row: Row) -> None:
        if row["server"] is not None:
            raise unprocessable("volume_already_attached", "volume is already attached to a server")

    def _attach(self, row: Row, server: Id, after: Row | None = None) -> Row:
        return self.begin(
            "attach_volume", row, server, args={"server": server}, failed="not_attached", after=after
        )

    @answers("actions.detach")
    def detach(self, call: Call) -> dict[str, Any]:
        """Take it off its server."""
        row = self.free(call.id)
        self.insist_linked(row["server"], "detach", "attached")
        self.project.actions.insist_unlocked("server", row["server"])
        return self.answer(self.begin("detach_volume", row, row["server"], args={"server": None}))

    @answers("actions.resize")
    def resize(self, call: Call) -> dict[str, Any]:
        """Make it larger, attached or not."""
        row, size = self.free(call.id), _size(call.body["size"])
        if size <= row["size"]:
            raise invalid("size", f"must be greater than the current size of {row['size']} GB")
        return self.answer(self.begin("resize_volume", row, args={"size": size}))

    def not_created(self, action: Row) -> None:
        """Effect of create_volume that failed: there is no volume."""
        self.table.remove(self.own_id(action))

    def not_attached(self, action: Row) -> None:
        """Effect of attach_volume that failed: it is free, if it is at all."""
        if self.get(self.own_id(action)):
            self.table.update(self.own_id(action), server=None)

    # What servers call

    def check(self, ident: int, location: int) -> None:
        """Refuse a volume that a new server in that location cannot take."""
        row = self.get(ident)
        if row is None:
            raise invalid("volumes", f"volume '{ident}' not found")
        self.free(ident)
        self._insist_free(row)
        if row["location"] != location:
            raise invalid("volumes", f"volume '{ident}' is in another location")

    def attach_at_create(self, ident: int, server: Row, automount: bool, after: Row) -> Row:
        """Start to attach a volume to a new server; it is taken from now on, and nothing mounts it."""
        row = self.find(ident)
        self._insist_free(row)
        self._insist_room(server["id"])
        row = self.table.update(ident, server=server["id"])
        return self._attach(row, server["id"], after=after)

    def on_server_deleted(self, server: Row) -> None:
        """Volumes of a deleted server stay, attached to nothing."""
        for row in self.table.by("server", server["id"]):
            self.table.update(row["id"], server=None)


def _size(size: float) -> int:
    """A size in whole GB within the limits, or a refusal."""
    if not SMALLEST <= size <= LARGEST or size != int(size):
        raise invalid("size", f"must be a whole number from {SMALLEST} to {LARGEST}")
    return int(size)
