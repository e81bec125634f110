"""What a change does to those who use an object, and what to be warned of."""

from __future__ import annotations

import pytest

from hetzner.apply.plans import Plan
from hetzner.domain.specs.effects import Toll
from tests.apply.stage import KEY, Stage

PRELUDE = (
    "defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13, ssh_keys: [k]}}\n"
    f"ssh_keys: {{k: {KEY}}}\n"
)
NETWORK = "networks: {net: {ip_range: 10.0.0.0/16, subnets: [10.0.0.0/17]}}\n"


def effects(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    """Return the effects of a plan by address, as far as there are any."""
    return {
        item.address: [(effect.toll.name, effect.what) for effect in item.effects]
        for item in plan
        if item.effects
    }


def after(before: str, wanted: str, *drift: tuple[str, str, dict[str, object]]) -> Plan:
    """Return the plan for what is wanted, on a stage where something was before."""
    stage = Stage()
    stage.converge(PRELUDE + before)
    for method, path, body in drift:
        row = stage.row("servers", "web")["id"]
        stage.talk.good(method, path.replace("<web>", str(row)), body)
        stage.talk.wait()
    return stage.plan(PRELUDE + wanted)


def test_off_only_when_it_runs() -> None:
    """A change for which it has to be off says for how long, unless it is off already."""
    before, wanted = "servers: {web: {}}\n", "servers: {web: {server_type: cx33}}\n"
    (off, grows) = next(iter(after(before, wanted).pending)).effects
    assert (off.toll, grows.toll, grows.what) == (Toll.OFF, Toll.GROWS, "disk 40 → 80 GB")
    assert off.seconds is not None
    assert 60 < off.seconds < 200
    stopped = after(before, wanted, ("POST", "/servers/<web>/actions/poweroff", {}))
    assert effects(stopped)["servers.web"] == [("GROWS", "disk 40 → 80 GB")]
    kept = after(before, "servers: {web: {server_type: cx33, keep_disk: true}}\n")
    assert [name for name, _ in effects(kept)["servers.web"]] == ["OFF"]


def test_what_goes_with_an_object() -> None:
    """Its disk and its addresses go, but not those that outlive it or are wanted again."""
    before = (
        NETWORK
        + "primary_ips: {ip: {type: ipv4, location: fsn1, auto_delete: false}}\n"
        + "servers: {web: {networks: {net: 10.0.0.5}, public_net: {ipv4: ip}, backups: yes}}\n"
        + "volumes: {data: {size: 10, location: fsn1}}\n"
        + "floating_ips: {vip: {type: ipv4, home_location: fsn1}}\n"
    )
    gone = effects(after(before, NETWORK + "primary_ips: {ip: {type: ipv4, location: fsn1}}\n"))
    assert [name for name, _ in gone["servers.web"]] == ["ADDRESS", "ADDRESS", "DATA"]
    assert gone["servers.web"][0][1].startswith("ipv6 ")
    assert gone["servers.web"][1:] == [
        ("ADDRESS", "private 10.0.0.5"),
        ("DATA", "local disk 40 GB and backups"),
    ]
    assert gone["volumes.data"] == [("DATA", "10 GB")]
    assert [name for name, _ in gone["floating_ips.vip"]] == ["ADDRESS"]
    bare = before.replace(", public_net: {ipv4: ip}", "")
    moved = effects(after(bare, bare.replace("{net: 10.0.0.5}", "{net: 10.0.0.5}, location: nbg1")))
    assert "private 10.0.0.5" not in str(moved["servers.web"])


def test_who_is_without_it_meanwhile() -> None:
    """A load balancer is without a target that goes off, be it named or chosen by its labels."""
    before = (
        "servers: {web: {labels: {role: web}}}\n"
        "load_balancers:\n  lb: {load_balancer_type: lb11, location: fsn1, targets: [{server: web}]}\n"
    )
    plan = after(before, before.replace("{web: {labels", "{web: {server_type: cx33, labels"))
    assert ("TARGET", "load_balancers.lb is without this target") in effects(plan)["servers.web"]


def test_a_target_that_goes_and_comes_back() -> None:
    """A target that is reached in another way is taken away and added again."""
    before = (
        NETWORK
        + "servers: {web: {networks: [net]}}\n"
        + "load_balancers:\n  lb:\n    {load_balancer_type: lb11, location: fsn1, networks: [net], "
        + "targets: [{server: web, use_private_ip: false}]}\n"
    )
    plan = after(before, before.replace("use_private_ip: false", "use_private_ip: true"))
    assert effects(plan)["load_balancers.lb"] == [("TARGET", "web")]


def test_data_that_a_change_loses() -> None:
    """A rebuild overwrites the disk, and backups go when they are switched off."""
    before = "servers: {web: {user_data: one, backups: yes, lifecycle: {rebuild_on: [user_data]}}}\n"
    plan = after(before, before.replace("one", "two").replace("yes", "no"))
    found = effects(plan)["servers.web"]
    assert ("DATA", "local disk 40 GB") in found
    assert ("DATA", "its backups") in found
    assert [name for name, _ in found].count("OFF") == 1


def warnings(plan: Plan) -> list[str]:
    """Return the warnings of a plan with their places."""
    return [f"{each.mark}: {each.message} ({each.help})" for each in plan.warnings]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("servers: {web: {image: debian-11}}\n", "debian-11 is deprecated: no new ones after 2026-12-01"),
        (
            "servers: {web: {server_type: cpx21, location: ash}}\n",
            "",
        ),
        (
            "servers: {web: {ssh_keys: []}}\n",
            "no ssh_keys: Hetzner makes a root password, which is not shown",
        ),
    ],
)
def test_warnings(wanted: str, told: str) -> None:
    """A plan warns, once and with the place, of what will go wrong although the file is right."""
    found = warnings(Stage().plan(PRELUDE + wanted))
    assert len(found) == bool(told)
    assert all(told in each and each.startswith("infra.yaml:") for each in found)


