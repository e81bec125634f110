"""What a record is: data that shows itself, keeps quiet about secrets, and makes no request by itself."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from importlib import import_module
from typing import Any

import pytest

from hetzner import RECORDS, Hetzner
from hetzner.schema.actions import Action
from hetzner.schema.servers import Server as ServerData
from hetzner.schema.ssh_keys import SSHKey as Key
from tests.domain.faces import KEY, PASSWORD, Face, done
from tests.domain.verbs.common import records


async def one_of_each(face: Face) -> list[Any]:
    """Return a record of every kind."""
    web = await face.server()
    return [
        web,
        await face.network(),
        await done(face.Firewall.create("wall", rules=["tcp/22"])),
        await done(face.SSHKey.create("me", public_key=KEY)),
        await done(face.PlacementGroup.create("group")),
        await done(web.create_image("before")),
        await done(face.ServerType.find("cx23")),
        await done(face.Location.find("fsn1")),
        await done(face.Volume.create("data", size=10, server=web)),
        await done(face.FloatingIP.create("vip", type="ipv6", home_location="hel1", description="mail")),
        await done(face.PrimaryIP.create("ip", type="ipv4", location="nbg1")),
        await done((await records(face, "Certificate")).create("shop", domain_names=["www.example.org"])),
        await done(face.LoadBalancer.create("lb", "lb11", location="fsn1", targets=["web"])),
        await done(face.LoadBalancerType.find("lb11")),
        await done(face.ISO.find("talos-1.11.2-arm64.iso")),
        await face.zone(records={"www": {"A": {"ttl": 60, "values": ["192.0.2.1", "192.0.2.2"]}}}),
        await done(face.RRSet.find("example.com", "www")),
        await face.storage_box(),
        await done(face.StorageBoxSnapshot.create("backup", description="before")),
        await done(
            face.StorageBoxSubaccount.create("backup", "db", home_directory="dumps", password=PASSWORD)
        ),
        await done(face.StorageBoxType.find("bx11")),
    ]


async def test_every_record_says_what_it_is(face: Face) -> None:
    """One line: name, id, and what a person asks first."""
    web, net, wall, key, group, image, kind, place, *others = await one_of_each(face)
    data, vip, ip, shop, lb, size, disc, *others = others
    zone, www, box, snapshot, account, box_type = others
    assert repr(web) == str(web) == f"Server(web #{web.id} running cx23 fsn1 {web.ipv4})"
    assert repr(net) == f"Network(net #{net.id} 10.0.0.0/16, 0 servers)"
    assert repr(wall) == f"Firewall(wall #{wall.id} 1 rules, applied to 0)"
    assert repr(key) == f"SSHKey(me #{key.id} {key.fingerprint})"
    assert repr(group) == f"PlacementGroup(group #{group.id} spread, 0 servers)"
    assert repr(image) == f"Image(#{image.id} snapshot x86 before)"
    assert repr(kind) == f"ServerType(cx23 #{kind.id} 2 cores, 4 GB, 40 GB disk, x86)"
    assert repr(place) == f"Location(fsn1 #{place.id} Falkenstein, DE, eu-central)"
    assert repr(data) == f"Volume(data #{data.id} 10 GB fsn1 on server #{web.id} {data.linux_device})"
    assert repr(vip) == f"FloatingIP(vip #{vip.id} {vip.ip} hel1 not assigned mail)"
    assert repr(ip) == f"PrimaryIP(ip #{ip.id} {ip.ip} nbg1 not assigned)"
    until = f"{shop.not_valid_after:%Y-%m-%d}"
    assert repr(shop) == f"Certificate(shop #{shop.id} managed www.example.org until {until})"
    assert repr(lb) == f"LoadBalancer(lb #{lb.id} lb11 fsn1 0 services, 1 targets {lb.ipv4})"
    assert repr(size) == "LoadBalancerType(lb11 #1 5 services, 25 targets, 10000 connections)"
    assert repr(disc) == f"ISO(talos-1.11.2-arm64.iso #{disc.id} public arm Talos Linux 1.11.2)"
    assert repr(zone) == f"Zone(example.com #{zone.id} primary, 6 records)"
    assert repr(www) == "RRSet(www/A 192.0.2.1, 192.0.2.2 ttl 60)"
    assert repr(box) == f"StorageBox(backup #{box.id} active bx11 fsn1 {box.server})"
    assert repr(snapshot) == f"StorageBoxSnapshot({snapshot.name} #{snapshot.id} before)"
    assert repr(account) == f"StorageBoxSubaccount(db #{account.id} {account.username} dumps)"
    assert repr(box_type) == f"StorageBoxType(bx11 #{box_type.id} 1024 GB, 100 subaccounts)"


def test_what_a_verb_returns_is_short_at_a_prompt() -> None:
    """An action shows its command, its id, how it is and why it failed; nothing in it breaks a line."""
    failed = {"code": "action_failed", "message": "no power\ntoday"}
    told = {
        "id": 7,
        "command": "start_server",
        "status": "error",
        "error": failed,
        "started": "2026-11-23T12:00Z",
    }
    assert repr(Action.model_validate(told)) == r"Action(start_server #7 error: no power\ntoday)"
    assert str(Action.lenient({"id": 7})) == "Action(None #7 None)"
    assert "created=2026-11-23 12:00:00+00:00" in repr(
        Key.model_validate({"created": "2026-11-23T12:00:00Z"})
    )


@pytest.mark.parametrize("module", ["hetzner", "hetzner.aio"])
@pytest.mark.parametrize("name", RECORDS)
def test_a_record_without_fields_shows_itself(module: str, name: str) -> None:
    """A field that a newer or broken API leaves out, or sends in another form, does not break `repr`."""
    record = getattr(import_module(module), name)
    if name == "Pricing":  # there is only one, and it has no id
        assert repr(record()) == repr(record.lenient({"vat_rate": "much"})) == "Pricing()"
        return
    assert repr(record()).startswith(f"{name}(#None")
    assert repr(record.lenient({"id": 1, "name": "x"})).startswith(f"{name}(x #1")
    odd = {"id": 1, "rules": 5, "servers": 5, "memory": "much", "server_type": "cx23", "public_net": 5}
    assert repr(record.lenient(odd)).startswith(f"{name}(#1")


async def test_a_record_stays_on_its_line(face: Face) -> None:
    """Line ends and escape codes in what somebody called an image are shown, not obeyed."""
    image = await done((await face.server()).create_image("one\n\x1b[31mtwo"))
    assert repr(image) == f"Image(#{image.id} snapshot x86 one\\n\\x1b[31mtwo)"


async def test_addresses_may_be_missing(face: Face) -> None:
    """A server without a public side has no public addresses, and neither has half an answer."""
    await face.network()
    web = await face.server(networks={"net": "10.0.1.7"}, public_net={"ipv4": False, "ipv6": False})
    assert (web.ipv4, web.ipv6, web.private_ip) == (None, None, "10.0.1.7")
    assert repr(web).endswith("10.0.1.7)")
    bare = face.Server.lenient({"id": 1})
    assert (bare.ipv4, bare.ipv6, bare.private_ip) == (None, None, None)


async def test_the_first_address_of_the_ipv6_network(face: Face) -> None:
    """A server answers at the first address of its network, and so does what a floating IP is assigned to."""
    web = await face.server()
    assert web.ipv6 == web.public_net.ipv6.ip.removesuffix("/64") + "1"
    vip = await done(face.FloatingIP.create("vip", type="ipv6", home_location="fsn1"))
    assert (vip.ipv4, vip.ipv6) == (None, vip.ip.removesuffix("/64") + "1")
    ip = await done(face.PrimaryIP.create("ip", type="ipv4", location="fsn1"))
    assert (ip.ipv4, ip.ipv6) == (ip.ip, None)


async def test_the_addresses_of_a_load_balancer(face: Face) -> None:
    """They stand where those of a server stand, as far as they are there."""
    await face.network()
    lb = await done(face.LoadBalancer.create("lb", "lb11", location="fsn1", networks={"net": "10.0.1.9"}))
    assert (lb.ipv4, lb.ipv6) == (lb.public_net.ipv4.ip, lb.public_net.ipv6.ip)
    assert lb.private_ip == "10.0.1.9"
    bare = face.LoadBalancer.lenient({"id": 1})
    assert (bare.ipv4, bare.ipv6, bare.private_ip) == (None, None, None)


async def test_reading_makes_no_request(face: Face) -> None:
    """Every attribute, `repr`, `to_dict`, comparing and hashing are free."""
    records = await one_of_each(face)
    with face.requests() as made:
        for record in records:
            for name in dir(type(record)):
                found = inspect.getattr_static(type(record), name)
                if isinstance(found, property) and not name.startswith("_"):
                    getattr(record, name)
            for name in type(record).model_fields:
                getattr(record, name)
            assert record == record.model_copy()
            assert repr(record) == str(record)
            assert record.to_dict()["id"] == record.id
            assert hash(record) == hash(record.model_copy())
    assert made == []


async def test_a_record_is_plain_data_for_json(face: Face) -> None:
    """`to_dict` is what the API said, dates as text, and can be written as JSON and read again."""
    for record in await one_of_each(face):
        data = json.loads(json.dumps(record.to_dict()))
        assert data == record.to_dict() == json.loads(record.model_dump_json(warnings=False))
        assert data["id"] == record.id
        assert not any(name.startswith("_") for name in data)


async def test_only_the_record_that_create_returned_knows_the_password(face: Face) -> None:
    """The API tells it once; it is in nothing that shows or leaves the record."""
    web = await face.server()
    password = web.root_password
    assert password
    assert (await done(face.Server.find("web"))).root_password is None
    await done(web.refresh())
    assert web.root_password == password
    shown = (repr(web), str(web), str(web.to_dict()), web.model_dump_json(), str(dict(web)), repr(vars(web)))
    assert not any(password in text for text in (*shown, pickle.dumps(web).decode("latin1")))


async def test_records_are_equal_by_kind_and_id(face: Face) -> None:
    """Two readings of a server are the same server, in a set too; a network with its id is not."""
    web = await face.server()
    again = await done(face.Server.get(web.id))
    await done(web.poweroff())
    assert again == web
    assert len({web, again}) == 1
    assert web != face.Network.lenient({"id": web.id})
    assert web != web.id


def test_both_faces_of_an_object_are_equal() -> None:
    """What was read by one face is the same object for the other."""
    faces = [import_module(name).Server.lenient({"id": 1}) for name in ("hetzner", "hetzner.aio")]
    assert len(set(faces)) == 1


async def test_a_pickled_record_is_data(face: Face) -> None:
    """It can be sent to another process, which can read it and cannot act with it."""
    web = pickle.loads(pickle.dumps(await face.server()))  # noqa: S301
    assert (web.name, web.status, web.root_password) == ("web", "running", None)
    with pytest.raises(RuntimeError, match=r"Server\(web .*\) has no client: .*; find it again"):
        await done(web.poweroff())


async def test_a_copied_record_is_a_record(face: Face) -> None:
    """A copy can do what the original can, and does not change with it."""
    web = await face.server()
    for double in (copy.copy(web), copy.deepcopy(web), web.model_copy(deep=True)):
        await done(web.poweroff())
        assert (web.status, double.status) == ("off", "running")
        await done(double.poweron())
        await done(web.refresh())


async def test_a_record_made_by_hand_has_no_client(face: Face) -> None:
    """It says so instead of failing somewhere inside."""
    with pytest.raises(RuntimeError, match="has no client"):
        await done(face.Server(id=1).refresh())


async def test_assigning_changes_nothing_and_says_so(face: Face) -> None:
    """A change that would never reach the API is refused with the way to do it."""
    web = await face.server()
    for name in ("labels", "name", "anything"):
        with pytest.raises(AttributeError, match=rf"'{name}' is what the API said; to change it use update"):
            setattr(web, name, "x")
    assert web.name == "web"


async def test_a_record_does_not_share_data_with_its_answer(face: Face) -> None:
    """What happens to one record of an answer does not show in the answer or in another record."""
    web = await face.server()
    answer = await face.client.awaited.servers.retrieve(web.id)
    one, two = (face.Server.of(answer.server, face.client) for _ in range(2))
    await done(one.poweroff())
    assert (one.status, two.status, answer.server.status) == ("off", "running", "running")


async def test_a_record_is_data_of_the_schema(face: Face) -> None:
    """What takes the plain data of the client takes records too, and unknown fields are kept."""
    assert isinstance(await face.server(), ServerData)
    assert face.Server.lenient({"id": 1, "newer": {"x": 1}}).newer == {"x": 1}


async def test_timeout_of_wait(face: Face) -> None:
    """`wait(timeout=...)` gives up after so many seconds, and can be called again."""
    from hetzner import ActionTimeout

    web = await face.server()
    face.sandbox.faults.hang_action("stop_server")
    await done(web.poweroff(wait=False))
    with pytest.raises(ActionTimeout):
        await done(web.wait(timeout=30))
    face.sandbox.release("stop_server")
    await done(web.wait())
    assert web.status == "off"


async def test_waiting_after_a_deletion(face: Face) -> None:
    """`delete(wait=False)` returns the action, and `wait()` ends when the server is gone."""
    web = await face.server()
    action = await done(web.delete(wait=False))
    assert (action.command, action.status) == ("delete_server", "running")
    await done(web.wait())
    assert await done(face.Server.all()) == []
    assert await done(web.delete()) is None


def test_the_type_of_client_is_not_shown() -> None:
    """A record's attributes do not lead to the token by their `repr`."""
    client = Hetzner(api_token="t0ken-t0ken", base_url="sandbox:")
    record = import_module("hetzner").Server.of(ServerData.lenient({"id": 1}), client)
    assert "t0ken" not in repr(record.__pydantic_private__)
