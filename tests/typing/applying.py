"""What type checkers must see of planning and applying from Python; checked, never run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from hetzner import AsyncHetzner, Hetzner
from hetzner.apply import Document, Plan, Refused, Result, apply, declare, load, plan
from hetzner.apply.events import Event


def blocking(client: Hetzner) -> None:
    """With the blocking client the results come at once, from files, documents and maps."""
    document = declare({"project": "shop", "servers": {"web": {"server_type": "cx23", "image": "debian-13"}}})
    assert_type(document, Document)
    assert_type(load([Path("infra.yaml")]), Document)
    assert_type(plan(client, document), Plan)
    assert_type(plan(client, "infra.yaml", adopt=True, target=["servers.web"], exclude=("volumes",)), Plan)
    assert_type(apply(client, plan(client, {"project": "shop"}), parallel=4), Result)
    plan(client, document, adopted=True)  # type: ignore[call-overload]  # pyright: ignore


async def awaited(client: AsyncHetzner) -> None:
    """With the awaited client they are awaited."""
    todo = await plan(client, Path("infra"))
    assert_type(todo, Plan)

    def listen(event: Event) -> None:
        print(event.item.address)

    try:
        assert_type(await apply(client, todo, allow_destroy=True, max_destroy=3, listen=listen), Result)
    except Refused as refused:
        assert_type(refused.plan, Plan)
