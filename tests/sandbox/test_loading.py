"""Loading what the lists of the API answered."""

import json
from copy import deepcopy
from typing import Any

import pytest

from hetzner.sandbox.addresses import new_address, number_of
from tests.sandbox.talk import Talk

Export = dict[str, list[dict[str, Any]]]
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGq3SF6oVdP2Zt0s5WyUqC0h1yV4M0w0nO0dQ5c5J9mT ops"
PASSWORD = "Abcdefgh1234!!"
FIRST = (
    "ssh_keys", "placement_groups", "networks", "firewalls", "volumes", "servers", "primary_ips",
    "floating_ips", "load_balancers", "certificates", "zones", "storage_boxes",
)  # fmt: skip


def exported(talk: Talk) -> Export:
    """Read all lists, as an export from the real API would."""
    found: Export = {kind: talk.get(f"/{kind}?per_page=50")[kind] for kind in FIRST}
    found["images"] = talk.get("/images?type=snapshot")["images"]
    zones, boxes = (found[kind] for kind in ("zones", "storage_boxes"))
    found["zones.rrsets"] = [
        rrset for zone in zones for rrset in talk.get(f"/zones/{zone['id']}/rrsets")["rrsets"]
    ]
    for part in ("snapshots", "subaccounts"):
        found[f"storage_boxes.{part}"] = [
            each for box in boxes for each in talk.get(f"/storage_boxes/{box['id']}/{part}")[part]
        ]
    return found


@pytest.fixture
def busy(talk: Talk) -> Talk:
    """A project with something of every kind, long settled."""
    talk.post("/ssh_keys", {"name": "ops", "public_key": KEY})
    group = talk.post("/placement_groups", {"name": "g", "type": "spread"})["placement_group"]["id"]
    subnet = {"type": "cloud", "ip_range": "10.0.1.0/24", "network_zone": "eu-central"}
    routes = [{"destination": "10.100.1.0/24", "gateway": "10.0.1.1"}]
    net = talk.post(
        "/networks", {"name": "n", "ip_range": "10.0.0.0/16", "subnets": [subnet], "routes": routes}
    )
    network = net["network"]["id"]
    rules = [{"direction": "in", "protocol": "tcp", "port": "22", "source_ips": ["0.0.0.0/0"]}]
    follows = {"type": "label_selector", "label_selector": {"selector": "a=b"}}
    wall = talk.post("/firewalls", {"name": "f", "rules": rules, "apply_to": [follows]})["firewall"]["id"]
    volume = talk.post("/volumes", {"name": "v", "size": 10, "location": "fsn1", "format": "ext4"})["volume"]
    talk.wait()
    web = talk.server(
        networks=[network], firewalls=[{"firewall": wall}], volumes=[volume["id"]], placement_group=group
    )
    db = talk.server("db", labels={"a": "b"})
    talk.act(f"/servers/{db['id']}/actions/poweroff")
    talk.act(f"/servers/{web['id']}/actions/create_image", {"description": "mine"})
    talk.post("/floating_ips", {"type": "ipv4", "server": web["id"]})
    talk.post("/primary_ips", {"type": "ipv6", "name": "spare", "location": "fsn1"})
    balance(talk, network, web["id"])
    records = [{"value": "203.0.113.9", "comment": "here"}]
    zone = {
        "name": "example.com",
        "mode": "primary",
        "rrsets": [{"name": "www", "type": "A", "records": records}],
    }
    talk.post("/zones", zone)
    talk.post("/certificates", {"name": "c", "type": "managed", "domain_names": ["example.com"]})
    keep(talk)
    talk.wait(100_000)
    return talk


def balance(talk: Talk, network: int, server: int) -> None:
    """Make a load balancer with a service and targets of two sorts."""
    targets = [
        {"type": "server", "server": {"id": server}, "use_private_ip": True},
        {"type": "label_selector", "label_selector": {"selector": "a=b"}},
    ]
    fields = {"load_balancer_type": "lb11", "location": "fsn1", "network": network, "targets": targets}
    services = [{"protocol": "http"}, {"protocol": "tcp", "listen_port": 5, "destination_port": 6}]
    talk.post("/load_balancers", {"name": "lb", **fields, "services": services})


