"""Zones: the DNS of domains. Their records are in `rrsets`."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.clock import stamp
from hetzner.sandbox.dns_names import APEX, zone_name
from hetzner.sandbox.errors import conflict, invalid, protected, taken
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.kinds.zone_records import (
    check_ttl,
    first_rrsets,
    insist_mode,
    insist_nameservers,
    insist_sound,
    new_rrset,
    next_serial,
    read_zonefile,
    rrset_id,
    serial_of,
    with_serial,
)
from hetzner.sandbox.nameservers import check_nameservers
from hetzner.sandbox.table import Id, Row, Table, as_id
from hetzner.sandbox.zonefile import write

TTL = 3600
FIRST_CHECK = 60.0
"""Seconds until the delegation of a new zone is looked at."""
PROTECTED = "RRSet(s) is/are change protected"


class Zones(Kind):
    """The project's zones, found by id or by name; one change at a time."""

    name = "zones"
    singular = "zone"
    filters = ("mode",)

    def get(self, ident: Id) -> Row | None:
        """Look a zone up by id or by name."""
        number = as_id(str(ident))
        return next(iter(self.named(str(ident))), None) if number is None else self.table.get(number)

    @property
    def rrsets(self) -> Table:
        """The records of all zones."""
        return self.project.table("zones.rrsets")

    @property
    def nameservers(self) -> list[str]:
        """The nameservers that answer for every zone."""
        found: list[str] = self.project.catalogue.figures["nameservers"]
        return found

    def check_name(self, name: str) -> str:
        """Return the name, or refuse what is no domain that can be registered."""
        return zone_name(name)

    def claim_name(self, name: str, ident: Id | None = None) -> str:
        """Return the name, or refuse because somebody, in whatever project, has it."""
        for project in self.project.everyone.values():
            if project is not self.project:  # a delete there may be due
                project.settle(self.project.now)
            if project.table("zones").any("name", name):
                raise taken("name", self.name_taken)
        return name

    def render(self, row: Row) -> dict[str, Any]:
        """Write a zone as the API shows it."""
        rrsets = self.rrsets.by("zone", row["id"])
        return {
            **self.common(row),
            "mode": row["mode"],
            "primary_nameservers": row["primary_nameservers"],
            "protection": row["protection"],
            "ttl": row["ttl"],
            "status": row["status"],
            "record_count": sum(len(rrset["records"]) for rrset in rrsets),
            "authoritative_nameservers": self._authority(row),
            "registrar": "other",
        }

    def _authority(self, row: Row) -> dict[str, Any]:
        looked = row["created"] + FIRST_CHECK
        seen = looked <= self.project.now
        return {
            "assigned": self.nameservers,
            "delegated": [],
            "delegation_last_check": stamp(looked) if seen else None,
            "delegation_status": "unregistered" if seen else "unknown",
        }

    def steady(self, ident: Id) -> Row:
        """Look a zone up, or refuse with `locked` while it is created, imported or deleted."""
        row = self.find(ident)
        self.project.actions.insist_unlocked("zone", row["id"])
        return row

    def quiet(self, ident: Id) -> Row:
        """The same, and refuse with `conflict` while some of its RRSets are being changed."""
        row = self.steady(ident)
        if self.project.actions.is_locked("zone_records", row["id"]):
            raise conflict("RRSets of the zone are currently being changed")
        return row

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create a zone with its SOA and NS records and those given."""
        self.project.check_quota("zones")
        body, primary = call.body, call.body["mode"] == "primary"
        row = self.fresh(body, mode=body["mode"], status="updating", protection={"delete": False})
        row["ttl"] = check_ttl(body.get("ttl", TTL))
        row["primary_nameservers"] = [] if primary else check_nameservers(body.get("primary_nameservers", ()))
        for rrset in self._first(row, body) if primary else ():
            self.rrsets.add(rrset)
        action = self.project.start(
            "create_zone", ("zone", row["id"]), done="zones.published", failed="zones.unpublished"
        )
        return {**self.one(self.table.add(row)), "action": self.project.actions.render(action)}

    def _first(self, row: Row, body: dict[str, Any]) -> list[Row]:
        now, asked = self.project.now, body.get("rrsets", ())
        own = first_rrsets(row, self.nameservers, now)
        if "zonefile" not in body:
            rows = [*own, *(new_rrset(row, each, now, "rrsets[].") for each in asked)]
            insist_sound(rows)
            return rows
        if asked:
            raise invalid("zonefile", "must not be given together with rrsets")
        ttl, given = read_zonefile(body["zonefile"], row, now)
        row["ttl"] = row["ttl"] if ttl is None else ttl
        there = {each["id"] for each in given}
        rows = [*(each for each in own if each["id"] not in there), *given]
        insist_nameservers(rows, self.nameservers)
        return self._numbered(rows, serial_of(own[0]["records"][0]["value"]))

    def _numbered(self, rows: list[Row], serial: int) -> list[Row]:
        for row in rows:
            if row["type"] == "SOA":
                row["records"] = [{"value": with_serial(row["records"][0]["value"], serial)}]
        return rows

    def published(self, action: Row) -> None:
        """Effect of an action that ends well: its arguments are fields of the zone."""
        self.table.update(action["resources"][0]["id"], status="ok", **action["args"].get("fields", {}))

    def unpublished(self, action: Row) -> None:
        """Effect of a failed action."""
        self.table.update(action["resources"][0]["id"], status="error")

    def touch(self, ident: Id) -> None:
        """Let the serial rise, because records changed."""
        with self.rrsets.edit(rrset_id({"id": ident}, APEX, "SOA")) as soa:
            value = soa["records"][0]["value"]
            serial = next_serial(serial_of(value), self.project.now)
            soa["records"] = [{**soa["records"][0], "value": with_serial(value, serial)}]

    @answers("delete")
    def delete(self, call: Call) -> dict[str, Any] | Reply:
        """Delete a zone with its records, unless it or one of them is protected."""
        row = self.quiet(call.id)
        if row["protection"]["delete"]:
            raise protected("zone is delete protected")
        self.insist_changeable(row)
        action = self.project.start("delete_zone", ("zone", row["id"]), done="zones.gone")
        return Reply({"action": self.project.actions.render(action)}, status=201)

    def gone(self, action: Row) -> None:
        """Effect of delete_zone."""
        row = self.find(action["resources"][0]["id"])
        for rrset in self.rrsets.by("zone", row["id"]):
            self.rrsets.remove(rrset["id"])
        self.table.remove(row["id"])
        self.project.tell("zone_deleted", row)

    def insist_changeable(self, row: Row) -> None:
        """Refuse while an RRSet of the zone is change protected."""
        if any(rrset["protection"]["change"] for rrset in self.rrsets.by("zone", row["id"])):
            raise protected(PROTECTED)

    def begin(self, command: str, row: Row, done: str = "published", **args: Any) -> dict[str, Any]:
        """Start an action on a zone."""
        action = self.project.start(
            command, ("zone", row["id"]), done=f"zones.{done}", failed="zones.unpublished", args=args
        )
        return {"action": self.project.actions.render(action)}

    @answers("export_zonefile")
    def export_zonefile(self, call: Call) -> dict[str, Any]:
        """Answer with all records as a zone file."""
        row = insist_mode(self.find(call.id), "primary")
        rrsets = self.rrsets.by("zone", row["id"])
        return {"zonefile": write(row["name"], row["ttl"], rrsets, stamp(self.project.now))}

    @answers("actions.import_zonefile")
    def import_zonefile(self, call: Call) -> dict[str, Any]:
        """Replace all records by those of a zone file."""
        row = insist_mode(self.quiet(call.id), "primary")
        self.insist_changeable(row)
        ttl, rrsets = read_zonefile(call.body["zonefile"], row, self.project.now)
        insist_nameservers(rrsets, self.nameservers)
        self.table.update(row["id"], status="updating")
        fields = {} if ttl is None else {"ttl": ttl}
        return self.begin("import_zonefile", row, "imported", rrsets=rrsets, fields=fields)

    def imported(self, action: Row) -> None:
        """Effect of import_zonefile."""
        ident = action["resources"][0]["id"]
        old = self.rrsets.by("zone", ident)
        serial = next(serial_of(each["records"][0]["value"]) for each in old if each["type"] == "SOA")
        for rrset in old:
            self.rrsets.remove(rrset["id"])
        new = deepcopy(action["args"]["rrsets"])
        for rrset in self._numbered(new, next_serial(serial, self.project.now)):
            self.rrsets.add(rrset)
        self.published(action)

    @answers("actions.change_ttl")
    def change_ttl(self, call: Call) -> dict[str, Any]:
        """Change how long answers may be kept where an RRSet does not say."""
        row = insist_mode(self.steady(call.id), "primary")
        return self.begin("change_ttl", row, "retimed", fields={"ttl": check_ttl(call.body["ttl"])})

    def retimed(self, action: Row) -> None:
        """Effect of change_ttl."""
        self.touch(action["resources"][0]["id"])
        self.published(action)

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow deletion."""
        row = self.steady(call.id)
        return self.begin("change_protection", row, fields={"protection": {**row["protection"], **call.body}})

    @answers("actions.change_primary_nameservers")
    def change_primary_nameservers(self, call: Call) -> dict[str, Any]:
        """Replace the nameservers that a secondary zone gets its records from."""
        row = insist_mode(self.steady(call.id), "secondary")
        servers = check_nameservers(call.body["primary_nameservers"])
        return self.begin("change_primary_nameservers", row, fields={"primary_nameservers": servers})
