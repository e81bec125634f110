"""Scenarios of the verbs of zones."""

from __future__ import annotations

from tests.domain.faces import Face, done
from tests.domain.verbs.registry import tries


@tries("Zone.create", "Zone.get", "Zone.find", "Zone.all")
async def made(face: Face) -> None:
    """A zone is made with its records in one go, and found by id, by digits, by name and by itself."""
    zone = await face.zone(ttl=600, labels={"env": "prod"}, records={"www": {"A": "192.0.2.7"}})
    assert (zone.mode, zone.ttl, zone.labels, zone.status) == ("primary", 600, {"env": "prod"}, "ok")
    assert zone.record_count == 5
    for ref in ("example.com", zone.id, str(zone.id), zone):
        assert await done(face.Zone.find(ref)) == zone
    assert await done(face.Zone.get(zone.id)) == zone
    assert await done(face.Zone.all(labels={"env": "prod"})) == [zone]
    assert await done(face.Zone.all(mode="secondary")) == []


@tries("Zone.ensure")
async def ensure(face: Face) -> None:
    """The first call makes the zone, the second finds it."""
    first, created = await done(face.Zone.ensure("example.com"))
    assert created
    assert await done(face.Zone.ensure("example.com", ttl=60)) == (first, False)


@tries("Zone.update", "Zone.refresh", "Zone.wait")
async def update(face: Face) -> None:
    """Labels can be changed; what happened behind its back is seen after a refresh."""
    zone = await face.zone()
    again = await done(face.Zone.get(zone.id))
    await done(zone.update(labels={"env": "test"}))
    assert (zone.labels, again.labels) == ({"env": "test"}, {})
    await done(again.refresh())
    assert again.labels == {"env": "test"}
    with face.requests() as asked:
        await done(again.wait())
    assert asked == ["zones.retrieve"]


@tries("Zone.delete", "Zone.change_protection")
async def delete(face: Face) -> None:
    """A protected zone stays, another one goes with all its records, and once more is no error."""
    zone = await face.zone(protect=True)
    assert zone.protection.delete
    await done(zone.change_protection(delete=False))
    assert not zone.protection.delete
    action = await done(zone.delete())
    assert action.command == "delete_zone"
    assert await done(face.Zone.all()) == []
    assert await done(zone.delete()) is None


@tries("Zone.change_ttl")
async def change_ttl(face: Face) -> None:
    """The record shows the new TTL."""
    zone = await face.zone()
    action = await done(zone.change_ttl(60))
    assert (action.command, zone.ttl) == ("change_ttl", 60)


@tries("Zone.change_primary_nameservers")
async def change_primary_nameservers(face: Face) -> None:
    """A secondary zone gets its records from elsewhere."""
    zone = await face.zone(mode="secondary", primary_nameservers=[{"address": "198.51.100.1"}])
    await done(zone.change_primary_nameservers([{"address": "198.51.100.2", "port": 5353}]))
    (server,) = zone.primary_nameservers
    assert (server.address, server.port) == ("198.51.100.2", 5353)


@tries("Zone.export_zonefile", "Zone.import_zonefile")
async def zonefiles(face: Face) -> None:
    """What was exported and changed by hand can be imported."""
    zone = await face.zone(records={"www": {"A": "192.0.2.7"}})
    text = await done(zone.export_zonefile())
    assert "192.0.2.7" in text
    action = await done(zone.import_zonefile(text.replace("192.0.2.7", "192.0.2.8")))
    assert (action.command, action.status) == ("import_zonefile", "success")
    assert (await done(face.RRSet.get(zone, "www", "A"))).values == ["192.0.2.8"]
