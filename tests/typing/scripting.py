"""What type checkers must see of zones, storage boxes, and what scripts are made of; checked, never run."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from ipaddress import IPv4Address
from typing import Literal, assert_type

from hetzner import (
    Amount,
    AsyncHetzner,
    Cost,
    Ensured,
    Hetzner,
    Image,
    Labels,
    Network,
    Pricing,
    Ref,
    RRSet,
    Server,
    StorageBox,
    StorageBoxSnapshot,
    StorageBoxSubaccount,
    StorageBoxType,
    Swept,
    Unreachable,
    Volume,
    Zone,
    aio,
    sweep,
    wait,
)
from hetzner.types import Action, RRSetType


def dns(client: Hetzner) -> None:
    """Records are written in every form, and types of records are checked."""
    zone = Zone.create(
        "example.com",
        ttl=600,
        records={
            "@": {"TXT": "v=spf1 mx -all", "MX": ["10 mx"]},
            "www": {
                "A": {"ttl": 60, "values": [IPv4Address("192.0.2.7")]},
                "AAAA": {"values": "2001:db8::1"},
            },
        },
        client=client,
    )
    assert_type(zone, Zone)
    assert_type(Zone.ensure("example.com"), Ensured[Zone])
    assert_type(zone.export_zonefile(), str)
    assert_type(zone.change_ttl(60), Action)
    rrset = RRSet.create(zone, "www", "A", ["192.0.2.7", {"value": "192.0.2.8", "comment": "old"}], ttl=60)
    assert_type(rrset, RRSet)
    assert_type(RRSet.find("example.com", "www/A"), RRSet)
    assert_type(RRSet.get(1, "www", "A"), RRSet)
    assert_type(RRSet.all(zone, type="A"), list[RRSet])
    assert_type(RRSet.ensure("example.com", "@", "TXT", "x").record, RRSet)
    assert_type(rrset.set_records(IPv4Address("192.0.2.7")), Action)
    assert_type(rrset.values, list[str])
    Zone.create("example.com", records={"www": {"B": "x"}})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    RRSet.create(zone, "www", "B", "x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    zone.update(name="other.com")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def storage() -> None:
    """Storage boxes have parts, which are found by them."""
    box = StorageBox.create(
        "backup",
        "bx11",
        location="fsn1",
        password="A-long-Password-4711",
        ssh_keys=["ops", "ssh-ed25519 AAAA"],
        snapshot_plan={"hour": 3, "minute": 30, "max_snapshots": 7},
        subaccounts={"db": {"home_directory": "db", "password": "A-long-Password-4711"}},
    )
    assert_type(box, StorageBox)
    assert_type(box.folders(), list[str])
    assert_type(box.update_access_settings(ssh_enabled=True), Action)
    assert_type(StorageBoxType.find("bx11"), StorageBoxType)
    snapshot = StorageBoxSnapshot.create(box, description="before")
    assert_type(snapshot, StorageBoxSnapshot)
    assert_type(box.rollback_snapshot(snapshot), Action)
    assert_type(StorageBoxSnapshot.all("backup"), list[StorageBoxSnapshot])
    account = StorageBoxSubaccount.ensure(box, "db", home_directory="db", password="A-long-Password-4711")
    assert_type(account, Ensured[StorageBoxSubaccount])
    assert_type(account.record.delete(), Action | None)
    StorageBox.create("backup", "bx11", location="fsn1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def scripts(web: Server) -> None:
    """Steps of a script have their results."""
    with Server.temporary("cx23", image="debian-13", labels={"env": "ci"}) as server:
        assert_type(server, Server)
        server.wait_ssh(timeout=60)
        server.wait_port(443)
        server.resize("cx33", upgrade_disk=True)
    assert_type(web.snapshot("before", off=True), Image)
    assert_type(Image.latest(labels={"app": "web"}, type="backup"), Image)
    assert_type(web.load(Volume), list[Volume])
    assert_type(web.load(Network), list[Network])
    assert_type(web.price, Cost | None)
    assert_type(Pricing.get().cost(web).monthly, Amount)
    assert_type(Pricing.get().estimate(Server, server_type="cx23"), Cost)
    assert_type(wait([web, web.poweroff(wait=False), None]), list[Action])
    assert_type(sweep(labels={"env": "ci"}, older_than=timedelta(hours=1), kinds=[Zone]), Swept)
    assert_type(
        [thing.labels for thing in [*Server.all(), *Volume.all(), *Image.all()]], list[dict[str, str]]
    )
    for record, refusal in sweep(labels="env=ci").refused:
        assert_type((record.labels, refusal.code), tuple[dict[str, str], str | None])
    try:
        web.wait_ssh()
        web.wait_cloud_init(ssh_options=["-i", "key"])
    except Unreachable as error:
        problem: TimeoutError = error
        assert_type(str(problem), str)
    web.load(aio.Volume)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
    sweep()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def awaited(client: AsyncHetzner, web: aio.Server) -> None:
    """The awaited face has the same."""
    async with aio.gather(limit=5) as g:
        task = g.start(aio.Server.create("web", "cx23", image="debian-13", client=client))
        assert_type(task, asyncio.Task[aio.Server])
        assert_type(g.start(web.poweroff()), asyncio.Task[Action])
    async with aio.Server.temporary("cx23", image="debian-13") as server:
        assert_type(server, aio.Server)
        await server.wait_ssh()
    assert_type(await aio.wait([web, None]), list[Action])
    assert_type(await aio.sweep(labels="env=ci"), Swept)
    assert_type(await web.load(aio.Volume), list[aio.Volume])
    assert_type(await aio.RRSet.get("example.com", "www", "A"), aio.RRSet)
    assert_type(await aio.Zone.find("example.com"), aio.Zone)
    assert_type(await aio.StorageBoxSnapshot.all("backup"), list[aio.StorageBoxSnapshot])
    assert_type(await aio.Image.latest(), aio.Image)
    assert_type((await aio.Pricing.get()).cost(web), Cost)


def words(ref: Ref, labels: Labels, kind: RRSetType) -> None:
    """What records take and give can be named in the signatures of a script."""
    costs = [Pricing.get().cost(server) for server in Server.all(labels=labels)]
    assert_type(sum(costs), Cost | Literal[0])
    assert_type(sum(cost.monthly for cost in costs), Amount | Literal[0])
    assert_type(RRSet.find(ref, "www", kind).has_records("192.0.2.7"), bool)
