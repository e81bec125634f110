"""References between objects: in what order things happen, what is filled in when, and what is refused."""

from __future__ import annotations

import itertools

import pytest

from hetzner.apply.document import DocumentError
from hetzner.apply.observe import Observed
from hetzner.apply.plans import Verdict
from tests.apply.stage import Stage, read, steps

PRELUDE = "project: shop\ndefaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}\n"
ROUTED = """
networks:
  net:
    ip_range: 10.0.0.0/16
    subnets: [10.0.1.0/24]
    routes: [{destination: 10.8.0.0/24, gateway: "${servers.db.private_ip}"}]
servers:
  db: {networks: {net: 10.0.1.5}}
"""


@pytest.fixture
def stage() -> Stage:
    """An empty project."""
    return Stage()


def refused(stage: Stage, text: str) -> str:
    """Return what is said of a document that cannot be planned."""
    with pytest.raises(DocumentError) as caught:
        stage.plan(PRELUDE + text)
    return str(caught.value)


def test_a_route_through_a_server_of_the_network_comes_last(stage: Stage) -> None:
    """A network and a server that need each other are no circle: the route comes when the server is there."""
    assert [operation for operation, _ in steps(stage.plan(PRELUDE + ROUTED))["networks.net"]] == [
        "networks.create",
        "networks.actions.add_route",
    ]
    stage.converge(PRELUDE + ROUTED)
    assert stage.row("networks", "net")["routes"] == [{"destination": "10.8.0.0/24", "gateway": "10.0.1.5"}]


def test_a_route_follows_the_address_of_its_gateway_in_the_same_run(stage: Stage) -> None:
    """When the server gets another address, the route goes to that one, without a second run."""
    stage.converge(PRELUDE + ROUTED)
    stage.converge(PRELUDE + ROUTED.replace("10.0.1.5", "10.0.1.9"))
    assert stage.row("networks", "net")["routes"] == [{"destination": "10.8.0.0/24", "gateway": "10.0.1.9"}]


def test_a_route_follows_a_server_that_is_made_anew(stage: Stage) -> None:
    """A replaced server with another picked address takes its route along."""
    text = ROUTED.replace("{net: 10.0.1.5}", "[net]")
    stage.converge(PRELUDE + text)
    stage.converge(PRELUDE + text.replace("networks: [net]", "networks: [net], location: nbg1"))
    [route] = stage.row("networks", "net")["routes"]
    assert route["gateway"] == stage.row("servers", "db")["private_net"][0]["ip"]


def test_values_are_known_before_the_create(stage: Stage) -> None:
    """Cloud-init data, labels and reverse names wait for what they mention."""
    text = """
servers:
  db: {networks: {net: 10.0.1.5}}
  web:
    user_data: "db=${servers.db.private_ip}"
    labels: {db: "ip-${servers.db.private_ip}"}
    dns_ptr: "web-of-${servers.db.id}.example.com"
"""
    stage.converge(PRELUDE + NETWORK + text)
    web = stage.row("servers", "web")
    assert web["labels"]["db"] == "ip-10.0.1.5"
    assert web["public_net"]["ipv4"]["dns_ptr"] == f"web-of-{stage.row('servers', 'db')['id']}.example.com"


def test_one_value_for_each_replica(stage: Stage) -> None:
    """`[*]` stands for the values of all replicas."""
    text = """
servers: {web: {count: 2}}
firewalls: {db: {rules: [{protocol: tcp, port: 5432, source_ips: "${servers.web[*].ipv4}"}]}}
"""
    stage.converge(PRELUDE + text)
    [rule] = stage.row("firewalls", "db")["rules"]
    addresses = [stage.row("servers", f"web-{number}")["public_net"]["ipv4"]["ip"] for number in (1, 2)]
    assert rule["source_ips"] == sorted(f"{ip}/32" for ip in addresses)


