"""What can be done with a server, and what must hold before."""

import pytest

from tests.sandbox.talk import Talk


def status(talk: Talk, ident: int) -> str:
    """The state of a server now."""
    text: str = talk.get(f"/servers/{ident}")["server"]["status"]
    return text


@pytest.mark.parametrize(
    ("verb", "meanwhile", "after"),
    [("poweroff", "stopping", "off"), ("reboot", "running", "running"), ("reset", "starting", "running")],
)
def test_power_goes_through_its_states(talk: Talk, verb: str, meanwhile: str, after: str) -> None:
    """A running server shows the state in between while the action runs, and the last one after."""
    ident = talk.server()["id"]
    talk.post(f"/servers/{ident}/actions/{verb}")
    assert status(talk, ident) == meanwhile
    talk.wait()
    assert status(talk, ident) == after


def test_a_shutdown_is_done_before_the_server_is_off(talk: Talk) -> None:
    """The action only says that the guest was asked; the server is off some seconds later."""
    ident = talk.server()["id"]
    action = talk.post(f"/servers/{ident}/actions/shutdown")["action"]
    talk.wait(2.1)
    assert talk.get(f"/actions/{action['id']}")["action"]["status"] == "success"
    assert status(talk, ident) == "stopping"
    talk.wait(30)
    assert status(talk, ident) == "off"
    assert [each["id"] for each in talk.get("/servers?status=off")["servers"]] == [ident]


def test_a_server_that_is_off_does_not_react_to_a_guest_signal(talk: Talk) -> None:
    """Reboot and shutdown of a server that is off change nothing, poweron starts it."""
    ident = talk.server(start_after_create=False)["id"]
    for verb in ("reboot", "shutdown", "poweroff"):
        assert talk.act(f"/servers/{ident}/actions/{verb}")["status"] == "success"
        assert status(talk, ident) == "off"
    talk.post(f"/servers/{ident}/actions/poweron")
    assert status(talk, ident) == "starting"
    talk.wait()
    assert status(talk, ident) == "running"


def test_the_type_changes_when_the_server_is_off(talk: Talk) -> None:
    """change_type refuses running servers and unfit types, keeps the disk when asked, starts the server."""
    ident = talk.server()["id"]
    path = f"/servers/{ident}/actions"
    bigger = {"server_type": "cx33", "upgrade_disk": False}
    assert talk.refused("POST", f"{path}/change_type", bigger) == (422, "server_not_stopped")
    talk.act(f"{path}/poweroff")
    for unfit in ("cax21", "cx23", "cx22", "cpx21"):
        body = {"server_type": unfit, "upgrade_disk": True}
        assert talk.refused("POST", f"{path}/change_type", body) == (422, "invalid_server_type")
    talk.post(f"{path}/change_type", bigger)
    assert status(talk, ident) == "migrating"
    talk.wait()
    server = talk.get(f"/servers/{ident}")["server"]
    assert (server["server_type"]["name"], server["primary_disk_size"], server["status"]) == (
        "cx33",
        40,
        "running",
    )
    talk.act(f"{path}/poweroff")
    talk.act(f"{path}/change_type", {"server_type": "cx43", "upgrade_disk": True})
    assert talk.get(f"/servers/{ident}")["server"]["primary_disk_size"] == 160
    talk.act(f"{path}/poweroff")
    assert talk.refused("POST", f"{path}/change_type", bigger) == (422, "invalid_server_type")
    talk.sandbox.faults.sell_out("cx53", "fsn1")
    body = {"server_type": "cx53", "upgrade_disk": True}
    assert talk.refused("POST", f"{path}/change_type", body) == (412, "resource_unavailable")


