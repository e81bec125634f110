"""Scenarios of the verbs of volumes."""

from __future__ import annotations

from typing import Any

from tests.domain.faces import Face, done
from tests.domain.verbs.registry import tries


async def volume(face: Face, **options: Any) -> Any:
    """Create a volume and wait until it is there."""
    return await done(face.Volume.create("data", **{"size": 10, "location": "fsn1", **options}))


@tries("Volume.attach", "Volume.detach")
async def attachment(face: Face) -> None:
    """A server is a name, an id, a string of digits, or an object, and the record shows its id."""
    web, data = await face.server(), await volume(face)
    assert data.server is None
    for ref in ("web", web.id, str(web.id), web):
        action = await done(data.attach(ref))
        assert (action.command, action.status, data.server) == ("attach_volume", "success", web.id)
        await done(data.detach())
        assert data.server is None
    await done(data.attach(web, automount=True))
    assert data.server == web.id


@tries("Volume.resize")
async def resize(face: Face) -> None:
    """It grows."""
    data = await volume(face)
    assert (await done(data.resize(25))).command == "resize_volume"
    assert data.size == 25


@tries("Volume.change_protection")
async def change_protection(face: Face) -> None:
    """The record shows the protection."""
    data = await volume(face)
    await done(data.change_protection(delete=True))
    assert data.protection.delete
    await done(data.change_protection(delete=False))
    assert not data.protection.delete
