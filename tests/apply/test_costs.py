"""What a plan costs a month: every kind by its own price, everything once, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hetzner import AsyncHetzner
from hetzner.apply.choice import Options
from hetzner.apply.converge import prepare
from hetzner.apply.plans import Plan
from tests.apply.stage import Stage, read

PRELUDE = "defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
CX23, CX33, IPV4 = Decimal("5.49"), Decimal("8.49"), Decimal("0.50")
NONE = Decimal(0)
IMAGE = Decimal("0.0110")
GB, FLOATING, LB11, BX11 = Decimal("0.0572"), Decimal("3.00"), Decimal("7.49"), Decimal("3.20")
SECRET = "variables: {pw: {default: 'Sesame-open-42!', secret: true}}\n"


def priced(stage: Stage, text: str, *, destroy: bool = False, costs: bool = False) -> Plan:
    """Return a plan with what it costs."""
    options = Options(destroy=destroy)

    async def work(client: AsyncHetzner) -> Plan:
        return (await prepare(client, read(PRELUDE + text), options, figures=True, costs=costs)).plan

    return stage.go(work)


def bill(plan: Plan) -> tuple[Decimal, Decimal]:
    """Return what everything costs now and then, without VAT."""
    assert plan.bill is not None
    assert (plan.bill.currency, plan.bill.unpriced) == ("EUR", ())
    return plan.bill.now.net, plan.bill.then.net


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("servers: {web: {}}\n", CX23 + IPV4),
        ("servers: {web: {count: 3}}\n", 3 * (CX23 + IPV4)),
        ("servers: {web: {public_net: {ipv4: false}}}\n", CX23),
        ("servers: {web: {backups: yes}}\n", CX23 * Decimal("1.2") + IPV4),
        ("servers: {web: {server_type: [cx33, cx23]}}\n", CX33 + IPV4),
        (
            "primary_ips: {ip: {type: ipv4, location: fsn1}}\nservers: {web: {public_net: {ipv4: ip}}}\n",
            CX23 + IPV4,
        ),
        ("primary_ips: {six: {type: ipv6, location: fsn1}}\n", Decimal(0)),
        ("volumes: {data: {size: 50, location: fsn1}}\n", 50 * GB),
        ("floating_ips: {vip: {type: ipv4, home_location: fsn1}}\n", FLOATING),
        ("load_balancers: {lb: {load_balancer_type: lb11, location: fsn1}}\n", LB11),
        (SECRET + 'storage_boxes: {box: {storage_box_type: bx11, password: "${pw}"}}\n', BX11),
    ],
)
def test_each_kind(text: str, costs: Decimal) -> None:
    """What is made costs what the price list says, and as much when it is there."""
    stage = Stage()
    assert bill(priced(stage, text)) == (NONE, costs)
    assert stage.apply(PRELUDE + text).complete
    assert bill(priced(stage, "servers: {}\n", destroy=True)) == (costs, NONE)


def test_what_is_free() -> None:
    """Where nothing has a price nobody asks for any."""
    stage = Stage()
    plan = priced(stage, "networks: {n: {ip_range: 10.0.0.0/16}}\nfirewalls: {f: {}}\n")
    assert plan.bill is None
    assert all(entry.operation != "pricing.retrieve" for entry in stage.sandbox.log)


def test_one_request_for_all_prices() -> None:
    """Whatever there is in a plan, the prices are asked for once."""
    stage = Stage()
    priced(stage, "servers: {web: {count: 20}}\nvolumes: {d: {size: 10, location: fsn1}}\n")
    assert sum(entry.operation == "pricing.retrieve" for entry in stage.sandbox.log) == 1


def test_changes() -> None:
    """Each item tells what it changes; what is unchanged counts in the sum, what is not owned does not."""
    stage = Stage()
    stage.converge(PRELUDE + "servers: {a: {}, b: {}, c: {}}\n")
    stage.talk.good("POST", "/servers", {"name": "theirs", "server_type": "cx23", "image": "debian-13"})
    plan = priced(stage, "servers: {a: {server_type: cx33}, b: {}, theirs: {}}\n")
    assert bill(plan) == (3 * (CX23 + IPV4), CX23 + CX33 + 2 * IPV4)
    more = {
        item.name: item.then.monthly.net - item.now.monthly.net
        for item in plan
        if item.now is not None and item.then is not None
    }
    assert more == {"a": CX33 - CX23, "b": NONE, "c": -CX23 - IPV4}
    assert plan.bill is not None
    assert plan.bill.increase.gross == plan.bill.then.gross - plan.bill.now.gross


def test_snapshots() -> None:
    """A snapshot that servers are, or will be, made of counts once, now and then; others do not count."""
    stage = Stage()
    old = stage.talk.server("golden")["id"]
    for app in ("shop", "shop", "blog"):
        stage.talk.act(f"/servers/{old}/actions/create_image", {"labels": {"app": app}})
        stage.talk.wait(60)
    first, second, _ = stage.talk.get("/images?type=snapshot&sort=id:asc")["images"]
    text = f"servers: {{a: {{image: {first['id']}}}, b: {{image: {first['id']}}}}}\n"
    one = Decimal(str(first["image_size"])) * IMAGE
    assert bill(priced(stage, text)) == (one, one + 2 * (CX23 + IPV4))
    stage.converge(PRELUDE + text)
    newest = "servers: {a: {image: {label_selector: app=shop, most_recent: true}}, b: {image: debian-13}}\n"
    both = 2 * (CX23 + IPV4) + one
    assert bill(priced(stage, newest, costs=True)) == (both, both)  # a newer one is told, and not used
    plan = priced(stage, newest.replace("a: {", "a: {lifecycle: {rebuild_on: [image]}, "))
    two = one + Decimal(str(second["image_size"])) * IMAGE
    assert plan.bill is not None
    assert (plan.bill.then.net, plan.bill.snapshots.net) == (2 * (CX23 + IPV4) + two, two)


def test_prices_of_what_stays() -> None:
    """Where nothing is to be done nobody asks what it costs, unless that is wanted: now is then."""
    stage = Stage()
    stage.converge(PRELUDE + "servers: {web: {}}\n")
    assert priced(stage, "servers: {web: {}}\n").bill is None
    assert bill(priced(stage, "servers: {web: {}}\n", costs=True)) == (CX23 + IPV4, CX23 + IPV4)


def test_what_has_no_price() -> None:
    """What nobody tells the price of is named, and the rest is summed up."""
    stage = Stage()
    plan = priced(stage, "servers: {web: {}, old: {server_type: cx22}}\n")
    assert plan.bill is not None
    assert (plan.bill.unpriced, plan.bill.then.net) == (("servers.old",), CX23 + IPV4)