def test_a_rebuild_keeps_name_and_addresses(talk: Talk) -> None:
    """A rebuild changes the image only, gives a password, and obeys protection."""
    before = talk.server()
    path = f"/servers/{before['id']}/actions"
    answer = talk.post(f"{path}/rebuild", {"image": "ubuntu-24.04", "user_data": "x"})
    assert len(answer["root_password"]) == 20
    assert status(talk, before["id"]) == "rebuilding"
    talk.wait()
    after = talk.get(f"/servers/{before['id']}")["server"]
    assert after["image"]["name"] == "ubuntu-24.04"
    assert (after["status"], after["public_net"]) == ("running", before["public_net"])
    talk.act(f"{path}/change_protection", {"delete": True, "rebuild": True})
    assert talk.refused("POST", f"{path}/rebuild", {"image": "debian-13"}) == (423, "protected")
    assert talk.refused("DELETE", f"/servers/{before['id']}") == (423, "protected")


def test_delete_and_rebuild_protection_go_together(talk: Talk) -> None:
    """One kind of protection without the other is refused."""
    path = f"/servers/{talk.server()['id']}/actions/change_protection"
    assert talk.refused("POST", path, {"delete": True}) == (422, "invalid_input")
    action = talk.post(path, {"delete": True, "rebuild": True})["action"]
    assert (action["status"], action["progress"]) == ("success", 100)


def test_a_snapshot_becomes_available(talk: Talk) -> None:
    """A snapshot is there at once, can be used when its action is done, and is locked until then."""
    server = talk.server()
    answer = talk.post(f"/servers/{server['id']}/actions/create_image", {"labels": {"a": "b"}})
    image = answer["image"]
    assert (image["status"], image["image_size"], image["name"]) == ("creating", None, None)
    assert image["description"] == f"snapshot {image['created']}"
    assert {each["type"] for each in answer["action"]["resources"]} == {"server", "image"}
    assert talk.refused("DELETE", f"/images/{image['id']}") == (423, "locked")
    talk.wait()
    image = talk.get("/images?label_selector=a")["images"][0]
    assert (image["status"], image["disk_size"], image["created_from"]["name"]) == ("available", 40, "web")
    assert image["image_size"] > 0
    again = talk.server("again", image=image["id"], server_type="cx33")
    talk.delete(f"/images/{image['id']}")
    assert talk.get(f"/servers/{again['id']}")["server"]["image"]["deleted"] is not None


def test_a_snapshot_that_fails_is_no_more(talk: Talk) -> None:
    """When create_image fails its image vanishes."""
    server = talk.server()
    talk.sandbox.faults.fail_action("create_image")
    image = talk.post(f"/servers/{server['id']}/actions/create_image")["image"]
    talk.wait()
    assert talk.refused("GET", f"/images/{image['id']}") == (404, "not_found")


def test_a_snapshot_needs_a_disk_as_large(talk: Talk) -> None:
    """A server whose disk is too small for an image is refused."""
    ident = talk.server(server_type="cx33")["id"]
    image = talk.post(f"/servers/{ident}/actions/create_image")["image"]
    body = {"name": "small", "server_type": "cx23", "image": image["id"]}
    assert talk.refused("POST", "/servers", body) == (422, "invalid_input")
    talk.wait()
    assert talk.refused("POST", "/servers", body) == (422, "invalid_input")


def test_backups_belong_to_their_server(talk: Talk) -> None:
    """Backups need to be switched on, have seven slots, can become snapshots, and go when switched off."""
    ident = talk.server()["id"]
    path = f"/servers/{ident}/actions"
    assert talk.refused("POST", f"{path}/create_image", {"type": "backup"}) == (422, "invalid_input")
    talk.act(f"{path}/enable_backup")
    assert talk.get(f"/servers/{ident}")["server"]["backup_window"]
    for _ in range(8):
        talk.act(f"{path}/create_image", {"type": "backup"})
    backups = talk.get(f"/images?bound_to={ident}")["images"]
    assert len(backups) == 7
    kept = talk.put(f"/images/{backups[0]['id']}", {"type": "snapshot", "description": "kept"})["image"]
    assert (kept["type"], kept["bound_to"], kept["description"]) == ("snapshot", None, "kept")
    talk.act(f"{path}/disable_backup")
    assert [each["id"] for each in talk.get("/images?type=backup&type=snapshot")["images"]] == [kept["id"]]
    assert talk.get(f"/servers/{ident}")["server"]["backup_window"] is None


