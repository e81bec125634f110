"""What things cost: sums of the prices that the API tells, down to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hetzner.domain.costs import NOTHING, Amount, Cost, located
from hetzner.schema.common import LocationPrice
from tests.domain.faces import KEY, Face, done


async def prices(face: Face) -> Any:
    """Return the price list."""
    return await done(face.Pricing.get())


async def test_the_price_of_a_server_needs_no_request(face: Face) -> None:
    """It is that of its type where it stands, and shows itself."""
    web = await face.server()
    with face.requests() as made:
        price = web.price
    assert made == []
    (told,) = [each for each in web.server_type.prices if each.location == "fsn1"]
    assert str(price.monthly.net) == told.price_monthly.net
    assert str(price.hourly.gross) == told.price_hourly.gross
    assert str(price) == f"{price.monthly.net:.2f} net, {price.monthly.gross:.2f} gross a month"
    assert face.Server.lenient({"id": 1}).price is None


async def test_a_server_all_in_all(face: Face) -> None:
    """Its IPv4 address is part of it, and its backups, a fifth of the type's price."""
    list_of = await prices(face)
    web = await face.server(backups=True)
    ((ip, _),) = [(each, each) for each in list_of.primary_ips if each.type == "ipv4"]
    address = located(ip.prices, "fsn1")
    assert address
    assert web.price
    assert list_of.cost(web) == web.price + web.price * Decimal("0.2") + address


async def test_other_things(face: Face) -> None:
    """Each kind by its own price; what is free costs nothing, and what has no price says so."""
    list_of = await prices(face)
    data = await done(face.Volume.create("data", size=10, location="fsn1"))
    assert list_of.cost(data).monthly.net == Decimal(list_of.volume.price_per_gb_month.net) * 10
    assert list_of.cost(data).hourly is None
    vip = await done(face.FloatingIP.create("vip", type="ipv4", home_location="fsn1"))
    assert list_of.cost(vip).monthly.net > 0
    ip = await done(face.PrimaryIP.create("ip", type="ipv4", location="fsn1"))
    assert list_of.cost(ip).monthly.net > 0
    balancer = await done(face.LoadBalancer.create("lb", "lb11", location="fsn1"))
    assert list_of.cost(balancer).monthly.net == Decimal("7.49")
    box = await face.storage_box()
    assert list_of.cost(box).monthly.net == Decimal("3.2")
    image = await done((await face.server()).create_image())
    size = Decimal(str(image.image_size))
    assert list_of.cost(image).monthly.net == Decimal(list_of.image.price_per_gb_month.net) * size
    for free in (await face.network(), await done(face.SSHKey.create("me", public_key=KEY))):
        assert list_of.cost(free) == NOTHING
    with pytest.raises(TypeError, match=r"does not tell what Location\(fsn1"):
        list_of.cost(await done(face.Location.find("fsn1")))


async def test_what_is_not_sold_any_more_there(face: Face) -> None:
    """A server without a price is an error rather than free."""
    list_of, web = await prices(face), await face.server()
    bare = face.Server.lenient({**web.to_dict(), "location": {"id": 9, "name": "nowhere"}})
    with pytest.raises(LookupError, match=r"there is no price for Server\(web"):
        list_of.cost(bare)


def test_sums() -> None:
    """Amounts add up exactly; a sum has an hourly price when all its parts have one."""
    one = Cost(Amount(Decimal("0.1"), Decimal("0.2")), Amount(Decimal("0.01"), Decimal("0.02")))
    assert sum([one, one, one], NOTHING) == one * 3
    assert sum([one] * 3, NOTHING).monthly.net == Decimal("0.3")
    assert sum(one for _ in range(3)) == one * 3
    assert sum([one.monthly] * 3) == one.monthly * 3
    wrong: Any = 1
    with pytest.raises(TypeError):
        _ = wrong + one
    assert (one + Cost(one.monthly, None)).hourly is None


def test_a_price_that_is_none() -> None:
    """A broken API is told, not calculated with."""
    broken = LocationPrice.lenient({"location": "fsn1", "price_monthly": {"net": "much", "gross": None}})
    with pytest.raises(ValueError, match="is no price"):
        located([broken], "fsn1")


async def test_estimates_of_what_is_not_there(face: Face) -> None:
    """Each kind by the options of its create; what is unknown or has no price says so, in no request."""
    list_of = await prices(face)
    box_type = await done(face.StorageBoxType.find("bx11"))
    with face.requests() as made:
        ten = list_of.estimate(face.Volume, size=10).monthly.net
        assert list_of.estimate(face.Volume, size=20).monthly.net == 2 * ten > 0
        assert list_of.estimate(face.Network, ip_range="10.0.0.0/16") == NOTHING
        assert list_of.estimate(face.StorageBox, storage_box_type=box_type).monthly.net == Decimal("3.2")
        plain = list_of.estimate(face.Server, server_type="cx23", location="fsn1", public_net={"ipv4": False})
        assert (
            plain.monthly.net < list_of.estimate(face.Server, server_type="cx23", location="fsn1").monthly.net
        )
        with pytest.raises(TypeError, match=r"estimate\(Server\) got an unexpected .* 'server_type'"):
            list_of.estimate(face.Server, servertype="cx23")
        with pytest.raises(TypeError, match="does not tell"):
            list_of.estimate(face.Image)
    assert made == []


async def test_what_has_no_estimate_says_why(face: Face) -> None:
    """A type that is missing, unknown, not sold there, or not in the price list; and what is no record."""
    list_of = await prices(face)
    with pytest.raises(LookupError, match="there is no server type 'cx32'; did you mean"):
        list_of.estimate(face.Server, server_type="cx32")
    with pytest.raises(LookupError, match="has no price for 'cx23' in that location"):
        list_of.estimate(face.Server, server_type="cx23", location="mars")
    with pytest.raises(LookupError, match="has no storage box types: give a storage box type as an object"):
        list_of.estimate(face.StorageBox, storage_box_type="bx11")
    with pytest.raises(TypeError, match="missing required arguments: 'server_type'"):
        list_of.estimate(face.Server, location="fsn1")
    wrong: Any = "server"
    with pytest.raises(TypeError, match="takes a class of records such as Server, not 'server'"):
        list_of.estimate(wrong)
    with pytest.raises(TypeError, match=r"cost\(\) takes a record .*, not str"):
        list_of.cost(wrong)
