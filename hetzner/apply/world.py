"""What is known of every object while a plan is carried out: whether it is there yet, its id, its attributes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.apply.document import Reference, Unknown
from hetzner.apply.observe import Observed
from hetzner.apply.plan import CHANGING, Item, Plan, Verdict
from hetzner.domain.reference import Attribute, HasId, Named
from hetzner.domain.specs import kinds
from hetzner.domain.specs.facts import Call

Needs = tuple[Named, bool]
"""An object that must be there, or (True) must be as it is wanted."""


class Unmet(Exception):
    """Something that is needed failed."""


class World:
    """The objects of a project while they change."""

    def __init__(self, client: Any, plan: Plan, observed: Observed) -> None:
        self._client, self._plan, self._observed = client, plan, observed
        self._items = {str(item.named): item for item in plan}
        self._objects: dict[str, Any] = {}
        self._there: dict[str, asyncio.Event] = {}
        self._settled: dict[str, asyncio.Event] = {}
        self._failed: set[str] = set()
        for key, item in self._items.items():
            self._there[key], self._settled[key] = asyncio.Event(), asyncio.Event()
            if item.actual is not None and item.verdict is not Verdict.REPLACE:
                self._objects[key] = item.actual
                self._there[key].set()
            if item.verdict not in CHANGING:
                self._settled[key].set()

    def is_there(self, named: Named) -> bool:
        """Tell whether an object exists by now."""
        event = self._there.get(str(named))
        return event is None or event.is_set()

    def is_settled(self, named: Named) -> bool:
        """Tell whether an object is as it is wanted by now."""
        event = self._settled.get(str(named))
        return event is None or event.is_set()

    def is_replaced(self, kind: str, ref: Any) -> bool:
        """Tell whether an object is made anew by this plan."""
        item = self._items.get(f"{kind}.{ref}")
        return item is not None and item.verdict is Verdict.REPLACE

    async def there(self, named: Named) -> None:
        """Wait until an object exists; raises Unmet when that failed."""
        await self._reached(self._there, named)

    async def settled(self, named: Named) -> None:
        """Wait until an object is as it is wanted; raises Unmet when that failed."""
        await self._reached(self._settled, named)

    async def _reached(self, events: Mapping[str, asyncio.Event], named: Named) -> None:
        key = str(named)
        if (event := events.get(key)) is None:
            return
        await event.wait()
        if key in self._failed and (events is self._settled or key not in self._objects):
            raise Unmet(f"needs {key}, which failed")

    def settle(self, named: Named) -> None:
        """Note that an object is as it is wanted."""
        self._there[str(named)].set()
        self._settled[str(named)].set()

    def fail(self, named: Named) -> None:
        """Note that an object could not be made as it is wanted."""
        self._failed.add(str(named))
        self.settle(named)

    def learn(self, item: Item, call: Call, answer: Any) -> None:
        """Take over the object that an answer shows."""
        key = str(item.named)
        if call.operation == f"{item.kind.name}.delete":
            self._objects.pop(key, None)
        elif (found := getattr(answer, item.kind.singular, None)) is not None:
            self._objects[key] = found
            self._there[key].set()

    def needs(self, item: Item, call: Call) -> list[Needs]:
        """Return the objects that a call refers to, besides the item's own."""
        found = list(_references(call.arguments))
        if call.of is not None:
            found.append((call.of, False))
        known = [(named, whole) for named, whole in found if str(named) in self._items and named != item.named]
        return list(dict.fromkeys(known))

    def targets(self, reference: Reference) -> list[Named]:
        """Return the objects that a `${...}` waits for."""
        return [Named(reference.kind, target) for target in reference.targets]

    async def value(self, reference: Reference) -> Any:
        """Return what a `${...}` stands for, read afresh."""
        values = [await self.attribute(Attribute(named, reference.attribute)) for named in self.targets(reference)]
        return values if reference.many else values[0]

    async def attribute(self, attribute: Attribute) -> Any:
        """Return an attribute of an object, read afresh."""
        return kinds()[attribute.of.kind].attribute(await self.fresh(attribute.of), attribute.name)

    async def fresh(self, named: Named) -> Any:
        """Return an object as it is now."""
        answer = await getattr(self._client, named.kind).retrieve(self.id(named))
        found = self._objects[str(named)] = getattr(answer, kinds()[named.kind].singular)
        return found

    def id(self, named: Named) -> int:
        """Return the id of an object that is there."""
        if isinstance(named.ref, HasId) and not isinstance(named.ref, str):
            return int(named.ref.id)
        found = self._objects.get(str(named)) or self._observed.get(named.kind, named.ref)
        if found is None:
            raise Unmet(f"needs {named}, which is not there")
        return int(found.id)

    def told(self, named: Named) -> str:
        """Return what a person wants to know of an object that is done."""
        found = self._objects.get(str(named))
        if found is None:
            return ""
        address = next((a for name in ("ipv4", "private_ip") if (a := self._address(named.kind, found, name))), "")
        return f"id {found.id}" + (f"  {address}" if address else "")

    def _address(self, kind: str, found: Any, name: str) -> Any:
        read = kinds()[kind].attributes.get(name)
        return read(found) if read else None


def _references(value: Any) -> Iterator[Needs]:
    if isinstance(value, Named):
        yield value, False
    elif isinstance(value, Attribute):
        yield value.of, False
    elif isinstance(value, Unknown):
        for reference in value.references:
            yield from ((Named(reference.kind, target), True) for target in reference.targets)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _references(item)
