"""A project with two or three of everything, tied together, for witnesses that ask at random."""

from __future__ import annotations

from typing import Any

from hetzner.sandbox import Sandbox
from tests.sandbox import boxes
from tests.sandbox.talk import Talk

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVhh6NrZ0kpc2m2gdKvpl0bZ0Vb1y0BfsWrbKEbKGTX me@here"
SUBNET = {"type": "cloud", "network_zone": "eu-central", "ip_range": "10.0.1.0/24"}
RULE = {"direction": "in", "protocol": "tcp", "port": "22", "source_ips": ["0.0.0.0/0"]}
HERE = {"location": "fsn1"}


def made(talk: Talk, kind: str, **body: Any) -> int:
    """Create an object and let it become what it will be."""
    answer = talk.post(f"/{kind}", body)
    talk.wait()
    ident: int = next(value["id"] for name, value in answer.items() if name in kind and "id" in value)
    return ident


def world(sandbox: Sandbox) -> None:
    """Fill a fresh sandbox; the same seed gives the same ids."""
    talk = Talk(sandbox, "t")
    made(talk, "ssh_keys", name="me", public_key=KEY)
    net = made(talk, "networks", name="net", ip_range="10.0.0.0/16", subnets=[SUBNET])
    made(talk, "networks", name="empty", ip_range="10.1.0.0/16")
    group = made(talk, "placement_groups", name="apart", type="spread")
    wall = made(talk, "firewalls", name="wall", rules=[RULE])
    made(talk, "firewalls", name="idle")
    web = talk.server("web", networks=[net], firewalls=[{"firewall": wall}], placement_group=group)["id"]
    off = talk.server("off", start_after_create=False, public_net={"enable_ipv6": False})["id"]
    made(talk, "volumes", name="data", size=10, server=web)
    made(talk, "volumes", name="free", size=10, **HERE)
    made(talk, "floating_ips", name="front", type="ipv4", server=web)
    made(talk, "floating_ips", name="spare", type="ipv6", home_location="fsn1")
    made(talk, "primary_ips", name="spare", type="ipv6", **HERE)
    service = {"protocol": "tcp", "listen_port": 25, "destination_port": 2525}
    target = {"type": "server", "server": {"id": web}}
    made(talk, "load_balancers", name="lb", load_balancer_type="lb11", services=[service], targets=[target],
         **HERE)  # fmt: skip
    made(talk, "load_balancers", name="bare", load_balancer_type="lb11", network=net, **HERE)
    made(talk, "zones", name="example.com", mode="primary")
    made(talk, "zones", name="example.net", mode="secondary",
         primary_nameservers=[{"address": "198.51.100.1"}])  # fmt: skip
    made(talk, "zones/example.com/rrsets", name="www", type="A", records=[{"value": "192.0.2.1"}])
    made(talk, "certificates", name="cert", type="managed", domain_names=["www.example.com"])
    talk.act(f"/servers/{off}/actions/create_image", {"type": "snapshot", "description": "kept"})
    box = boxes.box(talk)["id"]
    boxes.snapshot(talk, box)
    boxes.subaccount(talk, box)


def ids(sandbox: Sandbox) -> dict[str, list[Any]]:
    """The ids of everything that is in the project, by kind; those of images are the own ones only."""
    kinds = (
        "servers", "networks", "placement_groups", "firewalls", "volumes", "floating_ips", "primary_ips",
        "load_balancers", "zones", "certificates", "images", "ssh_keys", "storage_boxes", "actions",
        "storage_boxes.snapshots", "storage_boxes.subaccounts",
    )  # fmt: skip
    with sandbox.inside() as project:
        return {kind: [row["id"] for row in project.table(kind)] for kind in kinds}
