"""Scenarios of the verbs of servers: power, disk and access."""

from __future__ import annotations

from tests.domain.faces import KEY, Face, done
from tests.domain.verbs.registry import tries


@tries("Server.poweroff", "Server.poweron")
async def power(face: Face) -> None:
    """The record follows the power."""
    web = await face.server()
    action = await done(web.poweroff())
    assert (action.command, action.status, web.status) == ("stop_server", "success", "off")
    action = await done(web.poweron())
    assert (action.command, action.status, web.status) == ("start_server", "success", "running")


@tries("Server.reboot", "Server.reset", "Server.shutdown")
async def restarts(face: Face) -> None:
    """Each becomes the action of its name."""
    web = await face.server()
    assert (await done(web.reboot())).command == "reboot_server"
    assert (await done(web.reset())).command == "reset_server"
    assert web.status == "running"
    assert (await done(web.shutdown())).command == "shutdown_server"


@tries("Server.rebuild")
async def rebuild(face: Face) -> None:
    """The disk is made from the other image, and the new root password is told once."""
    web = await face.server()
    before = web.root_password
    action = await done(web.rebuild("ubuntu-24.04", user_data="#cloud-config\n"))
    assert (action.status, web.image.name) == ("success", "ubuntu-24.04")
    assert web.root_password
    assert web.root_password != before
    image = await done(face.Image.find("debian-12", architecture="x86"))
    await done(web.rebuild(image))
    assert web.image.name == "debian-12"


@tries("Server.change_type")
async def change_type(face: Face) -> None:
    """The type is a name or an object; with its disk the server grows for good."""
    web = await face.server()
    await done(web.poweroff())
    await done(web.change_type("cx33", upgrade_disk=False))
    assert (web.server_type.name, web.status) == ("cx33", "running")
    await done(web.poweroff())
    await done(web.change_type(await done(face.ServerType.find("cx43")), upgrade_disk=True))
    assert (web.server_type.name, web.primary_disk_size) == ("cx43", web.server_type.disk)


@tries("Server.enable_backup", "Server.disable_backup")
async def backups(face: Face) -> None:
    """There is a backup window while they are on."""
    web = await face.server()
    await done(web.enable_backup())
    assert web.backup_window
    await done(web.disable_backup())
    assert web.backup_window is None


@tries("Server.enable_rescue", "Server.disable_rescue")
async def rescue(face: Face) -> None:
    """The password of the rescue system is returned, and keys are given in any form."""
    web = await face.server()
    key = await done(face.SSHKey.create("me", public_key=KEY))
    assert await done(web.enable_rescue())
    assert web.rescue_enabled
    await done(web.disable_rescue())
    assert not web.rescue_enabled
    for keys in ("me", key, key.id, ["me"], [key]):
        await done(web.enable_rescue(ssh_keys=keys))
        await done(web.disable_rescue())


@tries("Server.reset_password")
async def reset_password(face: Face) -> None:
    """The new password is returned, and the record no longer knows the old one."""
    web = await face.server()
    before = web.root_password
    password = await done(web.reset_password())
    assert password == web.root_password != before


@tries("Server.attach_iso", "Server.detach_iso")
async def isos(face: Face) -> None:
    """An ISO is named by what the API calls it, or by its id."""
    web = await face.server()
    iso = (await face.client.awaited.isos.list(architecture="x86")).items[0]
    await done(web.attach_iso(iso.name))
    assert web.iso.id == iso.id
    await done(web.detach_iso())
    assert not web.iso
    await done(web.attach_iso(iso))
    assert web.iso.id == iso.id


@tries("Server.change_dns_ptr")
async def change_dns_ptr(face: Face) -> None:
    """None goes back to the name that the address had."""
    web = await face.server()
    await done(web.change_dns_ptr(web.ipv4, "web.example.org"))
    assert web.public_net.ipv4.dns_ptr == "web.example.org"
    await done(web.change_dns_ptr(web.ipv4, None))
    assert web.public_net.ipv4.dns_ptr != "web.example.org"


@tries("Server.change_protection")
async def change_protection(face: Face) -> None:
    """The API wants deletion and rebuilding protected together, so one word does both."""
    web = await face.server()
    await done(web.change_protection(delete=True))
    assert (web.protection.delete, web.protection.rebuild) == (True, True)
    await done(web.change_protection(delete=False))
    assert (web.protection.delete, web.protection.rebuild) == (False, False)


@tries("Server.request_console")
async def request_console(face: Face) -> None:
    """The answer has what a VNC client needs, and does not show it."""
    web = await face.server()
    console = await done(web.request_console())
    assert console.wss_url.startswith("wss://")
    assert console.password not in repr(console)


@tries("Server.create_image", "Server.create_backup")
async def images(face: Face) -> None:
    """The image is there to be used when the call is over, and it is a record."""
    web = await face.server()
    image = await done(web.create_image("before the upgrade", labels={"keep": "yes"}))
    assert isinstance(image, face.Image)
    assert (image.type, image.status, image.labels["keep"]) == ("snapshot", "available", "yes")
    assert image.description == "before the upgrade"
    await done(web.enable_backup())
    backup = await done(web.create_backup())
    assert (backup.type, backup.status, backup.bound_to) == ("backup", "available", web.id)
