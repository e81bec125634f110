"""Everything of a project moves to another location, as far as it can, and is kept where it cannot."""

from __future__ import annotations

from tests.apply.stage import Stage

PLACE = "project: shop\ndefaults: {location: %s, servers: {server_type: [cx23, cpx11], image: debian-13}}\n"
LAN = "networks: {lan: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24%s]}}\n"


def test_a_server_and_its_primary_ip() -> None:
    """Both are made anew in the other place in one run: the old server lets go of the address by going."""
    text = PLACE + "primary_ips: {ip: {type: ipv4}}\nservers: {web: {public_net: {ipv4: ip}}}\n"
    stage = Stage()
    stage.converge(text % "fsn1")
    stage.converge(text % "nbg1")
    server, ip = stage.row("servers", "web"), stage.row("primary_ips", "ip")
    assert (server["location"]["name"], ip["location"]["name"]) == ("nbg1", "nbg1")
    assert server["public_net"]["ipv4"]["id"] == ip["id"]


def test_a_server_whose_network_is_not_there() -> None:
    """A subnet stays in its zone, whatever location the network says now; so the old server is kept."""
    text = PLACE + LAN + "servers: {web: {networks: [lan]}}\n"
    stage = Stage()
    stage.converge(text % ("fsn1", ""))
    why = "lan has subnets in eu-central, and this one is in us-east"
    refused = stage.plan(text % ("ash", "")).refused
    assert [(item.address, item.refused) for item in refused] == [("servers.web", why)]
    stage.converge(text % ("ash", ", {ip_range: 10.0.2.0/24, network_zone: us-east}"))
    assert stage.row("servers", "web")["private_net"][0]["ip"].startswith("10.0.2.")
