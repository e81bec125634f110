"""Scenarios of the verbs of RRSets."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any

import pytest

from hetzner import Ambiguous, ConflictError, NotFound, NotFoundError
from tests.domain.faces import Face, done
from tests.domain.verbs.registry import tries


async def www(face: Face, *values: str, **options: Any) -> Any:
    """Create a zone, and in it the addresses of www."""
    zone = await face.zone()
    return await done(face.RRSet.create(zone, "www", "A", values or ["192.0.2.1"], **options))


@tries("RRSet.create")
async def create(face: Face) -> None:
    """The zone is named in any form, a value is a text, an address or the API's map, one or several."""
    zone = await face.zone()
    rrset = await done(face.RRSet.create(zone, "www", "A", "192.0.2.1", ttl=60, labels={"a": "b"}))
    assert (rrset.id, rrset.values, rrset.ttl, rrset.labels) == ("www/A", ["192.0.2.1"], 60, {"a": "b"})
    assert isinstance(rrset, face.RRSet)
    values: list[Any] = [IPv4Address("192.0.2.2"), {"value": "192.0.2.3", "comment": "old"}]
    for number, ref in enumerate(("example.com", zone.id, str(zone.id))):
        made = await done(face.RRSet.create(ref, f"w{number}", "A", values))
        assert (made.name, made.values) == (f"w{number}", ["192.0.2.2", "192.0.2.3"])
    assert (await done(face.RRSet.create(zone, "a.example.com.", "A", "192.0.2.1"))).name == "a"
    with pytest.raises(ConflictError):
        await done(face.RRSet.create(zone, "www", "A", "192.0.2.9"))


@tries("RRSet.ensure")
async def ensure(face: Face) -> None:
    """The first call makes it, the second finds it as it is."""
    zone = await face.zone()
    first, created = await done(face.RRSet.ensure(zone, "@", "TXT", "v=spf1 mx -all"))
    assert (first.values, created) == (['"v=spf1 mx -all"'], True)
    second, created = await done(face.RRSet.ensure("example.com", "example.com.", "TXT", "other"))
    assert (second, second.values, created) == (first, first.values, False)


@tries("RRSet.get", "RRSet.find", "RRSet.all")
async def finders(face: Face) -> None:
    """It is found by name and type, by its id, by itself, or by its name alone when there is but one type."""
    rrset = await www(face)
    for arguments in (("www", "A"), ("www/A",), ("www",), ("www.example.com.",), (rrset,)):
        assert await done(face.RRSet.find("example.com", *arguments)) == rrset
    assert await done(face.RRSet.get("example.com", "www", "A")) == rrset
    assert await done(face.RRSet.all("example.com", type="A")) == [rrset]
    assert len(await done(face.RRSet.all("example.com"))) == 3
    assert await done(face.RRSet.all("example.com", labels={"a": "b"})) == []
    await done(face.RRSet.create("example.com", "www", "TXT", "text"))
    with pytest.raises(Ambiguous, match="2 rrsets are called 'www': www/A, www/TXT"):
        await done(face.RRSet.find("example.com", "www"))
    with pytest.raises(NotFound, match=r"there is no zone 'exmaple\.com'; did you mean 'example\.com'"):
        await done(face.RRSet.find("exmaple.com", "www", "A"))
    with pytest.raises(NotFound, match="there is no rrset 'ww/A'; did you mean 'www/A'"):
        await done(face.RRSet.find("example.com", "ww", "A"))
    with pytest.raises(NotFoundError):
        await done(face.RRSet.get("example.com", "ww", "A"))


@tries("RRSet.update", "RRSet.refresh", "RRSet.wait")
async def update(face: Face) -> None:
    """Labels can be changed; what happened behind its back is seen after a refresh."""
    rrset = await www(face)
    again = await done(face.RRSet.get("example.com", "www", "A"))
    await done(rrset.update(labels={"env": "test"}))
    assert (rrset.labels, again.labels) == ({"env": "test"}, {})
    await done(again.refresh())
    assert again.labels == {"env": "test"}
    with face.requests() as asked:
        await done(again.wait())
    assert asked == ["zones.rrsets.retrieve"]


@tries("RRSet.delete")
async def delete(face: Face) -> None:
    """Afterwards it is gone, and deleting it once more is no error."""
    rrset = await www(face)
    assert (await done(rrset.delete())).command == "delete_rrset"
    assert await done(face.RRSet.all("example.com", type="A")) == []
    assert await done(rrset.delete()) is None


@tries("RRSet.set_records", "RRSet.add_records", "RRSet.remove_records")
async def values(face: Face) -> None:
    """Values are replaced, added and taken away; with the last one it is gone."""
    rrset = await www(face)
    await done(rrset.set_records([IPv4Address("192.0.2.2"), "192.0.2.3"]))
    assert rrset.values == ["192.0.2.2", "192.0.2.3"]
    await done(rrset.add_records("192.0.2.4"))
    assert rrset.values == ["192.0.2.2", "192.0.2.3", "192.0.2.4"]
    await done(rrset.remove_records(["192.0.2.2", "192.0.2.4"]))
    assert rrset.values == ["192.0.2.3"]
    await done(rrset.remove_records("192.0.2.3"))
    with pytest.raises(NotFoundError):
        await done(rrset.refresh())


@tries("RRSet.has_records")
async def has_records(face: Face) -> None:
    """What would be set is compared with what there is, whatever the order, the quotes and the spelling."""
    rrset = await www(face, "192.0.2.1", "192.0.2.2")
    text = await done(face.RRSet.create("example.com", "@", "TXT", ["v=spf1 -all", "x" * 300]))
    six = await done(face.RRSet.create("example.com", "www", "AAAA", "2001:DB8:0::1"))
    with face.requests() as asked:
        assert rrset.has_records(["192.0.2.2", IPv4Address("192.0.2.1")])
        assert not rrset.has_records("192.0.2.1")
        assert not rrset.has_records(["192.0.2.1", "192.0.2.1"])
        assert not rrset.has_records(["192.0.2.1", "192.0.2.2", "192.0.2.3"])
        assert text.has_records(["x" * 300, '"v=spf1 -all"'])
        assert six.has_records("2001:db8::1")
        with pytest.raises(ValueError, match="is no IPv4 address"):
            rrset.has_records("www")
    assert asked == []


@tries("RRSet.update_records")
async def comments(face: Face) -> None:
    """Comments change, values do not."""
    rrset = await www(face, "192.0.2.1", "192.0.2.2")
    await done(rrset.update_records({"192.0.2.2": "the new one"}))
    assert [(each.value, each.comment) for each in rrset.records] == [
        ("192.0.2.1", None),
        ("192.0.2.2", "the new one"),
    ]


@tries("RRSet.change_ttl")
async def change_ttl(face: Face) -> None:
    """It has a TTL of its own, or that of its zone."""
    rrset = await www(face)
    await done(rrset.change_ttl(60))
    assert rrset.ttl == 60
    await done(rrset.change_ttl(None))
    assert rrset.ttl is None


@tries("RRSet.change_protection")
async def change_protection(face: Face) -> None:
    """What is protected stays as it is."""
    rrset = await www(face)
    await done(rrset.change_protection(change=True))
    assert rrset.protection.change
    await done(rrset.change_protection(change=False))
    assert not rrset.protection.change