def test_replicated_names_mean_all_replicas(stage: Stage) -> None:
    """The name of what there are several of stands for all of them, in lists and in maps."""
    text = """
firewalls: {f: {count: 2}}
networks:
  net: {for_each: {a: 10.1.0.0/16, b: 10.2.0.0/16}, ip_range: "${each.value}", subnets: ["${each.value}"]}
servers: {web: {firewalls: [f], networks: {net: {}}}, db: {networks: [net]}}
"""
    stage.converge(PRELUDE + text)
    web = stage.row("servers", "web")
    assert len(web["public_net"]["firewalls"]) == 2
    assert [len(stage.row("servers", name)["private_net"]) for name in ("web", "db")] == [2, 2]


def test_a_rename_is_seen_by_those_who_refer_to_it(stage: Stage) -> None:
    """The name of a renamed server is its new name, known before it is renamed."""
    stage.converge(PRELUDE + "servers: {old: {}}\n")
    text = 'servers: {new: {renamed_from: old}, web: {labels: {peer: "${servers.new.name}"}}}\n'
    create = steps(stage.plan(PRELUDE + text))["servers.web"][0][1]
    assert create["labels"]["peer"] == "new"
    stage.converge(PRELUDE + text)


def test_what_will_not_change_is_filled_in_beforehand(stage: Stage) -> None:
    """A value of an object that stays as it is makes no change of what refers to it."""
    text = 'servers: {db: {labels: {a: "1"}}, web: {labels: {db: "${servers.db.ipv4}"}}}\n'
    stage.converge(PRELUDE + text)
    verdicts = {item.address: item.verdict for item in stage.plan(PRELUDE + text.replace('"1"', '"2"'))}
    assert verdicts == {"servers.db": Verdict.UPDATE, "servers.web": Verdict.KEEP}


def test_circles_are_told() -> None:
    """Two servers whose creates need each other are refused before any request, with the way around."""
    with pytest.raises(DocumentError, match=r"servers\.a") as caught:
        read(PRELUDE + 'servers: {a: {user_data: "${servers.b.id}"}, b: {user_data: "${servers.a.id}"}}\n')
    assert "servers.b" in str(caught.value)


def test_unknown_attributes_are_told_with_what_there_is() -> None:
    """An attribute that a server has not is refused at its place."""
    with pytest.raises(DocumentError, match=r"infra.yaml:3:\d+") as caught:
        read(PRELUDE + 'servers: {db: {}, web: {user_data: "${servers.db.privat_ip}"}}\n')
    assert "private_ip" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("firewalls: {base: {}}\nservers: {web: {firewalls: [bas]}}\n", ["infra.yaml:4", "'bas'", "'base'"]),
        ("servers: {web: {networks: {nett: 10.0.0.1}}}\n", ["infra.yaml:3", "'nett'"]),
        (
            "servers: {web: {server_type: cx32x}}\n",
            ["infra.yaml:3", "server type", "'cx32x'", "did you mean"],
        ),
        ("servers: {web: {image: debian13}}\n", ["infra.yaml:3", "image", "'debian-13'"]),
        ("servers: {web: {location: fsn2}}\n", ["infra.yaml:3", "location", "'fsn1'"]),
    ],
)
def test_names_that_mean_nothing_are_told_at_their_place(stage: Stage, text: str, told: list[str]) -> None:
    """A wrong name is refused with its line and what was probably meant, and nothing was changed."""
    message = refused(stage, text)
    assert all(part in message for part in told), message
    assert not stage.writes()


def test_names_are_looked_for_in_the_cloud_too(stage: Stage) -> None:
    """What was probably meant may also be something that nobody declared."""
    stage.talk.post("/firewalls", {"name": "perimeter"})
    assert "perimeter" in refused(stage, "servers: {web: {firewalls: [perimetre]}}\n")


def test_a_failed_gateway_leaves_the_network(stage: Stage) -> None:
    """When the server fails, its route is skipped with the reason, and a second run adds it."""
    stage.sandbox.faults.fail_action("attach_to_network")
    result = stage.apply(PRELUDE + ROUTED)
    assert [item.address for item, _ in result.failed] == ["servers.db"]
    assert [(item.address, why) for item, why in result.skipped] == [
        ("networks.net", "needs servers.db, which failed")
    ]
    stage.converge(PRELUDE + ROUTED)


