"""Making the calls that a spec leads to: references become ids, and each call is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from hetzner.domain.lookup import find
from hetzner.domain.reference import Attribute, HasId, Named, plain
from hetzner.domain.specs import kinds
from hetzner.domain.specs.facts import Call


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
        key = (named.kind, str(ref))
        if key not in self.known:
            self.known[key] = (await find(self.client, named.kind, ref)).id
        return self.known[key]

    async def attribute(self, attribute: Attribute) -> Any:
        """Return an attribute of an object, read afresh."""
        return kinds()[attribute.of.kind].attribute(await self.fresh(attribute.of), attribute.name)

    async def fresh(self, named: Named) -> Any:
        """Return an object as it is now."""
        answer = await getattr(self.client, named.kind).retrieve(await self.id(named))
        return getattr(answer, kinds()[named.kind].singular)

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
        return str(value) if isinstance(value, IPv4Network | IPv6Network | IPv4Address | IPv6Address) else value


def operation(client: Any, name: str) -> Any:
    """Return an operation of the client by its dotted name."""
    return reduce(getattr, name.split("."), client)


async def perform(client: Any, call: Call, resolver: Resolver) -> Any:
    """Make one call (not waiting for its actions) and return the answer."""
    arguments = await resolver.plain(call.arguments)
    if call.of is not None:
        return await operation(client, call.operation)(await resolver.id(call.of), **arguments)
    return await operation(client, call.operation)(**arguments)


def actions_of(answer: Any) -> list[Any]:
    """Return every action that an answer carries."""
    if answer is None:
        return []
    found = [getattr(answer, "action", None), *(getattr(answer, "actions", None) or [])]
    return [action for action in [*found, *(getattr(answer, "next_actions", None) or [])] if action is not None]
