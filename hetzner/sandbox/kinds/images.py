"""Images: Hetzner's own from the catalogue, snapshots and backups from servers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.errors import Refusal, invalid, protected
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.table import Id, Key, Row

OWN = ("snapshot", "backup")


class Images(Kind):
    """What servers are installed from."""

    name = "images"
    singular = "image"
    filters = ("type", "status", "bound_to", "architecture")
    editable = ("description",)

    def keys(self, row: Row) -> Iterable[Key]:
        """By the server a backup is bound to; snapshots and backups have no name."""
        if row["bound_to"] is not None:
            yield ("bound_to", row["bound_to"])

    def rows(self) -> Iterable[Row]:
        """Hetzner's images, then the project's."""
        yield from self.project.catalogue.rows("images").values()
        yield from self.table

    def get(self, ident: Id) -> Row | None:
        """Look an image up by id."""
        return self.table.get(ident) or self.project.catalogue.rows("images").get(ident)

    def named(self, name: str) -> list[Row]:
        """Look Hetzner's images up by name; most exist for both architectures."""
        return [row for row in self.project.catalogue.rows("images").values() if row["name"] == name]

    def select(self, call: Call) -> Iterator[Row]:
        """Leave out deprecated images unless asked for."""
        deprecated = call.flag("include_deprecated")
        return (row for row in super().select(call) if deprecated or not row.get("deprecation"))

    def render(self, row: Row) -> dict[str, Any]:
        """Write an image as the API shows it."""
        own = row["type"] in OWN
        return {
            "id": row["id"],
            "type": row["type"],
            "status": row["status"],
            "name": row["name"],
            "description": row["description"],
            "image_size": row["image_size"],
            "disk_size": float(row["disk_size"]),
            "created": stamp(row["created"]),
            "created_from": row["created_from"] if own else None,
            "bound_to": row["bound_to"] if own else None,
            "os_flavor": row["os_flavor"],
            "os_version": row["os_version"],
            "rapid_deploy": not own,
            "protection": row["protection"] if own else {"delete": False},
            "deprecation": row["deprecation"],
            "deleted": row.get("deleted"),
            "labels": row["labels"],
            "architecture": row["architecture"],
        }

    def fit(self, which: int | str, architecture: str, disk: int) -> Row:
        """The image of that id or name a server can be installed from now, or a refusal."""
        row = self.pick("image", which)
        named = [each for each in self.named(str(which)) if each["architecture"] == architecture]
        row = named[0] if named else row
        if row["architecture"] != architecture:
            raise invalid("image", f"the image is for another architecture than {architecture}")
        if row["status"] != "available":
            raise invalid("image", "the image is not available")
        if row["deprecation"] and row["deprecation"]["unavailable_after"] <= stamp(self.project.now):
            raise invalid("image", "the image is deprecated and can no longer be used")
        if row["disk_size"] > disk:
            raise invalid("image", f"the image needs a disk of {row['disk_size']} GB")
        return row

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Change description or labels, or turn a backup into a snapshot."""
        row = self._own(call.id)
        if call.body.get("type") == "snapshot" and row["type"] == "backup":
            self.table.update(row["id"], type="snapshot", bound_to=None)
        return super().update(call)

    def forbid_delete(self, row: Row) -> None:
        """Refuse for Hetzner's images, protected ones, and those being made."""
        self._own(row["id"])
        if row["protection"]["delete"]:
            raise protected("snapshot deletion is protected")
        self.project.actions.insist_unlocked("image", row["id"])

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any] | Reply:
        """Forbid or allow deleting a snapshot."""
        row = self._own(call.id)
        if row["type"] != "snapshot":
            raise Refusal(422, "invalid_input", "only snapshots can be protected")
        protection = {"delete": call.body.get("delete", row["protection"]["delete"])}
        action = self.project.start(
            "change_protection",
            ("image", row["id"]),
            lock=False,
            done="images.protection_changed",
            args={"protection": protection},
        )
        return {"action": self.project.actions.render(action)}

    def protection_changed(self, action: Row) -> None:
        """Effect of change_protection."""
        self.table.update(action["resources"][0]["id"], protection=action["args"]["protection"])

    def _own(self, ident: Id) -> Row:
        row = self.find(ident)
        if row["type"] not in OWN:
            raise Refusal(422, "invalid_input", "only images of type snapshot and backup can be changed")
        return row
