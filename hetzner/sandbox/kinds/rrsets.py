"""RRSets: the records of one name and type in a zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.dns_names import APEX
from hetzner.sandbox.dns_values import TYPES
from hetzner.sandbox.errors import conflict, invalid, not_found, protected, taken
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.kinds.zone_records import (
    SINGLE,
    check_records,
    check_ttl,
    insist_mode,
    insist_sound,
    new_rrset,
    rrset_id,
    serial_of,
    with_serial,
)
from hetzner.sandbox.kinds.zones import PROTECTED, Zones
from hetzner.sandbox.labels import check_labels
from hetzner.sandbox.listing import ordered, page_of
from hetzner.sandbox.table import Key, Row

MOST_ON_A_PAGE = 100
KEPT = ("SOA", "NS")
"""Types that the zone itself must have."""
Records = list[dict[str, str]]


class RRSets(Kind):
    """The records of all zones of the project; one change of an RRSet at a time."""

    name = "zones.rrsets"
    singular = "rrset"
    filters = ("name", "type")

    @property
    def zones(self) -> Zones:
        """The zones of the project."""
        return self.project.kind_as(Zones)

    def keys(self, row: Row) -> Iterable[Key]:
        """By zone."""
        yield ("zone", row["zone"])

    def render(self, row: Row) -> dict[str, Any]:
        """Write an RRSet as the API shows it."""
        return {
            "id": f"{row['name']}/{row['type']}",
            "name": row["name"],
            "type": row["type"],
            "ttl": row["ttl"],
            "labels": row["labels"],
            "protection": row["protection"],
            "records": row["records"],
            "zone": row["zone"],
        }

    # Finding

    def zone_of(self, call: Call) -> Row:
        """The zone in the path, which must be a primary one."""
        return insist_mode(self.zones.find(call.path["id_or_name"]), "primary")

    def sought(self, call: Call) -> Row:
        """The RRSet in the path."""
        zone, name, kind = self.zone_of(call), call.path["rr_name"], call.path["rr_type"]
        if kind not in TYPES:
            raise invalid("rr_type", f"'{kind}' is not a supported record type")
        row = self.get(rrset_id(zone, name, kind))
        if row is None:
            raise not_found(self.singular, f"{name}/{kind}")
        return row

    def changeable(self, call: Call) -> Row:
        """The RRSet in the path, which must be neither protected nor being changed."""
        row = self.idle(call)
        if row["protection"]["change"]:
            raise protected(PROTECTED)
        return row

    def idle(self, call: Call) -> Row:
        """The RRSet in the path, which must not be being changed."""
        row = self.sought(call)
        self.zones.steady(row["zone"])
        if self.project.actions.is_locked("rrset", row["id"]):
            raise conflict("the RRSet is currently being changed")
        return row

    @answers("list")
    def list(self, call: Call) -> Reply:
        """Answer with a page of the RRSets of a zone; up to 100 fit on one."""
        rows = [*self.chosen(call, self.table.by("zone", self.zone_of(call)["id"]))]
        rows, reply = page_of(call, ordered(rows, call.many("sort"), self.sorts), MOST_ON_A_PAGE)
        reply.body = {"rrsets": [self.render(row) for row in rows], **(reply.body or {})}
        return reply

    @answers("retrieve")
    def retrieve(self, call: Call) -> dict[str, Any]:
        """Answer with one RRSet."""
        return self.one(self.sought(call))

    @answers("update")
    def update(self, call: Call) -> dict[str, Any]:
        """Replace the labels, also of a protected one."""
        row = self.sought(call)
        if "labels" in call.body:
            row = self.table.update(row["id"], labels=check_labels(call.body["labels"]))
        return self.one(row)

    # Making and deleting

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Create an RRSet; it is there at once."""
        row = self._enter(call, call.body)
        return {**self.one(row), **self.begin("create_rrset", row, failed="withdrawn")}

    def _enter(self, call: Call, asked: Mapping[str, Any]) -> Row:
        zone = self.zones.steady(self.zone_of(call)["id"])
        row = new_rrset(zone, asked, self.project.now)
        insist_sound([*self.table.by("zone", zone["id"]), row])
        return self.table.add(row)

    @answers("delete")
    def delete(self, call: Call) -> Reply:
        """Delete an RRSet with all its records."""
        row = self.changeable(call)
        _insist_dispensable(row)
        return Reply(self.begin("delete_rrset", row, done="withdrawn"), status=201)

    def begin(
        self, command: str, row: Row, done: str = "changed", failed: str | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Start an action that sets fields of an RRSet when it ends."""
        action = self.project.start(
            command,
            ("zone", row["zone"]),
            lock=[("rrset", row["id"]), ("zone_records", row["zone"])],
            done=f"zones.rrsets.{done}",
            failed=failed and f"zones.rrsets.{failed}",
            args={"rrset": row["id"], "fields": fields},
        )
        return {"action": self.project.actions.render(action)}

    def changed(self, action: Row) -> None:
        """Effect of every action but those that delete; the serial rises when answers change."""
        row, fields = self.find(action["args"]["rrset"]), action["args"]["fields"]
        if row["type"] == "SOA" and "records" in fields:
            serial = serial_of(row["records"][0]["value"])
            fields = {
                "records": [
                    {**each, "value": with_serial(each["value"], serial)} for each in fields["records"]
                ]
            }
        self.table.update(row["id"], **fields)
        if action["command"] not in ("change_rrset_protection", "update_rrset_records"):
            self.zones.touch(row["zone"])

    def withdrawn(self, action: Row) -> None:
        """Effect of deleting, and of making one that fails."""
        self.table.remove(action["args"]["rrset"])
        self.zones.touch(action["resources"][0]["id"])

    # Changing

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow changes."""
        return self.begin("change_rrset_protection", self.idle(call), protection=call.body)

    @answers("actions.change_ttl")
    def change_ttl(self, call: Call) -> dict[str, Any]:
        """Change how long answers may be kept; None means the zone's."""
        row = self.changeable(call)
        return self.begin("change_rrset_ttl", row, ttl=check_ttl(call.body["ttl"]))

    @answers("actions.set_records")
    def set_records(self, call: Call) -> dict[str, Any]:
        """Replace all records."""
        row = self.changeable(call)
        return self.begin("set_rrset_records", row, records=check_records(row["type"], call.body["records"]))

    @answers("actions.add_records")
    def add_records(self, call: Call) -> dict[str, Any]:
        """Add records; without an RRSet one is made."""
        if self._is_new(call):
            asked = {**call.body, "name": call.path["rr_name"], "type": call.path["rr_type"]}
            return self.begin("add_rrset_records", self._enter(call, asked), failed="withdrawn")
        row = self.changeable(call)
        ttl = check_ttl(call.body.get("ttl"))
        if ttl is not None and row["ttl"] not in (None, ttl):
            raise invalid("ttl", f"must be {row['ttl']} as the RRSet has it")
        records = check_records(row["type"], call.body["records"])
        there = {record["value"] for record in row["records"]}
        if double := [record["value"] for record in records if record["value"] in there]:
            raise taken("records", f"record {double[0]} already exists")
        if row["type"] in SINGLE:
            raise invalid("records", f"must be a single record of type {row['type']}")
        return self.begin(
            "add_rrset_records", row, records=[*row["records"], *records], ttl=ttl or row["ttl"]
        )

    def _is_new(self, call: Call) -> bool:
        kind = call.path["rr_type"]
        return kind in TYPES and self.get(rrset_id(self.zone_of(call), call.path["rr_name"], kind)) is None

    @answers("actions.remove_records")
    def remove_records(self, call: Call) -> dict[str, Any]:
        """Take records away; with the last one the RRSet goes."""
        row = self.changeable(call)
        going = {record["value"] for record in self._known(row, call)}
        left = [record for record in row["records"] if record["value"] not in going]
        if left:
            return self.begin("remove_rrset_records", row, records=left)
        _insist_dispensable(row)
        return self.begin("remove_rrset_records", row, done="withdrawn")

    @answers("actions.update_records")
    def update_records(self, call: Call) -> Reply:
        """Change comments; this one action answers 200."""
        row = self.changeable(call)
        asked = {record["value"]: record for record in self._known(row, call)}
        records = [asked.get(record["value"], record) for record in row["records"]]
        return Reply(self.begin("update_rrset_records", row, records=records), status=200)

    def _known(self, row: Row, call: Call) -> Records:
        records = check_records(row["type"], call.body["records"])
        there = {record["value"] for record in row["records"]}
        if strange := [record["value"] for record in records if record["value"] not in there]:
            raise invalid("records", f"record {strange[0]} does not exist")
        return records


def _insist_dispensable(row: Row) -> None:
    if row["name"] == APEX and row["type"] in KEPT:
        raise invalid("rr_type", f"the zone must have {row['type']} records")
