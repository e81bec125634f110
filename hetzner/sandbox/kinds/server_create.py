"""Creating a server: everything the API checks, then the server with its addresses and a chain of actions.

https://docs.hetzner.cloud/reference/cloud#servers-create-a-server
"""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, unavailable, unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.given_ips import given_ip
from hetzner.sandbox.kinds.primary_ips import VERSIONS
from hetzner.sandbox.kinds.server_base import ServerBase, check_user_data, password, server_id
from hetzner.sandbox.table import Row

MOST_IN_GROUP = 10


class ServerCreate(ServerBase):
    """How servers come into being."""

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a server; it exists at once, and runs when the chain of its actions is done."""
        self.project.check_quota("servers")
        body = call.body
        row = self._planned(body)
        keys = [self.project.kind("ssh_keys").pick("ssh_keys", key) for key in body.get("ssh_keys", ())]
        row["has_keys"] = bool(keys)
        given = self._public_net(body, row)
        self._check_links(body, row, given)
        self.table.add(row)
        self._take_addresses(row, given)
        create = self.begin(row, "create_server", done="servers.installed", failed="servers.broken")
        following = self._following(body, row, create)
        if body.get("start_after_create", True):
            with self.table.edit(row["id"]) as row:
                row["starts"] = True
            following.append(self._start_after(row, [create, *following][-1]))
        self.project.tell("server_created", row)
        return {
            **self.one(row),
            **self.answer(create),
            "next_actions": self.project.shown(following),
            "root_password": None if keys else password(self.project.random),
        }

    def _planned(self, body: dict[str, Any]) -> Row:
        name = {"name": body["name"], "labels": body.get("labels", {})}
        kind = self.server_types.pick("server_type", body["server_type"])
        if self.server_types.retired(kind):
            raise invalid_without_field(f"server type {kind['id']} is deprecated")
        place = self._place(body, kind)
        image = self.images.fit(body["image"], kind["architecture"], kind["disk"])
        check_user_data(body)
        return self.fresh(
            name,
            status="initializing",
            server_type=kind["id"],
            location=place["id"],
            image=image["id"],
            last_image=None,
            iso=None,
            rescue_until=None,
            off_at=None,
            firewalls={},
            backup_window=None,
            protection={"delete": False, "rebuild": False},
            primary_disk_size=kind["disk"],
            placement_group=self._group(body),
            private_net=[],
            starts=False,
        )

    def _place(self, body: dict[str, Any], kind: Row) -> Row:
        locations = self.project.kind("locations")
        if "location" not in body:
            open_now = self.server_types.places(kind)
            if not open_now:
                raise unavailable("error during placement")
            return locations.pick("location", open_now[0])
        place = locations.pick("location", body["location"])
        self.check_stock(kind, place["name"])
        return place

    def check_stock(self, kind: Row, place: str) -> None:
        """Refuse a location where the type is not sold, or sold out."""
        if place not in kind["sold"] or self.server_types.retired(kind, place):
            raise invalid_without_field("unsupported location for server type")
        if place not in self.server_types.places(kind):
            raise unavailable("error during placement")

    def _group(self, body: dict[str, Any]) -> int | None:
        if "placement_group" not in body:
            return None
        return self.room_in_group(body["placement_group"])

    def room_in_group(self, ident: int) -> int:
        """The id of a placement group that takes one more server, or a refusal."""
        group = self.project.kind("placement_groups").pick("placement_group", ident)
        if len(self.table.by("placement_group", group["id"])) >= MOST_IN_GROUP:
            raise unprocessable("placement_error", "placement group is full")
        return int(group["id"])

    def _public_net(self, body: dict[str, Any], row: Row) -> dict[str, Row | None]:
        """The wanted versions, each with the given primary IP or None for a new one."""
        wish = body.get("public_net", {})
        wanted: dict[str, Row | None] = {}
        for version in VERSIONS:
            if wish.get(f"enable_{version}") is not False:
                ident = wish.get(version)
                wanted[version] = (
                    None if ident is None else given_ip(self.primary_ips, ident, version, row["location"])
                )
        if not wanted and not body.get("networks") and body.get("start_after_create") is not False:
            # the official Terraform provider makes private servers like this: not started, then attached
            raise invalid("public_net", "a server without public addresses needs a network to start")
        return wanted

    def _take_addresses(self, row: Row, wanted: dict[str, Row | None]) -> None:
        for version, given in wanted.items():
            if given is None:
                self.primary_ips.make(version, row["location"], assignee_id=row["id"], auto_delete=True)
            else:
                self.primary_ips.table.update(given["id"], assignee_type="server", assignee_id=row["id"])

    def _check_links(self, body: dict[str, Any], row: Row, public: dict[str, Row | None]) -> None:
        firewalls, volumes = body.get("firewalls", ()), body.get("volumes", ())
        if firewalls and not public:
            raise unprocessable(
                "private_net_only_server", "a server without public addresses takes no firewall"
            )
        for firewall in firewalls:
            self.project.kind("firewalls").check(firewall["firewall"])  # type: ignore[attr-defined]
        for volume in volumes:
            self.project.kind("volumes").check(volume, row["location"])  # type: ignore[attr-defined]
        for network in body.get("networks", ()):
            row["private_net"].append(self.reserved(row, network))

    def reserved(self, row: Row, network: int, **wish: Any) -> dict[str, Any]:
        """Addresses for the server in a network, chosen and kept free by the network."""
        entry = self.project.kind("networks").reserve(network, row, **wish)  # type: ignore[attr-defined]
        return {**entry, "state": "attaching"}

    def _following(self, body: dict[str, Any], row: Row, create: Row) -> list[Row]:
        chain = [create]
        for entry in row["private_net"]:
            chain.append(self.join(row, entry["network"], after=chain[-1]))
        for volume in body.get("volumes", ()):
            automount = body.get("automount", False)
            kind: Any = self.project.kind("volumes")
            chain.append(kind.attach_at_create(volume, row, automount, chain[-1]))
        for firewall in body.get("firewalls", ()):
            self.project.kind("firewalls").apply_at_create(firewall["firewall"], row)  # type: ignore[attr-defined]
        return chain[1:]

    def join(self, row: Row, network: int, after: Row | None = None) -> Row:
        """Start the action that brings a server into a network it has a reserved address in."""
        return self.begin(
            row,
            "attach_to_network",
            ("network", network),
            after=after,
            done="servers.joined",
            failed="servers.not_joined",
            args={"network": network},
        )

    def _start_after(self, row: Row, last: Row) -> Row:
        return self.begin(row, "start_server", after=last, done="servers.running", failed="servers.broken")

    def installed(self, action: Row) -> None:
        """Effect of create_server: it is there, and goes on to start when it is to."""
        row = self.find(server_id(action))
        self.set(action, status="starting" if row["starts"] else "off")

    def broken(self, action: Row) -> None:
        """Effect of a create or first start that failed: a server that is off."""
        self.set(action, status="off")


def invalid_without_field(message: str) -> Refusal:
    """Some refusals of the API are `invalid_input` without naming a field."""
    return Refusal(422, "invalid_input", message)