def test_a_value_that_turns_out_to_destroy_is_not_carried_out(stage: Stage) -> None:
    """What nobody could know when the plan was agreed to must not delete anything."""
    two = 'two: {ip_range: "${networks.one.ip_range}"}'
    stage.converge(PRELUDE + "networks: {two: {ip_range: 10.0.0.0/16}}\n")
    text = "networks: {one: {ip_range: 10.5.0.0/16}, " + two + "}\n"
    result = stage.apply(PRELUDE + text)
    assert [item.address for item in result.done] == ["networks.one"]
    [(item, why)] = result.skipped
    assert (item.address, "replace" in why) == ("networks.two", True)
    assert stage.row("networks", "two")["ip_range"] == "10.0.0.0/16"


APART = "networks: {a: {ip_range: 10.0.0.0/16}, b: {ip_range: %s, subnets: [%s]}}\n"
RANGE = "${networks.a.ip_range}"


@pytest.mark.parametrize(
    "text",
    [
        APART % ("10.0.0.0/16", f"'{RANGE}'"),
        APART % ("10.0.0.0/16", f"{{ip_range: '{RANGE}'}}") + "servers: {s: {networks: {b: 10.0.0.5}}}\n",
        APART % (f"'{RANGE}'", "10.0.1.0/24")
        + "servers: {s: {networks: {b: 10.0.1.5}}, t: {networks: [b]}}\n",
        "servers: {web: {}}\n"
        "load_balancers: {lb: {load_balancer_type: lb11, targets: ['${servers.web.id}']}}\n",
    ],
)
def test_what_is_only_known_later_is_no_hindrance(stage: Stage, text: str) -> None:
    """Nothing is said against what nobody knows yet, be it a whole item of a list or a part of one."""
    stage.converge(PRELUDE + text)


@pytest.mark.parametrize("field", ["networks", "firewalls"])
def test_objects_of_a_list_are_named(stage: Stage, field: str) -> None:
    """Where an id is given of something whose name would do, the error says so."""
    text = f"{NETWORK}firewalls: {{net: {{}}}}\nservers: {{web: {{{field}: ['${{{field}.net.id}}']}}}}\n"
    assert "name it: net" in refused(stage, text)


def test_a_private_server_whose_address_is_only_known_later(stage: Stage) -> None:
    """It is in a network, although nobody knows yet by which address."""
    gateway = "gw: {networks: {net: 10.0.1.5}}"
    inner = (
        "{public_net: {ipv4: false, ipv6: false}, networks: {net: {alias_ips: ['${servers.gw.private_ip}']}}}"
    )
    assert not stage.plan(f"{PRELUDE}{NETWORK}servers: {{{gateway}, inner: {inner}}}\n").refused


def test_what_is_built_before_it_is_filled_in_is_written_out(stage: Stage) -> None:
    """Routes and records wait for single values only, and say so."""
    server = "servers: {web: {}}\n"
    route = "networks: {net: {ip_range: 10.0.0.0/16, routes: ['${servers.web.private_ip}']}}\n"
    told = "networks.net.routes: ${servers.web.private_ip} cannot stand for all of it"
    assert told in refused(stage, server + route)
    records = "zones: {example.com: {records: {www: '${servers.web.ipv4}'}}}\n"
    told = "zones.example.com.records: ${servers.web.ipv4} cannot stand for all of it"
    assert told in refused(stage, server + records)


def test_what_is_never_clear_is_a_bug_and_no_endless_plan(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan that is thought over again and again comes to an end."""
    views = itertools.cycle([Observed({"networks": {}}), Observed({"networks": {}, "servers": {}})])
    monkeypatch.setattr("hetzner.apply.planning.viewed", lambda observed, items: next(views))
    with pytest.raises(RuntimeError, match="depends on itself"):
        stage.plan(PRELUDE + NETWORK)
