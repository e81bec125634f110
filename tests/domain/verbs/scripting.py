"""Scenarios of the verbs that are several steps: what scripts are made of."""

from __future__ import annotations

import pytest

from hetzner import InternalServerError, NotFound, Unreachable
from tests.domain.faces import Face, done, inside
from tests.domain.verbs.registry import tries


@tries("Server.wait_port", "Server.wait_ssh")
async def reachable(face: Face) -> None:
    """The call is over when something answers, and that is some time after the server started."""
    web = await face.server()
    before = face.now()
    await done(web.wait_ssh())
    assert face.now() > before
    await done(web.wait_port(443, timeout=1, address=web.ipv6))
    for wrong in (0, 65536, "ssh"):
        with pytest.raises(ValueError, match="is no port; give 1 to 65535"):
            await done(web.wait_port(wrong))


@tries("Server.wait_cloud_init")
async def cloud_init_done(face: Face) -> None:
    """In the sandbox it is done when SSH answers; an address that is nobody's is never reached."""
    web = await face.server()
    before = face.now()
    await done(web.wait_cloud_init())
    assert 0 < face.now() - before < 20
    with pytest.raises(Unreachable, match="port 22 after 5 s"):
        await done(web.wait_cloud_init(timeout=5, address="192.0.2.1"))


@tries("Server.resize")
async def resize(face: Face) -> None:
    """A server that runs is shut down, changed, and runs again; one that is off stays off."""
    web = await face.server()
    with face.requests() as made:
        await done(web.resize("cx33"))
    assert (web.server_type.name, web.status) == ("cx33", "running")
    assert web.primary_disk_size == 40
    assert made.index("servers.actions.shutdown") < made.index("servers.actions.change_type")
    same = await done(face.ServerType.find("cx33"))
    with face.requests() as made:
        await done(web.resize(same))
    assert made == ["servers.retrieve"]
    for wrong, error, why in (
        ("cx33x", NotFound, "did you mean 'cx33'"),
        ("cax11", ValueError, "cax11 is arm and the server's disk x86"),
    ):
        with face.requests() as made, pytest.raises(error, match=why):
            await done(web.resize(wrong))
        assert "servers.actions.shutdown" not in made  # a slip stops nothing
    face.sandbox.faults.arm("servers.retrieve", "503", skip=2, times=3)
    with pytest.raises(InternalServerError):  # while the server shuts down
        await done(web.resize("cx23"))
    assert (web.server_type.name, web.status) == ("cx33", "running")
    await done(web.poweroff())
    await done(web.resize("cx43", upgrade_disk=True))
    assert (web.server_type.name, web.status) == ("cx43", "off")
    assert web.primary_disk_size == web.server_type.disk


@tries("Server.snapshot")
async def snapshot(face: Face) -> None:
    """It is a snapshot of the server as it runs, or of a server that was shut down for it and runs again."""
    web = await face.server()
    with face.requests() as made:
        image = await done(web.snapshot("before", labels={"keep": "yes"}))
    assert (image.type, image.description, image.labels["keep"]) == ("snapshot", "before", "yes")
    assert "servers.actions.shutdown" not in made
    with face.requests() as made:
        image = await done(web.snapshot(off=True))
    assert (image.status, web.status) == ("available", "running")
    assert made.index("servers.actions.shutdown") < made.index("servers.actions.create_image")


@tries("Server.temporary")
async def temporary(face: Face) -> None:
    """It runs inside of the block and is gone after it."""
    other = await face.server()
    async with inside(face.Server.temporary("cx23", image="debian-13", labels={"role": "ci"})) as server:
        assert (server.status, server.labels["role"]) == ("running", "ci")
        assert len(await done(face.Server.all())) == 2
    assert await done(face.Server.all()) == [other]


@tries("Image.latest")
async def latest(face: Face) -> None:
    """The newest that fits, by labels or by description; what is near is told when none does."""
    web = await face.server()
    old = await done(web.create_image("nightly", labels={"app": "web"}))
    new = await done(web.create_image("nightly", labels={"app": "web"}))
    other = await done(web.create_image("by hand"))
    assert old.created < new.created
    assert await done(face.Image.latest()) == other
    assert await done(face.Image.latest(labels={"app": "web"})) == new
    assert await done(face.Image.latest(description="nightly", architecture="x86")) == new
    with pytest.raises(NotFound, match="there is no image 'nightl'; did you mean 'nightly'"):
        await done(face.Image.latest(description="nightl"))
    with pytest.raises(NotFound, match="there is no image with the labels 'app=db'"):
        await done(face.Image.latest(labels={"app": "db"}))
    with pytest.raises(NotFound, match="there is no image 'backup'"):
        await done(face.Image.latest(type="backup"))


@tries("Pricing.cost")
async def cost(face: Face) -> None:
    """Backups add a fifth to the price of a server, and its IPv4 address costs too."""
    prices = await done(face.Pricing.get())
    web = await face.server(public_net={"ipv4": False})
    assert prices.cost(web) == web.price
    await done(web.enable_backup())
    assert prices.cost(web).monthly.net * 10 == web.price.monthly.net * 12


@tries("Pricing.estimate")
async def estimate(face: Face) -> None:
    """What is not there yet costs what it will cost when it is."""
    prices = await done(face.Pricing.get())
    told = prices.estimate(face.Server, server_type="cx23", location="fsn1", backups=True)
    assert told == prices.cost(await face.server(backups=True))