def keep(talk: Talk) -> None:
    """Make a storage box with a snapshot and a subaccount."""
    box = {"name": "b", "storage_box_type": "bx11", "location": "fsn1", "password": PASSWORD}
    ident = talk.post("/storage_boxes", box)["storage_box"]["id"]
    talk.wait()
    talk.post(f"/storage_boxes/{ident}/snapshots", {"description": "x"})
    talk.wait()
    talk.post(f"/storage_boxes/{ident}/subaccounts", {"home_directory": "a/b", "password": PASSWORD})
    talk.wait()


def test_reads_give_the_same_answers(busy: Talk) -> None:
    """Something of every kind is loaded from JSON, and every list answers as it was exported."""
    export = json.loads(json.dumps(exported(busy)))
    other = Talk()
    other.sandbox.clock.sleep(busy.sandbox.clock.now() - other.sandbox.clock.now())
    told = other.sandbox.load(export)
    assert told["left_out"] == []
    assert all(told["loaded"].values())
    assert exported(other) == export


def test_a_loaded_project_lives_on(busy: Talk) -> None:
    """New objects get ids and addresses that nobody has, and what was loaded can be changed and deleted."""
    export = exported(busy)
    other = Talk()
    other.sandbox.load(export)
    new = other.server("new", labels={"a": "b"})
    ips = [row["ip"] for row in other.get("/primary_ips")["primary_ips"]]
    assert len(set(ips)) == len(ips) == len(export["primary_ips"]) + 2
    assert new["id"] > max(
        row["id"] for rows in export.values() for row in rows if isinstance(row["id"], int)
    )
    assert new["load_balancers"] == [export["load_balancers"][0]["id"]]
    web = next(each for each in other.get("/servers")["servers"] if each["name"] == "web")
    assert other.act(f"/servers/{web['id']}/actions/poweroff")["status"] == "success"
    box = other.get("/storage_boxes")["storage_boxes"][0]["id"]
    other.post(f"/storage_boxes/{box}/subaccounts", {"home_directory": "c", "password": PASSWORD})
    other.good("DELETE", f"/servers/{web['id']}")
    other.wait()
    assert {each["name"] for each in other.get("/servers")["servers"]} == {"db", "new"}


PLACE = {"id": 3, "name": "hel1", "country": "FI"}
REAL: Export = {
    "servers": [
        {
            "id": 42815233, "name": "old", "status": "running", "created": "2021-03-04T05:06:07+00:00",
            "public_net": {
                "ipv4": {"id": 20117, "ip": "95.216.0.7", "blocked": False, "dns_ptr": "old.example.com"},
                "ipv6": None, "floating_ips": [], "firewalls": [],
            },
            "private_net": [], "server_type": {"id": 114, "name": "cx23", "prices": []},
            "datacenter": {"id": 3, "name": "hel1-dc2", "location": PLACE}, "location": PLACE,
            "image": {
                "id": 15512617, "type": "system", "status": "available", "name": "ubuntu-20.04",
                "description": "Ubuntu 20.04", "image_size": None, "disk_size": 5, "labels": {},
                "created": "2020-04-23T17:55:14+00:00", "created_from": None, "bound_to": None,
                "os_flavor": "ubuntu", "os_version": "20.04", "rapid_deploy": True, "deleted": None,
                "protection": {"delete": False}, "deprecation": None, "architecture": "x86",
            },
            "iso": None, "rescue_enabled": True, "locked": False, "backup_window": "22-02",
            "outgoing_traffic": 123456, "ingoing_traffic": None, "included_traffic": 21990232555520,
            "protection": {"delete": True, "rebuild": True}, "labels": {"env": "prod"}, "volumes": [],
            "load_balancers": [], "primary_disk_size": 40, "placement_group": None,
        }
    ],
    "primary_ips": [
        {
            "id": 20117, "name": "primary_ip-20117", "type": "ipv4", "ip": "95.216.0.7", "labels": {},
            "dns_ptr": [{"ip": "95.216.0.7", "dns_ptr": "old.example.com"}], "blocked": False,
            "created": "2021-03-04T05:06:07+00:00", "assignee_type": "server", "assignee_id": 42815233,
            "auto_delete": True, "protection": {"delete": False}, "location": PLACE,
        }
    ],
    "server_types": [],
}  # fmt: skip


