"""Subaccounts of storage boxes: further users, each with a folder of its own."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import invalid, taken
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.storage_box_base import StorageBoxPart
from hetzner.sandbox.labels import check_labels
from hetzner.sandbox.storage_rules import check_description, check_home, check_password, settings
from hetzner.sandbox.table import Id, Row

ACCESS = ("reachable_externally", "samba_enabled", "ssh_enabled", "webdav_enabled", "readonly")
LONGEST_NAME = 50


class StorageBoxSubaccounts(StorageBoxPart):
    """The subaccounts of all storage boxes of the project."""

    name = "storage_boxes.subaccounts"
    singular = "subaccount"
    part = "subaccount"
    plural = "subaccounts"
    sorts = ("id", "created")
    filters = ("username",)

    def render(self, row: Row) -> dict[str, Any]:
        """Write a subaccount as the API shows it."""
        return {
            **self.common(row),
            "storage_box": row["storage_box"],
            "username": row["username"],
            "server": f"{row['username']}.your-storagebox.de",
            "home_directory": row["home_directory"],
            "description": row["description"],
            "access_settings": row["access_settings"],
        }

    def checked(self, row: Row, body: dict[str, Any]) -> dict[str, Any]:
        """Name and description."""
        changes = {}
        if "name" in body:
            changes["name"] = self._own_name(self.boxes.find(row["storage_box"]), body["name"], row)
        if "description" in body:
            changes["description"] = check_description(body["description"])
        return changes

    def _own_name(self, box: Row, name: str, row: Row | None = None) -> str:
        if not 1 <= len(name) <= LONGEST_NAME:
            raise invalid("name", f"must have between 1 and {LONGEST_NAME} characters")
        if not self.unique_name(box, name, row["id"] if row else None):
            raise taken("name", self.name_taken)
        return name

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a subaccount; the password is checked and never kept."""
        box, body = self.box_for_new(call.id), call.body
        self.insist_room(box, self.boxes.size_of(box)["subaccounts_limit"], len(self.of(box)))
        check_password(body["password"])
        number = box.get("users", 0) + 1
        username = f"{box['username']}-sub{number}"
        row = {
            "id": self.project.new_id(),
            "storage_box": box["id"],
            "name": self._own_name(box, body.get("name", username)),
            "username": username,
            "home_directory": check_home(body["home_directory"]),
            "description": check_description(body.get("description", "")),
            "labels": check_labels(body.get("labels", {})),
            "access_settings": settings(ACCESS, body.get("access_settings", {})),
            "created": self.project.now,
        }
        self.boxes.table.update(box["id"], users=number)
        return self.make("create_subaccount", box, row)

    def made(self, action: Row) -> None:
        """Effect of create_subaccount: it has its folder."""
        self._home(action["resources"][1]["id"])

    def _home(self, ident: Id) -> None:
        row = self.get(ident)
        if row is not None:  # not deleted meanwhile
            self.boxes.make_folder(row["storage_box"], row["home_directory"])

    @answers("actions.change_home_directory")
    def change_home_directory(self, call: Call) -> dict[str, Any]:
        """Let it see another folder, which is made when there is none."""
        row, home = self.steady(call), check_home(call.body["home_directory"])
        return self.begin("change_home_directory", row, "moved", home_directory=home)

    def moved(self, action: Row) -> None:
        """Effect of change_home_directory."""
        self.changed(action)
        self._home(action["resources"][1]["id"])

    @answers("actions.reset_subaccount_password")
    def reset_password(self, call: Call) -> dict[str, Any]:
        """Check a new password; none is ever kept."""
        row = self.steady(call)
        check_password(call.body["password"])
        return self.begin("reset_subaccount_password", row)

    @answers("actions.update_access_settings")
    def update_access_settings(self, call: Call) -> dict[str, Any]:
        """Change the settings that are given, leave the others."""
        row = self.steady(call)
        return self.begin("update_access_settings", row, access_settings=call.body)
