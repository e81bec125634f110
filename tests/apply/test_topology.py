"""The picture of a project as a model: what stands where, and what leads to what."""

import pytest

from hetzner.apply.folding import folded
from hetzner.apply.plans import Verdict
from hetzner.apply.topology import INTERNET, Topology, topology
from hetzner.domain.specs.drawing import Role
from hetzner.domain.specs.selecting import picks
from hetzner.sandbox.labels import selector as sandbox_selector
from tests.apply.stage import KEY, Stage, read
from tests.cli.picturing import declared

WEB = f"""
ssh_keys:
  ops: {KEY}
networks:
  internal: {{ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}
  backend: {{ip_range: 10.1.0.0/16, subnets: [10.1.1.0/24]}}
placement_groups:
  spread: {{}}
firewalls:
  web: {{rules: [tcp/80, icmp]}}
  role: {{rules: [tcp/22], apply_to: "role in (web, db)"}}
  idle: {{rules: []}}
defaults: {{location: fsn1, servers: {{server_type: cx23, image: debian-13}}}}
servers:
  web:
    count: 2
    networks: [internal, backend]
    placement_group: spread
    firewalls: [web]
    labels: {{role: web}}
  db: {{networks: {{internal: 10.0.1.10}}, public_net: {{ipv4: false, ipv6: false}}}}
"""


def lines(picture: Topology) -> set[tuple[str, str]]:
    """Return what leads to what."""
    return {(edge.source, edge.target) for edge in picture.edges}


def planned(stage: Stage, text: str, **options: bool) -> Topology:
    """Return the picture of a plan."""
    prepared = stage.go(lambda client: stage._prepared(client, text, options, False))
    return topology(prepared.plan.document, prepared.plan, prepared.observed)


def test_what_a_server_is_in() -> None:
    """It stands in its first network and in its placement group; it wears firewalls, also those by label."""
    picture = topology(read(WEB))
    web = picture.nodes["servers.web-1"]
    assert web.boxes == (("networks.backend", ""), ("networks.internal", ""))
    assert web.outline == "placement_groups.spread"
    assert web.badges == ("firewalls.role", "firewalls.web")
    assert picture.nodes["servers.db"].boxes == (("networks.internal", "10.0.1.10"),)
    assert [node.address for node in picture.aside] == ["ssh_keys.ops", "firewalls.idle"]
    assert {node.role for node in picture.placed} == {Role.MACHINE}
    assert not picture.planned


def test_the_internet_leads_to_what_is_public() -> None:
    """A line from the Internet goes to servers with a public address, and to no other."""
    assert lines(topology(read(WEB))) == {(INTERNET, "servers.web-1"), (INTERNET, "servers.web-2")}


def test_the_plan_marks_everything() -> None:
    """Objects have the verdicts of the plan, lines come and go with their ends, addresses are those given."""
    stage = Stage()
    stage.converge(WEB)
    picture = planned(stage, WEB.replace("count: 2", "count: 1").replace("tcp/80", "tcp/443"))
    assert picture.planned
    assert picture.nodes["servers.web-2"].verdict is Verdict.DELETE
    assert picture.nodes["servers.web-2"].base == "web"
    assert picture.nodes["servers.web-2"].boxes[0][0] == "networks.backend"
    assert picture.nodes["firewalls.web"].verdict is Verdict.UPDATE
    assert picture.nodes["servers.db"].verdict is Verdict.KEEP
    fates = {edge.target: edge.verdict for edge in picture.edges}
    assert fates == {"servers.web-1": None, "servers.web-2": Verdict.DELETE}
    address = dict(picture.nodes["servers.web-1"].boxes)["networks.internal"]
    assert address.startswith("10.0.1.")
    assert picture.count(Verdict.DELETE) == 1


def test_what_is_not_declared_is_drawn_when_it_is_referred_to() -> None:
    """A firewall that exists besides is a badge that is used as it is; other strangers are not drawn."""
    stage = Stage()
    stage.talk.post("/firewalls", {"name": "corp", "rules": []})
    stage.talk.post("/firewalls", {"name": "other", "rules": []})
    picture = planned(stage, WEB.replace("firewalls: [web]", "firewalls: [corp]"))
    assert picture.nodes["servers.web-1"].badges == ("firewalls.role", "firewalls.corp")
    assert picture.nodes["firewalls.corp"].verdict is Verdict.USE
    assert "firewalls.other" not in picture.nodes


def test_replicas_that_are_alike_are_one() -> None:
    """From six on they are drawn as one, with one line; one that differs stands alone; 0 folds nothing."""
    text = WEB.replace("count: 2", "count: 9")
    picture = folded(topology(read(text)))
    assert picture.nodes["servers.web-1"].names[-1] == "web-9"
    assert lines(picture) == {(INTERNET, "servers.web-1")}
    assert len(folded(topology(read(text)), 0).placed) == 10
    assert len(folded(topology(read(text)), 10).placed) == 10


