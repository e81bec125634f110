"""From an object as the API shows it back to a row: the other direction of each kind's `render`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hetzner.sandbox.addresses import first_ptrs
from hetzner.sandbox.kinds.images import OWN
from hetzner.sandbox.kinds.load_balancer_base import following
from hetzner.sandbox.kinds.load_balancer_reach import LoadBalancerReach
from hetzner.sandbox.kinds.zone_records import rrset_row
from hetzner.sandbox.labels import check_labels
from hetzner.sandbox.table import Row

if TYPE_CHECKING:
    from hetzner.sandbox.project import Project

Shown = dict[str, Any]
RESCUE = 3600.0
"""Seconds that rescue stays on, at most; an export does not say how long it was on."""


class Rebuilding:
    """Makes rows for a project; kinds come in the order of `BUILDERS`: first what others refer to."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def row(self, kind: str, shown: Shown) -> Row:
        """The row of an object; raises `ValueError` or `LookupError` for what it cannot be made of."""
        return BUILDERS[kind](self, shown)

    def sold(self, kind: str, shown: Shown) -> int:
        """The id here of something that is sold, by its name."""
        for row in self.project.kind(kind).rows():
            if row["name"] == shown["name"]:
                return int(row["id"])
        raise ValueError(f"the sandbox has no {kind} '{shown['name']}'")

    def simple(self, shown: Shown, *fields: str) -> Row:
        """The fields that nearly every object has, and those that a row has just as they are shown."""
        name, labels = shown.get("name"), check_labels(shown.get("labels") or {})
        common = {"id": shown["id"], "name": name, "labels": labels, "created": moment(shown["created"])}
        return {**common, **{field: shown[field] for field in fields}}

    def network(self, shown: Shown) -> Row:
        """A network."""
        subnets = [{"vswitch_id": None, **each} for each in shown["subnets"]]
        exposed = shown.get("expose_routes_to_vswitch", False)
        row = self.simple(shown, "ip_range", "routes", "protection")
        return {**row, "subnets": subnets, "expose_routes_to_vswitch": exposed}

    def image(self, shown: Shown) -> Row:
        """A snapshot or a backup, or an image that a server was made of."""
        fields = ("type", "status", "description", "image_size", "disk_size", "os_flavor", "os_version")
        row = self.simple(shown, *fields, "architecture")
        own = {field: shown.get(field) for field in ("created_from", "bound_to", "deprecation", "deleted")}
        return {**row, **own, "protection": shown["protection"]}

    def server(self, shown: Shown) -> Row:
        """A server; its addresses, volumes and firewalls say themselves where they belong."""
        iso, group = shown.get("iso"), shown.get("placement_group")
        rescued = self.project.now + RESCUE if shown["rescue_enabled"] else None
        joined = [
            {"alias_ips": [], **each, "state": "ok"} for each in map(dict, shown.get("private_net") or ())
        ]
        return {
            **self.simple(shown, "status", "backup_window", "protection", "primary_disk_size"),
            **self._installed(shown["image"]),
            "server_type": self.sold("server_types", shown["server_type"]),
            "location": self.sold("locations", place_of(shown)),
            "iso": iso and self.sold("isos", iso),
            "rescue_until": rescued,
            "off_at": None,
            "firewalls": {},
            "placement_group": group and group["id"],
            "private_net": joined,
            "starts": shown["status"] == "running",
            "has_keys": False,
        }

    def _installed(self, shown: Shown | None) -> Row:
        if shown is None:
            return {"image": None, "last_image": None}
        images = self.project.kind("images")
        known = images.get(shown["id"])
        same = known is not None and known["type"] == shown["type"] and images.render(known) == shown
        kept = same or (known is not None and known["type"] in OWN)
        return {"image": shown["id"], "last_image": None if kept else self.image(shown)}

    def volume(self, shown: Shown) -> Row:
        """A volume."""
        row = self.simple(shown, "size", "server", "status", "protection")
        place = self.sold("locations", shown["location"])
        return {**row, "format": shown.get("format"), "location": place}

    def primary_ip(self, shown: Shown) -> Row:
        """A primary IP."""
        row = self.simple(shown, "type", "ip", "protection", "assignee_id", "assignee_type", "auto_delete")
        return {**row, "dns_ptr": ptrs_of(shown), "location": self.sold("locations", place_of(shown))}

    def floating_ip(self, shown: Shown) -> Row:
        """A floating IP."""
        row = self.simple(shown, "type", "ip", "protection", "server", "description")
        home = self.sold("locations", shown["home_location"])
        return {**row, "dns_ptr": ptrs_of(shown), "home_location": home}

    def firewall(self, shown: Shown) -> Row:
        """A firewall, applied to what it was applied to."""
        selectors: list[Row] = []
        for place, each in enumerate(shown["applied_to"], 1):
            if each["type"] == "server":
                self._link(shown["id"], each, place)
            else:
                selectors.append({"selector": each["label_selector"]["selector"], "place": place})
                for found in each.get("applied_to_resources") or ():
                    self._link(shown["id"], found, 0)
        meta = self.project.meta
        meta["places"] = max(int(meta.get("places", 0)), len(shown["applied_to"]))
        return {**self.simple(shown, "rules"), "selectors": selectors}

    def _link(self, wall: int, target: Shown, place: int) -> None:
        servers, ident = self.project.table("servers"), target["server"]["id"]
        if servers.get(ident) is None:
            raise ValueError(f"server {ident}, which it is applied to, is not in the export")
        with servers.edit(ident) as row:
            link = row["firewalls"].setdefault(str(wall), {"state": "applied", "place": place})
            link["place"] = link["place"] or place

    def load_balancer(self, shown: Shown) -> Row:
        """A load balancer; everything about it is taken to be as old as itself."""
        since = moment(shown["created"])
        row = {
            **self.simple(shown, "protection"),
            "load_balancer_type": self.sold("load_balancer_types", shown["load_balancer_type"]),
            "location": self.sold("locations", shown["location"]),
            "algorithm": shown["algorithm"]["type"],
            "public": shown["public_net"]["enabled"],
            "private_net": [{**each, "state": "ok"} for each in shown.get("private_net") or ()],
            "services": [{**_without_null(each), "since": since} for each in shown["services"]],
            "targets": [],
            "reports": {},
        }
        row["targets"] = [{**self._target(row, each), "since": since} for each in shown["targets"]]
        return row

    def _target(self, row: Row, shown: Shown) -> Row:
        if shown["type"] == "ip":
            return {"type": "ip", "ip": shown["ip"]["ip"]}
        private = bool(shown.get("use_private_ip"))
        if shown["type"] == "label_selector":
            chosen = shown["label_selector"]["selector"]
            target = {"type": "label_selector", "selector": chosen, "use_private_ip": private}
            for each in shown.get("targets") or ():
                self._balance(following(row["id"], target), each["server"]["id"], row["created"])
            return target
        ident, ip = shown["server"]["id"], shown["server"].get("ip")
        usual = self.project.kind_as(LoadBalancerReach).address(row, ident, private)
        chosen = None if ip in (None, usual) else ip
        target = {"type": "server", "server": ident, "ip": chosen, "use_private_ip": private}
        return {**target, "at": ip or usual or ""}

    def _balance(self, place: str, ident: int, since: float) -> None:
        servers = self.project.table("servers")
        if servers.get(ident) is not None:
            with servers.edit(ident) as server:
                server.setdefault("balanced", {})[place] = since

    def certificate(self, shown: Shown) -> Row:
        """A certificate; its private key is nowhere to be had."""
        row = self.simple(shown, "type", "certificate", "domain_names", "fingerprint")
        ends = {field: moment(shown[field]) for field in ("not_valid_before", "not_valid_after")}
        return {**row, **ends, "status": shown.get("status")}

    def zone(self, shown: Shown) -> Row:
        """A zone, without its records."""
        row = self.simple(shown, "mode", "status", "protection", "ttl")
        return {**row, "primary_nameservers": shown.get("primary_nameservers") or []}

    def rrset(self, shown: Shown) -> Row:
        """The records of one name and type."""
        zone = self.project.kind("zones").find(shown["zone"])
        about = (shown.get("ttl"), shown["records"], shown.get("labels") or {}, zone["created"])
        row = rrset_row(zone, shown["name"], shown["type"], *about)
        return {**row, "protection": shown["protection"]}

    def storage_box(self, shown: Shown) -> Row:
        """A storage box, with nothing on it."""
        shapes = ("access_settings", "snapshot_plan", "protection", "status", "username", "system", "stats")
        return {
            **self.simple(shown, *shapes),
            "storage_box_type": self.sold("storage_box_types", shown["storage_box_type"]),
            "location": self.sold("locations", shown["location"]),
            "folders": [],
        }

    def snapshot(self, shown: Shown) -> Row:
        """A snapshot of a storage box."""
        self.project.kind("storage_boxes").find(shown["storage_box"])
        row = self.simple(shown, "storage_box", "description", "stats", "is_automatic")
        return {**row, "folders": []}

    def subaccount(self, shown: Shown) -> Row:
        """A subaccount of a storage box."""
        boxes = self.project.kind("storage_boxes")
        with boxes.table.edit(boxes.find(shown["storage_box"])["id"]) as box:
            number = str(shown["username"]).rpartition("-sub")[2]
            box["users"] = max(box.get("users", 0), int(number) if number.isdigit() else 0)
        return self.simple(
            shown, "storage_box", "username", "home_directory", "description", "access_settings"
        )