def test_sold_out() -> None:
    """What is sold out where it is wanted comes with where it is to be had; other choices make it none."""
    stage = Stage()
    stage.sandbox.faults.sell_out("cx23", "fsn1")
    (told,) = warnings(stage.plan(PRELUDE + "servers: {web: {}}\n"))
    assert "servers.web: cx23 is sold out in fsn1 for now (free now: nbg1, hel1)" in told
    assert not warnings(stage.plan(PRELUDE + "servers: {web: {server_type: [cx23, cx33]}}\n"))


def test_the_same_for_many_is_told_once() -> None:
    """Replicas with the same warning share it."""
    (told,) = warnings(Stage().plan(PRELUDE + "servers: {web: {count: 9, ssh_keys: []}}\n"))
    assert "servers.web-1 and 8 more: no ssh_keys" in told


def test_a_group_that_is_nearly_full() -> None:
    """Servers that are in a group already count, whoever owns them."""
    stage = Stage()
    group = "placement_groups: {g: {}}\n"
    stage.converge(PRELUDE + group + "servers: {web: {count: 8, placement_group: g}}\n")
    row = stage.row("placement_groups", "g")["id"]
    server = {"server_type": "cx23", "image": "debian-13", "placement_group": row}
    for name in ("theirs-1", "theirs-2"):
        stage.talk.good("POST", "/servers", {"name": name, **server})
    assert not warnings(stage.plan(PRELUDE + group + "servers: {web: {count: 8, placement_group: g}}\n"))
    (told,) = warnings(stage.plan(PRELUDE + group + "servers: {web: {count: 9, placement_group: g}}\n"))
    assert "at most 10 servers, and 11 are wanted (10 are there already)" in told


def test_firewalls_by_labels_count() -> None:
    """Firewalls that a server gets by its labels count beside its own ones."""
    stage = Stage()
    walls = "firewalls: {a: {}, b: {}, c: {}, d: {}, e: {}, s: {apply_to: role=web}}\n"
    server = "servers: {web: {labels: {role: web}, firewalls: [a, b, c, d%s]}}\n"
    stage.converge(PRELUDE + walls + server % "")
    assert not warnings(stage.plan(PRELUDE + walls + server % ""))
    (told,) = warnings(stage.plan(PRELUDE + walls + server % ", e"))
    assert "5 firewalls and 1 by its labels: a server takes at most 5" in told


def test_what_goes_on_is_left_in_peace() -> None:
    """A type that is not sold any more is no news to those who have it, only to those who want it."""
    stage = Stage()
    stage.converge(PRELUDE + "servers: {web: {}}\n")
    with stage.sandbox.inside() as project:
        row = project.table("servers").get(stage.row("servers", "web")["id"])
        assert row is not None
        old = next(each for each in stage.talk.get("/server_types?name=cx22")["server_types"])
        project.table("servers").update(row["id"], server_type=old["id"])
    kept = stage.plan(PRELUDE + "servers: {web: {server_type: cx22}}\n")
    assert (kept.is_empty, warnings(kept)) == (True, [])
    (told,) = warnings(
        stage.plan(PRELUDE + "servers: {web: {server_type: cx22}, new: {server_type: cx22}}\n")
    )
    assert "servers.new: cx22 is not sold any more" in told
    assert "use cx23 (2 cores, 4 GB, 40 GB disk)" in told


def test_who_is_without_a_firewall() -> None:
    """A firewall that goes leaves servers open that do not say so themselves: the plan does."""
    stage = Stage()
    server = "servers: {web: {server_type: cx23, image: debian-13%s}}\n"
    stage.converge("firewalls: {f: {rules: [tcp/22]}}\n" + server % ", firewalls: [f]")
    told = ("TARGET", "servers.web is without this firewall")
    assert told in effects(stage.prepared(server % "").plan)["firewalls.f"]
    assert "firewalls.f" not in effects(stage.prepared(server % ", firewalls: []").plan)