def test_an_export_may_have_what_the_sandbox_does_not_sell(talk: Talk) -> None:
    """A retired image stays with its server, older fields and lists of the catalogue are told as left out."""
    told = talk.sandbox.load(REAL)
    assert told == {
        "loaded": {"servers": 1, "primary_ips": 1},
        "left_out": ["server_types", "servers.datacenter"],
    }
    server = talk.get("/servers?name=old")["servers"][0]
    assert (server["id"], server["image"]["id"], server["image"]["name"]) == (
        42815233,
        15512617,
        "ubuntu-20.04",
    )
    assert (server["created"], server["rescue_enabled"]) == ("2021-03-04T05:06:07Z", True)
    assert talk.refused("DELETE", "/servers/42815233") == (423, "protected")


def without(*path: Any) -> Export:
    """The export above without one thing in it."""
    return changed(*path, None)


def changed(*path: Any) -> Export:
    """The export above with another value (the last word) at a place; None takes it away."""
    export = deepcopy(REAL)
    *way, last, value = path
    place: Any = export
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return export


@pytest.mark.parametrize(
    ("export", "reason"),
    [
        (
            changed("primary_ips", 0, "blocked", True),
            r"primary_ips\[.*blocked: True in the export, False here",
        ),
        (changed("servers", 0, "status", "migrating"), "'migrating'; export again"),
        (changed("servers", 0, "locked", True), "locked: True in the export"),
        (changed("servers", 0, "server_type", {"name": "cx9000"}), "has no server_types 'cx9000'"),
        (changed("servers", 0, "volumes", [5]), "volumes"),
        (changed("servers", 0, "labels", {"a b": "c"}), r"servers\[old\]"),
        (changed("servers", 0, "created", "soon"), r"servers\[old\]: Invalid isoformat"),
        (without("servers", 0, "created"), r"servers\[old\] is incomplete: KeyError\('created'\)"),
        (without("primary_ips"), "public_net.ipv4: .* in the export, None here"),
        (
            {"servers": [*REAL["servers"], *REAL["servers"]], "primary_ips": REAL["primary_ips"]},
            "is there twice",
        ),
        ({"zones.rrsets": [{"id": "a/A", "zone": 7}]}, "zone with ID '7' not found"),
        ({"server": []}, "did you mean 'servers'"),
    ],
)
def test_what_cannot_be_represented_is_refused(talk: Talk, export: Export, reason: str) -> None:
    """Each difference names its place, and nothing is loaded."""
    before = talk.sandbox.snapshot()
    with pytest.raises(ValueError, match=reason):
        talk.sandbox.load(export)
    assert talk.sandbox.snapshot() == before


def test_only_an_empty_project_is_filled(talk: Talk) -> None:
    """A project that has something is left alone, another one can be filled."""
    talk.server()
    with pytest.raises(ValueError, match="not empty, it has primary_ips, servers"):
        talk.sandbox.load(REAL)
    talk.sandbox.load(REAL, project="copy")
    assert [server["name"] for server in talk.get("/servers")["servers"]] == ["web"]


def test_the_number_of_an_address_is_found_again(talk: Talk) -> None:
    """Addresses of the sandbox are recognised, others are not."""
    with talk.sandbox.inside() as project:
        for start in (0, 253, 254, 700, 762, 5000, 70_000):
            for version in ("ipv4", "ipv6"):
                project.meta[version] = start
                assert number_of(new_address(project, version)) == start + 1
    assert [number_of(ip) for ip in ("95.216.0.7", "2a01:4f8::/64", "203.0.113.0", "203.0.113.255")] == [
        0
    ] * 4
