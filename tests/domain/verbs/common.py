"""Scenarios of the verbs that all kinds share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.domain.faces import KEY, PASSWORD, Face, done
from tests.domain.verbs.registry import SCENARIOS

OPTIONS: dict[str, dict[str, Any]] = {
    "Server": {"server_type": "cx23", "image": "debian-13"},
    "Network": {"ip_range": "10.0.0.0/16"},
    "Firewall": {"rules": ["tcp/22 from 10.0.0.0/8"]},
    "SSHKey": {"public_key": KEY},
    "PlacementGroup": {},
    "Volume": {"size": 10, "location": "fsn1"},
    "PrimaryIP": {"type": "ipv4", "location": "fsn1"},
    "FloatingIP": {"type": "ipv4", "home_location": "fsn1"},
    "Certificate": {"domain_names": ["www.example.org"]},
    "LoadBalancer": {"load_balancer_type": "lb11", "location": "fsn1"},
    "StorageBox": {"storage_box_type": "bx11", "location": "fsn1", "password": PASSWORD},
}
"""What each kind that can be made must be given."""
READ_ONLY = {
    "Image": "debian-12",
    "ServerType": "cx23",
    "Location": "fsn1",
    "LoadBalancerType": "lb11",
    "ISO": "talos-1.11.2-arm64.iso",
    "StorageBoxType": "bx11",
}
"""The kinds that are there from the start, and one of each."""


OWN_UPDATE = {"FloatingIP", "PrimaryIP"}
"""The kinds with more to update than name and labels."""


async def records(face: Face, kind: str) -> Any:
    """Return the records of a kind, once there is what new ones need besides their options."""
    if kind == "Certificate":
        await face.client.awaited.zones.create(name="example.org", mode="primary")
    return getattr(face, kind)


async def create(face: Face, kind: str) -> None:
    """A new object has the name and labels that were asked for."""
    made = await done((await records(face, kind)).create("one", labels={"role": "web"}, **OPTIONS[kind]))
    assert (made.name, made.labels) == ("one", {"role": "web"})
    assert isinstance(made, getattr(face, kind))


async def ensure(face: Face, kind: str) -> None:
    """The first call makes the object, the second finds it."""
    first, created = await done((await records(face, kind)).ensure("one", **OPTIONS[kind]))
    assert created
    second, created = await done(getattr(face, kind).ensure("one", **OPTIONS[kind]))
    assert (second, created) == (first, False)


async def update(face: Face, kind: str) -> None:
    """The record shows the new name and labels, and so does the API."""
    made = await done((await records(face, kind)).create("one", labels={"old": "label"}, **OPTIONS[kind]))
    await done(made.update(name="two"))
    await done(made.update(labels={"role": "db"}))
    assert (made.name, made.labels) == ("two", {"role": "db"})
    again = await done(getattr(face, kind).get(made.id))
    assert (again.name, again.labels) == ("two", {"role": "db"})


async def delete(face: Face, kind: str) -> None:
    """Afterwards the object is gone, and deleting it once more is no error."""
    made = await done((await records(face, kind)).create("one", **OPTIONS[kind]))
    await done(made.delete())
    assert await done(getattr(face, kind).all()) == []
    await done(made.delete())


async def refresh(face: Face, kind: str) -> None:
    """A record shows what happened behind its back only when it is refreshed."""
    made = await done((await records(face, kind)).create("one", **OPTIONS[kind]))
    with face.sandbox.inside() as project:
        project.table(made.kind).update(made.id, name="two")
    assert made.name == "one"
    await done(made.refresh())
    assert made.name == "two"


async def refresh_unchanged(face: Face, kind: str) -> None:
    """What only Hetzner changes stays the same."""
    found = await done(getattr(face, kind).all())
    before = found[0].to_dict()
    await done(found[0].refresh())
    assert found[0].to_dict() == before


async def wait(face: Face, kind: str) -> None:
    """With nothing begun it comes to a refresh."""
    found = (await done(getattr(face, kind).all()) or [None])[0]
    found = found or await done((await records(face, kind)).create("one", **OPTIONS[kind]))
    with face.requests() as made:
        await done(found.wait())
    assert made == [f"{found.kind}.retrieve"]


async def finders(face: Face, kind: str) -> None:
    """An object is found by id, by digits, by name, by itself, and among all."""
    if kind in OPTIONS:
        await done((await records(face, kind)).create("one", **OPTIONS[kind]))
    found = getattr(face, kind)
    filters = {"architecture": "x86"} if kind == "Image" else {}
    one = await done(found.find(READ_ONLY.get(kind, "one"), **filters))
    assert one == await done(found.get(one.id)) == await done(found.find(one.id))
    assert one == await done(found.find(str(one.id))) == await done(found.find(one))
    assert one in await done(found.all())


def _of(kind: str, scenario: Callable[[Face, str], Awaitable[None]]) -> Callable[[Face], Awaitable[None]]:
    return lambda face: scenario(face, kind)


for _kind in (*OPTIONS, *READ_ONLY):
    for _verb in ("get", "find", "all"):
        SCENARIOS[f"{_kind}.{_verb}"] = _of(_kind, finders)
    SCENARIOS[f"{_kind}.wait"] = _of(_kind, wait)
    SCENARIOS[f"{_kind}.refresh"] = _of(_kind, refresh if _kind in OPTIONS else refresh_unchanged)
for _kind in OPTIONS:
    for _scenario in (create, ensure, delete, *([] if _kind in OWN_UPDATE else [update])):
        SCENARIOS[f"{_kind}.{_scenario.__name__}"] = _of(_kind, _scenario)
