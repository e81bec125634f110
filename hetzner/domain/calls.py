"""Making the calls that a spec leads to: references become ids, and nothing of a call is left open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial, reduce
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from hetzner.api.errors import APIStatusError
from hetzner.domain.lookup import find, select, singular
from hetzner.domain.reference import Attribute, HasId, Named, Selector, plain
from hetzner.domain.specs import kind_of
from hetzner.domain.specs.facts import Call

SOLD_OUT = "resource_unavailable"
"""The code of a refusal by which nothing was made, and something else can be tried."""
ADDRESSES = (IPv4Network, IPv6Network, IPv4Address, IPv6Address)


class Resolver:
    """Finds what references stand for; each object is looked up once."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.known: dict[tuple[str, str], int] = {}

    def learn(self, kind: str, name: str, id: int) -> None:
        """Remember the id of an object."""
        self.known[kind, name] = id

    async def id(self, named: Named) -> int:
        """Return the id of an object; raises NotFound when there is none."""
        ref = named.ref
        if isinstance(ref, HasId) and not isinstance(ref, str):
            return int(ref.id)
        if isinstance(ref, int):
            return ref
        if isinstance(ref, Selector):
            return int((await select(self.client, named.kind, ref)).id)
        key = (named.kind, str(ref))
        if key not in self.known:
            self.known[key] = (await find(self.client, named.kind, ref)).id
        return self.known[key]

    async def fresh(self, named: Named) -> Any:
        """Return an object as it is now."""
        answer = await getattr(self.client, named.kind).retrieve(await self.id(named))
        return getattr(answer, singular(named.kind))

    async def attribute(self, attribute: Attribute) -> Any:
        """Return an attribute of an object, read afresh."""
        return kind_of(attribute.of.kind).attribute(await self.fresh(attribute.of), attribute.name)

    async def plain(self, value: Any) -> Any:
        """Return an argument in the form in which it is sent."""
        if isinstance(value, Named):
            return plain(value.ref) if value.by_name else await self.id(value)
        if isinstance(value, Attribute):
            return await self.attribute(value)
        if isinstance(value, Mapping):
            return {name: await self.plain(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [await self.plain(item) for item in value]
        return str(value) if isinstance(value, ADDRESSES) else value


async def bound(client: Any, call: Call, resolver: Resolver) -> Callable[[], Awaitable[Any]]:
    """Return what makes a call (as often as need be) and returns the answer, not waiting for its actions."""
    make = reduce(getattr, call.operation.split("."), client)
    arguments = await resolver.plain(call.arguments)
    return partial(make, *([] if call.of is None else [await resolver.id(call.of)]), **arguments)


async def perform(client: Any, call: Call, resolver: Resolver) -> Any:
    """Make one call and return the answer, not waiting for its actions; what is sold out takes turns."""
    *others, last = call.in_turn()
    for each in others:
        try:
            return await (await bound(client, each, resolver))()
        except APIStatusError as error:
            if error.code != SOLD_OUT:
                raise
    return await (await bound(client, last, resolver))()
