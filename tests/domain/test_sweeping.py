"""Sweeping: what has the labels goes, in an order that works, and nothing else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.domain.faces import KEY, PASSWORD, Face, done

CI = {"env": "ci"}


async def everything(face: Face, labels: dict[str, str]) -> None:
    """Make one of each kind, connected with each other."""
    await done(face.SSHKey.create("key", public_key=KEY, labels=labels))
    await done(face.Network.create("net", ip_range="10.0.0.0/16", subnets=["10.0.1.0/24"], labels=labels))
    await done(face.PlacementGroup.create("group", labels=labels))
    await done(face.Firewall.create("wall", rules=["tcp/22"], labels=labels))
    web = await face.server(networks="net", placement_group="group", firewalls="wall", labels=labels)
    await done(face.Volume.create("data", size=10, server=web, labels=labels))
    await done(face.FloatingIP.create("vip", type="ipv4", server=web, labels=labels))
    await done(face.PrimaryIP.create("ip", type="ipv4", location="fsn1", labels=labels))
    await done(face.LoadBalancer.create("lb", "lb11", location="fsn1", targets=["web"], labels=labels))
    await done(web.create_image("snapshot", labels=labels))


def names(found: list[Any]) -> list[str]:
    """Return what is told of records, by kind."""
    return sorted(type(record).__name__.removeprefix("Async") for record in found)


ALL = [
    "Firewall",
    "FloatingIP",
    "Image",
    "LoadBalancer",
    "Network",
    "PlacementGroup",
    "PrimaryIP",
    "SSHKey",
    "Server",
    "Volume",
]


async def test_everything_with_the_labels_goes(face: Face) -> None:
    """First it is only told what would go; then it goes, in an order in which nothing is in use any more."""
    await everything(face, CI)
    with face.requests() as made:
        told = await done(face.sweep(labels=CI))
    assert {operation.partition(".")[2] for operation in made} == {"list"}
    assert (names(told.found), told.refused) == (ALL, [])
    swept = await done(face.sweep(labels=CI, dry_run=False))
    assert (names(swept.found), swept.refused) == (ALL, [])
    assert (await done(face.sweep(labels=CI))).found == []
    assert await done(face.Server.all()) == await done(face.Volume.all()) == []


async def test_nothing_else_goes(face: Face) -> None:
    """Things with other labels, or with none, stay."""
    await everything(face, {"env": "prod"})
    await face.server("ci", labels=CI)
    swept = await done(face.sweep(labels="env=ci", dry_run=False))
    assert [record.name for record in swept.found] == ["ci"]
    assert names((await done(face.sweep(labels={"env": "prod"}))).found) == ALL


@pytest.mark.parametrize("labels", ["", "  ", {}])
async def test_an_empty_selector_is_refused(face: Face, labels: Any) -> None:
    """It would fit everything, so there is not a single request."""
    with face.requests() as made, pytest.raises(ValueError, match="would fit everything"):
        await done(face.sweep(labels=labels, dry_run=False))
    assert made == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"older_than": 3600}, "older_than is a timedelta such as"),
        ({"kinds": ["servers"]}, "kinds are classes such as Server or Zone, not 'servers'"),
        ({"kinds": [int]}, "kinds are classes"),
        ({"labels": None}, "labels are a map or a label selector, not NoneType"),
    ],
)
async def test_what_cannot_be_meant_is_refused(face: Face, wrong: Any, told: str) -> None:
    """It is told before anything is asked for, let alone deleted."""
    with face.requests() as made, pytest.raises(TypeError, match=told):
        await done(face.sweep(**{"labels": CI, "dry_run": False, **wrong}))
    with face.requests() as made, pytest.raises(TypeError, match="kinds are classes"):
        await done(face.sweep(labels=CI, kinds=[face.Server, face.RRSet], dry_run=False))
    assert made == []


async def test_only_what_is_old(face: Face) -> None:
    """Age is told by the time of the API."""
    old = await face.server("old", labels=CI)
    face.sandbox.clock.sleep(7200)
    await face.server("new", labels=CI)
    swept = await done(face.sweep(labels=CI, older_than=timedelta(hours=1), dry_run=False))
    assert swept.found == [old]
    assert [server.name for server in await done(face.Server.all())] == ["new"]


async def test_what_is_protected_or_used_stays(face: Face) -> None:
    """It is returned with the API's reason, and the others go."""
    wall = await done(face.Firewall.create("wall", rules=[], labels=CI))
    await face.server("user", firewalls="wall")
    kept = await face.server("kept", labels=CI, protect=True)
    gone = await face.server("gone", labels=CI)
    swept = await done(face.sweep(labels=CI, dry_run=False))
    assert swept.found == [kept, gone, wall]
    assert [(record, error.code) for record, error in swept.refused] == [
        (kept, "protected"),
        (wall, "resource_in_use"),
    ]


async def test_a_deletion_that_fails_is_told(face: Face) -> None:
    """The API took the order and did not carry it out."""
    web = await face.server(labels=CI)
    face.sandbox.faults.fail_action("delete_server")
    swept = await done(face.sweep(labels=CI, dry_run=False))
    assert [record for record, _ in swept.refused] == [web]


async def test_zones_and_storage_boxes_only_by_name(face: Face) -> None:
    """What cannot be made again is left alone unless it is named, and then nothing else goes."""
    zone = await face.zone(labels=CI)
    box = await face.storage_box(labels=CI, password=PASSWORD)
    web = await face.server(labels=CI)
    assert (await done(face.sweep(labels=CI))).found == [web]
    swept = await done(face.sweep(labels=CI, kinds=[face.Zone, face.StorageBox], dry_run=False))
    assert (swept.found, swept.refused) == ([zone, box], [])
    assert await done(face.Server.all()) == [web]
