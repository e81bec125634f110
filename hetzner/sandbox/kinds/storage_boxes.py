"""Storage boxes: storage that is reached over the network. Nothing can be stored in these."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.errors import Refusal, invalid, not_found, protected
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.storage_box_base import StorageBoxBase
from hetzner.sandbox.kinds.storage_box_snapshots import StorageBoxSnapshots
from hetzner.sandbox.kinds.storage_box_types import StorageBoxTypes
from hetzner.sandbox.storage_rules import check_keys, check_password, check_plan, folder_of, settings
from hetzner.sandbox.table import Id, Row

ACCESS = ("reachable_externally", "samba_enabled", "ssh_enabled", "webdav_enabled", "zfs_enabled")
EMPTY = {"size": 0, "size_data": 0, "size_snapshots": 0}
FIRST_USER, APART = 500_000, 10_000
"""The number in the first user name, and how many a project can have."""
PARTS = ("storage_boxes.snapshots", "storage_boxes.subaccounts")


class StorageBoxes(StorageBoxBase):
    """The project's storage boxes."""

    def render(self, row: Row) -> dict[str, Any]:
        """Write a storage box as the API shows it."""
        location = self.project.catalogue.rows("locations")[row["location"]]
        return {
            **self.common(row),
            "storage_box_type": self.types.render(self.size_of(row)),
            "location": self.project.kind("locations").render(location),
            "access_settings": row["access_settings"],
            "snapshot_plan": row["snapshot_plan"],
            "protection": row["protection"],
            "status": row["status"],
            "username": row["username"],
            "server": row["username"] and f"{row['username']}.your-storagebox.de",
            "system": row["system"],
            "stats": row["stats"],
        }

    @property
    def types(self) -> StorageBoxTypes:
        """What there is to buy."""
        return self.project.kind_as(StorageBoxTypes)

    @property
    def snapshots(self) -> StorageBoxSnapshots:
        """The snapshots of all storage boxes."""
        return self.project.kind_as(StorageBoxSnapshots)

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a storage box; the password is checked and never kept."""
        self.project.check_quota("storage_boxes")
        body = call.body
        check_password(body["password"])
        check_keys(body.get("ssh_keys", ()))
        location = self.project.kind("locations").pick("location", body["location"])
        row = self.fresh(
            body,
            storage_box_type=self.types.sold(body["storage_box_type"], location["name"])["id"],
            location=location["id"],
            access_settings=settings(ACCESS, body.get("access_settings", {})),
            snapshot_plan=None,
            protection={"delete": False},
            status="initializing",
            username=None,
            system=None,
            stats=EMPTY,
            folders=[],
        )
        return {**self.one(self.table.add(row)), **self.begin("create", row, "created", alone=True)}

    def created(self, action: Row) -> None:
        """Effect of create: it can be reached."""
        row = self.find(action["resources"][0]["id"])
        meta = self.project.meta
        number = meta["storage_boxes"] = meta.get("storage_boxes", 0) + 1
        place = self.project.catalogue.rows("locations")[row["location"]]["name"].upper()
        username = f"u{FIRST_USER + meta['number'] * APART + number}"
        system = f"{place}-BX{100 + number % 900}"
        self.table.update(row["id"], status="active", username=username, system=system)

    @answers("delete")
    def delete(self, call: Call) -> Reply:
        """Delete a storage box with everything on it."""
        row = self.find(call.id)
        if row["protection"]["delete"]:
            raise protected("storage box is delete protected")
        return Reply(self.begin("delete", self.alone(row["id"]), "vanished", alone=True), status=201)

    def vanished(self, action: Row) -> None:
        """Effect of delete."""
        row = self.find(action["resources"][0]["id"])
        for part in PARTS:
            table = self.project.table(part)
            for each in table.by("storage_box", row["id"]):
                table.remove(each["id"])
        self.table.remove(row["id"])
        self.project.tell("storage_box_deleted", row)

    @answers("folders")
    def folders(self, call: Call) -> dict[str, Any]:
        """Answer with the folders in a folder."""
        row, path = self.steady(call.id), call.one("path") or "."
        inside = folder_of("path", path)
        known = [tuple(folder.split("/")) for folder in row["folders"]]
        if inside and inside not in known:
            raise not_found("folder", path)
        return {"folders": sorted(each[-1] for each in known if each[:-1] == inside)}

    def fill(self, ident: Id, size: int) -> None:
        """Let that many bytes be stored, as if somebody had uploaded them (for tests)."""
        with self.table.edit(ident) as row:
            held = row["stats"]["size_snapshots"]
            row["stats"] = {"size": size + held, "size_data": size, "size_snapshots": held}

    # Actions

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow deletion."""
        row = self.steady(call.id)
        return self.begin("change_protection", row, protection={**row["protection"], **call.body})

    @answers("actions.change_type")
    def change_type(self, call: Call) -> dict[str, Any]:
        """Change the type, as long as everything fits."""
        row = self.alone(call.id)
        place = self.project.catalogue.rows("locations")[row["location"]]["name"]
        new = self.types.sold(call.body["storage_box_type"], place)
        if new["id"] == row["storage_box_type"]:
            raise invalid("storage_box_type", "is the type it has")
        if new["size"] < row["stats"]["size"]:
            raise Refusal(422, "invalid_input", "the storage box type has less space than is used")
        return self.begin("change_type", row, alone=True, storage_box_type=new["id"])

    @answers("actions.reset_password")
    def reset_password(self, call: Call) -> dict[str, Any]:
        """Check a new password; none is ever kept."""
        row = self.steady(call.id)
        check_password(call.body["password"])
        return self.begin("reset_password", row)

    @answers("actions.update_access_settings")
    def update_access_settings(self, call: Call) -> dict[str, Any]:
        """Change the settings that are given, leave the others."""
        row = self.steady(call.id)
        return self.begin("update_access_settings", row, access_settings=call.body)

    @answers("actions.enable_snapshot_plan")
    def enable_snapshot_plan(self, call: Call) -> dict[str, Any]:
        """Set the one snapshot plan there is."""
        row = self.steady(call.id)
        plan = check_plan(call.body, self.size_of(row)["automatic_snapshot_limit"])
        return self.begin("enable_snapshot_plan", row, snapshot_plan=plan)

    @answers("actions.disable_snapshot_plan")
    def disable_snapshot_plan(self, call: Call) -> dict[str, Any]:
        """Remove the snapshot plan; its snapshots stay."""
        return self.begin("disable_snapshot_plan", self.steady(call.id), snapshot_plan=None)

    @answers("actions.rollback_snapshot")
    def rollback_snapshot(self, call: Call) -> dict[str, Any]:
        """Go back to a snapshot."""
        row = self.alone(call.id)
        snapshot = self.snapshots.named_in(row, call.body["snapshot"])
        return self.begin("rollback_snapshot", row, "rolled_back", alone=True, snapshot=snapshot["id"])

    def rolled_back(self, action: Row) -> None:
        """Effect of rollback_snapshot: newer snapshots go, and so does what was stored since."""
        row = self.find(action["resources"][0]["id"])
        snapshot = self.snapshots.find(action["args"]["snapshot"])
        for other in self.snapshots.of(row):
            if other["id"] > snapshot["id"]:
                self.snapshots.table.remove(other["id"])
        self.table.update(row["id"], folders=snapshot["folders"])
        self.fill(row["id"], snapshot["stats"]["size_filesystem"])

    def run_plan(self, ident: Id) -> Row:
        """Let the snapshot plan make its next snapshot now (for tests: none is made by itself)."""
        row = self.find(ident)
        if row["snapshot_plan"] is None:
            raise ValueError("the storage box has no snapshot plan")
        return self.snapshots.automatic(row)