def test_order_in_the_file_does_not_matter() -> None:
    """The same objects in another order make the same picture."""
    kinds = WEB.strip().split("\n")
    start = [number for number, line in enumerate(kinds) if not line.startswith(" ")]
    blocks = ["\n".join(kinds[a:b]) for a, b in zip(start, [*start[1:], None], strict=True)]
    one, other = topology(read(WEB)), topology(read("\n".join(reversed(blocks))))
    assert [*one.nodes] == [*other.nodes]
    assert one.edges == other.edges


def test_every_kind_of_the_example() -> None:
    """Zones lead to what their records mean, balancers to their targets, and so on; labels say how."""
    picture = declared()
    said = {
        (edge.source.partition(".")[2], edge.target.partition(".")[2]): edge.labels for edge in picture.edges
    }
    assert said == {
        ("", "example.com"): (),
        ("", "db"): (),
        ("", "worker-eu"): (),
        ("", "worker-fi"): (),
        ("example.com", "lb"): ("@", "www"),
        ("example.com", "vip"): ("vip",),
        ("example.com", "web-1"): ("web",),
        ("example.com", "web-2"): ("web",),
        ("lb", "web-1"): (":8080",),
        ("lb", "web-2"): (":8080",),
        ("vip", "web-1"): (),
        ("db", "pgdata"): (),
    }
    nodes = picture.nodes
    assert nodes["servers.db"].badges == ("firewalls.base", "firewalls.db", "primary_ips.db-ip")
    assert nodes["load_balancers.lb"].badges == ("certificates.shop",)
    assert nodes["load_balancers.lb"].boxes == (("networks.internal", "10.0.1.2"),)
    assert {node.role for node in nodes.values()} == {*Role}


def test_a_record_leads_to_whoever_has_its_address() -> None:
    """An address in a zone, and one that a balancer sends to, are found among those that objects have."""
    stage = Stage()
    text = "servers: {old: {server_type: cx23, image: debian-13, location: fsn1}}\n"
    stage.converge(text)
    ip = stage.row("servers", "old")["public_net"]["ipv4"]["ip"]
    text += (
        "zones:\n  example.com:\n"
        f"    records: {{mail: {{A: {ip}}}, alias: {{CNAME: mail}}, x: {{A: 192.0.2.9}}}}\n"
        "load_balancers:\n  lb:\n    load_balancer_type: lb11\n    location: fsn1\n"
        f"    services: [{{protocol: http}}]\n    targets: [{{ip: {ip}}}, {{ip: 192.0.2.9}}]\n"
    )
    picture = planned(stage, text)
    found = {(edge.source, edge.target): edge.labels for edge in picture.edges}
    assert found["zones.example.com", "servers.old"] == ("mail", "alias")
    assert found["load_balancers.lb", "servers.old"] == (":80",)
    assert (INTERNET, "servers.old") not in found


def test_lines_that_a_plan_moves() -> None:
    """A volume that goes from one server to another has a line that comes and one that goes."""
    stage = Stage()
    text = """
    defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}
    servers: {a: {}, b: {}}
    volumes: {data: {size: 10, server: a}}
    floating_ips: {vip: {type: ipv4, server: a}}
    """
    stage.converge(text)
    picture = planned(stage, text.replace("size: 10, server: a", "size: 10, server: b"))
    fates = {(edge.source, edge.target): edge.verdict for edge in picture.edges}
    assert fates["servers.a", "volumes.data"] is Verdict.DELETE
    assert fates["servers.b", "volumes.data"] is Verdict.CREATE
    assert fates["floating_ips.vip", "servers.a"] is None


def test_a_primary_ip_is_on_its_server() -> None:
    """It is a badge, whether the server names it or it names the server, and aside when nobody has it."""
    picture = topology(
        read(
            """
            defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}
            servers: {a: {public_net: {ipv4: one}}, b: {}}
            primary_ips:
              one: {type: ipv4}
              two: {type: ipv6, assignee: b}
              idle: {type: ipv4}
            """
        )
    )
    assert picture.nodes["servers.a"].badges == ("primary_ips.one",)
    assert picture.nodes["servers.b"].badges == ("primary_ips.two",)
    assert [node.name for node in picture.aside] == ["idle"]


SELECTORS = [
    ("role=web", True), ("role==web", True), ("role!=web", False), ("role", True), ("!role", False),
    ("role in (db, web)", True), ("role notin (db,web)", False), ("env!=prod", True), ("!env", True),
    ("role=web,env=prod", False), ("role in (web),!env", True), ("", True), ("env notin (prod)", True),
]  # fmt: skip


@pytest.mark.parametrize(("selector", "is_picked"), SELECTORS)
def test_selectors_pick_what_the_api_picks(selector: str, is_picked: bool) -> None:
    """A label selector picks the same here as in the sandbox."""
    labels = {"role": "web"}
    assert picks(selector, labels) is sandbox_selector(selector)(labels) is is_picked
