"""What is on a server and under it: type, image, snapshots, backups, ISO, protection.

https://docs.hetzner.cloud/reference/cloud#server-actions
"""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.errors import Refusal, invalid, protected, unavailable, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.server_base import ServerBase, check_user_data, password, server_id
from hetzner.sandbox.table import Row

WINDOWS = ("22-02", "02-06", "06-10", "10-14", "14-18", "18-22")
MOST_BACKUPS = 7


class ServerDisk(ServerBase):
    """Disks, images and what else can be changed in place."""

    @answers("actions.change_type")
    def change_type(self, call: Call) -> dict[str, Any]:
        """Move to another type; the server is started afterwards."""
        row = self.free(call)
        self.insist_off(row)
        new = self.server_types.pick("server_type", call.body["server_type"])
        self._check_fit(row, new)
        args = {"server_type": new["id"], "upgrade_disk": call.body["upgrade_disk"]}
        action = self.begin(row, "change_server_type", status="migrating", done="servers.moved", args=args)
        return self.answer(action)

    def _check_fit(self, row: Row, new: Row) -> None:
        old, place = self.type_of(row), self.place_of(row)["name"]
        unfit = (
            (self.server_types.retired(new), "the server type is deprecated"),
            (new["id"] == old["id"], "the server is of this type already"),
            (new["architecture"] != old["architecture"], "the server type has another architecture"),
            (new["disk"] < row["primary_disk_size"], "the disk of the server type is too small"),
            (place not in new["sold"], "the server type is not sold in the server's location"),
            (self.server_types.retired(new, place), "the server type is deprecated in the server's location"),
        )
        for is_so, reason in unfit:
            if is_so:
                raise unprocessable("invalid_server_type", reason)
        if place not in self.server_types.places(new):
            raise unavailable("error during placement")

    def moved(self, action: Row) -> None:
        """Effect of change_server_type."""
        new = self.server_types.find(action["args"]["server_type"])
        if action["args"]["upgrade_disk"]:
            self.set(action, primary_disk_size=new["disk"])
        self.set(action, server_type=new["id"], status="running", rescue_until=None)

    @answers("actions.rebuild")
    def rebuild(self, call: Call) -> dict[str, Any]:
        """Install anew from an image; name and addresses stay."""
        row = self.free(call)
        if row["protection"]["rebuild"]:
            raise protected("server is rebuild protected")
        check_user_data(call.body)
        image = self.images.fit(
            call.body["image"], self.type_of(row)["architecture"], row["primary_disk_size"]
        )
        ran = self.status(row) == "running"
        args = {"image": image["id"], "status": "running" if ran else "off"}
        action = self.begin(row, "rebuild_server", status="rebuilding", done="servers.rebuilt", args=args)
        secret = None if row["has_keys"] else password(self.project.random)
        return self.answer(action, root_password=secret)

    def rebuilt(self, action: Row) -> None:
        """Effect of rebuild_server."""
        self.set(action, image=action["args"]["image"], last_image=None, status=action["args"]["status"])

    @answers("actions.create_image")
    def create_image(self, call: Call) -> dict[str, Any]:
        """Take a snapshot, or a backup when backups are on."""
        row = self.free(call)
        kind = call.body.get("type", "snapshot")
        if kind == "backup" and row["backup_window"] is None:
            raise unprocessable("invalid_input", "backups are not enabled for the server")
        image = self._new_image(row, kind, call.body)
        both = [("server", row["id"]), ("image", image["id"])]
        action = self.begin(
            row, "create_image", both[1], lock=both, done="servers.imaged", failed="servers.not_imaged"
        )
        return self.answer(action, image=self.images.render(image))

    def _new_image(self, row: Row, kind: str, body: dict[str, Any]) -> Row:
        source = self.image_of(row) or {"os_flavor": "unknown", "os_version": None}
        image = self.images.fresh(
            {"labels": body.get("labels", {})},
            type=kind,
            status="creating",
            description=body.get("description") or f"{kind} {stamp(self.project.now)}",
            image_size=None,
            disk_size=row["primary_disk_size"],
            created_from={"id": row["id"], "name": row["name"]},
            bound_to=row["id"] if kind == "backup" else None,
            os_flavor=source["os_flavor"],
            os_version=source["os_version"],
            architecture=self.type_of(row)["architecture"],
            protection={"delete": False},
            deprecation=None,
        )
        return self.images.table.add(image)

    def image_of(self, row: Row) -> Row | None:
        """The image a server was installed from, also one deleted since."""
        found: Row | None = row["last_image"] or self.images.get(row["image"])
        return found

    def imaged(self, action: Row) -> None:
        """Effect of create_image: it can be used; of eight backups the oldest goes."""
        image = self.images.table.update(
            _image_id(action), status="available", image_size=round(self.project.random.uniform(0.4, 2.6), 2)
        )
        if image["bound_to"] is not None:
            for old in self.images.table.by("bound_to", image["bound_to"])[:-MOST_BACKUPS]:
                self.images.table.remove(old["id"])

    def not_imaged(self, action: Row) -> None:
        """Effect of a create_image that failed: there is no image."""
        self.images.table.remove(_image_id(action))

    def on_image_deleted(self, image: Row) -> None:
        """Servers go on showing an image that was deleted."""
        for row in self.table.by("image", image["id"]):
            self.table.update(row["id"], last_image={**image, "deleted": stamp(self.project.now)})

    @answers("actions.enable_backup")
    def enable_backup(self, call: Call) -> dict[str, Any]:
        """Switch daily backups on; the sandbox makes none by itself."""
        return self.answer(self.begin(self.free(call), "enable_backup", done="servers.backups_on"))

    def backups_on(self, action: Row) -> None:
        """Effect of enable_backup: a window is chosen, one that there is stays."""
        window = self.find(server_id(action))["backup_window"]
        self.set(action, backup_window=window or self.project.random.choice(WINDOWS))

    @answers("actions.disable_backup")
    def disable_backup(self, call: Call) -> dict[str, Any]:
        """Switch daily backups off and delete those there are."""
        return self.answer(self.begin(self.free(call), "disable_backup", done="servers.backups_off"))

    def backups_off(self, action: Row) -> None:
        """Effect of disable_backup."""
        self.set(action, backup_window=None)
        self.drop_backups(server_id(action))

    def drop_backups(self, ident: int) -> None:
        """Delete the backups of a server."""
        for image in self.images.table.by("bound_to", ident):
            self.images.table.remove(image["id"])

    @answers("actions.attach_iso")
    def attach_iso(self, call: Call) -> dict[str, Any]:
        """Insert an ISO; one that is in already comes out."""
        row = self.free(call)
        iso = self.project.kind("isos").pick("iso", call.body["iso"])
        if iso["architecture"] not in (None, self.type_of(row)["architecture"]):
            raise invalid("iso", "the ISO is for another architecture")
        return self.answer(self.begin(row, "attach_iso", done="servers.iso_changed", args={"iso": iso["id"]}))

    @answers("actions.detach_iso")
    def detach_iso(self, call: Call) -> dict[str, Any]:
        """Eject the ISO; done at once when there is none."""
        row = self.free(call)
        seconds = 0.0 if row["iso"] is None else None
        args = {"iso": None}
        return self.answer(
            self.begin(row, "detach_iso", done="servers.iso_changed", args=args, seconds=seconds)
        )

    def iso_changed(self, action: Row) -> None:
        """Effect of attach_iso and detach_iso."""
        self.set(action, iso=action["args"]["iso"])

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow delete and rebuild, always both alike."""
        row = self.free(call)
        protection = {
            **row["protection"],
            **{name: call.body[name] for name in row["protection"] if name in call.body},
        }
        if protection["delete"] != protection["rebuild"]:
            raise Refusal(422, "invalid_input", "delete and rebuild protection need to have the same value")
        args = {"protection": protection}
        return self.answer(self.begin(row, "change_protection", done="servers.protection_changed", args=args))

    def protection_changed(self, action: Row) -> None:
        """Effect of change_protection."""
        self.set(action, protection=action["args"]["protection"])


def _image_id(action: Row) -> int:
    ident: int = next(each["id"] for each in action["resources"] if each["type"] == "image")
    return ident