BUILDERS: dict[str, Callable[[Rebuilding, Shown], Row]] = {
    "ssh_keys": lambda self, shown: self.simple({"created": 0, **shown}, "fingerprint", "public_key"),
    "placement_groups": lambda self, shown: self.simple(shown, "type"),
    "networks": Rebuilding.network,
    "images": Rebuilding.image,
    "primary_ips": Rebuilding.primary_ip,
    "servers": Rebuilding.server,
    "volumes": Rebuilding.volume,
    "floating_ips": Rebuilding.floating_ip,
    "firewalls": Rebuilding.firewall,
    "certificates": Rebuilding.certificate,
    "load_balancers": Rebuilding.load_balancer,
    "zones": Rebuilding.zone,
    "zones.rrsets": Rebuilding.rrset,
    "storage_boxes": Rebuilding.storage_box,
    "storage_boxes.snapshots": Rebuilding.snapshot,
    "storage_boxes.subaccounts": Rebuilding.subaccount,
}


def _without_null(shown: Shown) -> Shown:
    return {field: value for field, value in shown.items() if value is not None}


def moment(text: str | float | None) -> Any:
    """Seconds since the epoch of a timestamp."""
    return datetime.fromisoformat(text).timestamp() if isinstance(text, str) else text


def place_of(shown: Shown) -> Shown:
    """Where an object is; older answers have it within the data center."""
    found: Shown = shown.get("location") or shown["datacenter"]["location"]
    return found


def ptrs_of(shown: Shown) -> Iterable[dict[str, str]]:
    """The reverse DNS entries of an address; an IPv4 address always has one."""
    return shown["dns_ptr"] or first_ptrs(shown["type"], shown["ip"])