def test_the_rescue_system_is_for_one_boot_within_the_hour(talk: Talk) -> None:
    """Rescue is armed at once, gives a password, and is off after a boot or after an hour."""
    ident = talk.server()["id"]
    path = f"/servers/{ident}/actions"

    def armed() -> bool:
        return bool(talk.get(f"/servers/{ident}")["server"]["rescue_enabled"])

    assert len(talk.post(f"{path}/enable_rescue")["root_password"]) == 20
    assert armed()
    talk.wait(60)
    talk.post(f"{path}/reset")
    talk.wait(60)
    assert not armed()
    talk.post(f"{path}/enable_rescue", {"type": "linux64"})
    talk.wait(3500)
    assert armed()
    talk.wait(101)
    assert not armed()
    talk.post(f"{path}/enable_rescue")
    talk.wait(60)
    talk.post(f"{path}/disable_rescue")
    assert not armed()
    assert talk.refused("POST", f"{path}/enable_rescue", {"type": "bsd"})[0] in (422, 423)


def test_an_iso_goes_in_and_out(talk: Talk) -> None:
    """An ISO is inserted by name, must fit the architecture, and ejecting nothing is done at once."""
    ident = talk.server()["id"]
    path = f"/servers/{ident}/actions"
    assert talk.refused("POST", f"{path}/attach_iso", {"iso": 122629}) == (422, "invalid_input")
    talk.act(f"{path}/attach_iso", {"iso": "FreeBSD-14.2-RELEASE-amd64-dvd1.iso"})
    assert talk.get(f"/servers/{ident}")["server"]["iso"]["name"].startswith("FreeBSD")
    talk.act(f"{path}/detach_iso")
    assert talk.get(f"/servers/{ident}")["server"]["iso"] is None
    assert talk.post(f"{path}/detach_iso")["action"]["status"] == "success"


def test_reverse_dns_is_set_and_reset(talk: Talk) -> None:
    """IPv4 goes back to its default name, IPv6 entries come and go, foreign addresses are refused."""
    server = talk.server()
    path, net = f"/servers/{server['id']}/actions/change_dns_ptr", server["public_net"]
    v4, v6 = net["ipv4"]["ip"], net["ipv6"]["ip"].replace("/64", "1")
    talk.act(path, {"ip": v4, "dns_ptr": "a.example.com"})
    talk.act(path, {"ip": v6, "dns_ptr": "b.example.com"})
    shown = talk.get(f"/servers/{server['id']}")["server"]["public_net"]
    assert shown["ipv4"]["dns_ptr"] == "a.example.com"
    assert shown["ipv6"]["dns_ptr"] == [{"ip": v6, "dns_ptr": "b.example.com"}]
    talk.act(path, {"ip": v4, "dns_ptr": None})
    talk.act(path, {"ip": v6, "dns_ptr": None})
    assert talk.get(f"/servers/{server['id']}")["server"]["public_net"] == net
    for ip in ("192.0.2.99", "nonsense"):
        assert talk.refused("POST", path, {"ip": ip, "dns_ptr": "x"}) == (422, "invalid_input")


def test_console_and_password(talk: Talk) -> None:
    """A console comes with a URL and a password, a new root password needs a running server."""
    ident = talk.server()["id"]
    console = talk.post(f"/servers/{ident}/actions/request_console")
    assert console["wss_url"].startswith(f"wss://console.hetzner.cloud/?server_id={ident}&token=")
    assert len(console["password"]) == 32
    assert len(talk.post(f"/servers/{ident}/actions/reset_password")["root_password"]) == 20
    talk.wait()
    talk.act(f"/servers/{ident}/actions/poweroff")
    assert talk.refused("POST", f"/servers/{ident}/actions/reset_password")[0] == 422


def test_actions_on_a_server_that_is_not_there(talk: Talk) -> None:
    """Every action of an unknown server answers 404."""
    for verb in ("poweron", "reset", "disable_rescue", "request_console", "detach_iso"):
        assert talk.refused("POST", f"/servers/42/actions/{verb}") == (404, "not_found")
