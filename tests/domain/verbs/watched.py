"""Scenarios of what the API keeps about an object: its actions, its metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.domain.faces import Face, done
from tests.domain.verbs.common import OPTIONS, records
from tests.domain.verbs.registry import SCENARIOS, tries

ACTED = [
    "Server", "Network", "Firewall", "Volume", "PrimaryIP", "FloatingIP", "Certificate", "LoadBalancer",
    "StorageBox", "Zone", "Image",
]  # fmt: skip


async def protected(face: Face, kind: str) -> Any:
    """Return an object of a kind after something was done with it."""
    if kind == "Image":
        made = await done((await face.server()).create_image("before"))
    elif kind == "Zone":
        made = await face.zone()
    else:
        made = await done((await records(face, kind)).create("one", **OPTIONS[kind]))
    if kind == "Firewall":
        await done(made.set_rules(["icmp"]))
    elif kind != "Certificate":
        await done(made.change_protection(delete=True))
    return made


async def actions(face: Face, kind: str) -> None:
    """The newest comes first, in one request, and a status narrows them."""
    made = await protected(face, kind)
    last = {"Firewall": "set_firewall_rules", "Certificate": "create_certificate"}
    with face.requests() as asked:
        found = await done(made.actions())
    assert asked == [f"{made.kind}.actions.{'list_of' if kind == 'PrimaryIP' else 'list'}"]
    assert found[0].command == last.get(kind, "change_protection")
    assert [each.id for each in found] == sorted((each.id for each in found), reverse=True)
    assert await done(made.actions(status="error")) == []
    assert await done(made.actions(status=["success", "error"])) == found


def _of(kind: str) -> Callable[[Face], Awaitable[None]]:
    return lambda face: actions(face, kind)


for _kind in ACTED:
    SCENARIOS[f"{_kind}.actions"] = _of(_kind)


@tries("Server.metrics")
async def server_metrics(face: Face) -> None:
    """They are of the last hour, or of the period that is said, in steps of so many seconds."""
    web = await face.server()
    now = datetime.fromtimestamp(face.client._core.port.clock.wall(), UTC)
    told = await done(web.metrics("cpu"))
    assert (told.end - told.start, list(told.time_series)) == (timedelta(hours=1), ["cpu"])
    assert abs(told.end - now) < timedelta(minutes=1)
    start = now - timedelta(minutes=10)
    with pytest.raises(ValueError, match="has no time zone"):
        await done(web.metrics("cpu", start=start.replace(tzinfo=None)))
    told = await done(web.metrics(["cpu", "network"], start=start, end=now, step=60))
    assert abs(told.start - start) < timedelta(minutes=1)
    assert told.step == 60
    assert {name.partition(".")[0] for name in told.time_series} == {"cpu", "network"}


@tries("LoadBalancer.metrics")
async def load_balancer_metrics(face: Face) -> None:
    """Load balancers have series of their own."""
    balancer = await done(face.LoadBalancer.create("lb", "lb11", location="fsn1"))
    told = await done(balancer.metrics("open_connections"))
    assert list(told.time_series) == ["open_connections"]
