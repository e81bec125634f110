"""What is known of every object while a plan is carried out: whether it is there, its id, its attributes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hetzner.apply.document import Reference, Secret, Unknown, resolve, unknowns
from hetzner.apply.observe import Observed
from hetzner.apply.plans import CHANGING, DESTRUCTIVE, Item, Plan, Verdict
from hetzner.apply.waits import Ahead, Unmet, Waits
from hetzner.domain.calls import Resolver
from hetzner.domain.lookup import NotFound
from hetzner.domain.reference import Attribute, Named
from hetzner.domain.specs import kinds
from hetzner.domain.specs.facts import Call

Needs = tuple[Named, bool]
"""An object that must be there, or (True) must be as it is wanted."""


class World(Resolver):
    """The objects of a project while they change."""

    def __init__(self, client: Any, plan: Plan, observed: Observed) -> None:
        super().__init__(client)
        self._observed = observed
        self._items = {str(item.named): item for item in plan}
        self._objects: dict[str, Any] = {}
        self._there: dict[str, asyncio.Event] = {}
        self._settled: dict[str, asyncio.Event] = {}
        self._left: dict[str, asyncio.Event] = {}
        self._failed: set[str] = set()
        self._unusable: set[str] = set()
        self.waits = Waits()
        self._going: set[tuple[str, int]] = set()
        for key, item in self._items.items():
            self._there[key], self._settled[key] = asyncio.Event(), asyncio.Event()
            self._left[key] = asyncio.Event()
            if item.successor is not None:
                self._objects[key] = item.successor
            if item.actual is not None and item.verdict is not Verdict.REPLACE:
                self._objects[key] = item.actual
                self.open(item, item.calls)
            if item.refused:
                self._unusable.add(key)
                self.fail(item.named)
            elif item.verdict not in CHANGING:
                self.end(item.named)

    def note(self, item: Item, call: Call) -> None:
        """Note that a call is about to be made: from a deletion on, others cannot count on the object."""
        if call.operation == f"{item.kind.name}.delete" and item.actual is not None:
            self._going.add((item.kind.singular, item.actual.id))

    def goes_with(self, item: Item, action: Any) -> bool:
        """Tell whether an action of an item also concerns another object that is being deleted.

        It fails when the object goes first, as one that applies a firewall to a deleted server does.
        """
        own = (item.kind.singular, item.actual.id if item.actual is not None else None)
        touched = {(each.type, each.id) for each in action.resources or ()} - {own}
        return bool(touched & self._going)

    def has(self, named: Named) -> bool:
        """Tell whether this plan has to do with an object that exists."""
        return str(named) in self._objects

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
        return item is not None and item.verdict is Verdict.REPLACE and item.former is None

    async def there(self, named: Named, ahead: Ahead | None = None) -> None:
        """Wait until an object exists; raises Unmet when that failed."""
        await self._reached(self._there, named, ahead)

    async def settled(self, named: Named, ahead: Ahead | None = None) -> None:
        """Wait until an object is as it is wanted; raises Unmet when that failed."""
        await self._reached(self._settled, named, ahead)

    async def left(self, named: Named) -> None:
        """Wait until an object has let go of what goes; raises Unmet when that failed."""
        await self._reached(self._left, named)

    async def _reached(
        self, events: Mapping[str, asyncio.Event], named: Named, ahead: Ahead | None = None
    ) -> None:
        key = str(named)
        if (event := events.get(key)) is None:
            return
        await self.waits.until(event, key, ahead)
        if key in (self._failed if events is not self._there else self._unusable):
            raise Unmet(f"needs {key}, which failed")

    def open(self, item: Item, left: Sequence[Call]) -> None:
        """Note that an object that exists can be used, unless a call that is left is needed for that."""
        if str(item.named) in self._objects and not any(call.opens or call.awaits for call in left):
            self._there[str(item.named)].set()

    def settle(self, named: Named) -> None:
        """Note that an object is as it is wanted."""
        self._there[str(named)].set()
        self._settled[str(named)].set()

    def leave(self, named: Named) -> None:
        """Note that an object has let go of what goes."""
        self._left[str(named)].set()

    def end(self, named: Named) -> None:
        """Note that nothing more is done about an object, which is as it is wanted."""
        self.settle(named)
        self.leave(named)

    def fail(self, named: Named) -> None:
        """Note that an object could not be made as it is wanted."""
        self._failed.add(str(named))
        if not self._there[str(named)].is_set():
            self._unusable.add(str(named))
        self.end(named)

    def frees(self, item: Item) -> bool:
        """Tell whether anything but this item is still going to let go of something."""
        return any(
            other.verdict in DESTRUCTIVE or any(call.lets_go for call in other.calls)
            for key, other in self._items.items()
            if other.address != item.address and not self._is_over(key)
        )

    def _is_over(self, key: str) -> bool:
        """Tell whether nothing more is done: a successor is settled before what it follows is gone."""
        return self._settled[key].is_set() and self._left[key].is_set()

    def take_over(self, item: Item, call: Call, answer: Any) -> None:
        """Take over the object that an answer shows."""
        key = str(call.of or item.named)
        if call.operation == f"{item.kind.name}.delete":
            self._objects.pop(key, None)
        elif (found := getattr(answer, item.kind.singular, None)) is not None:
            self._objects[key] = found

    def needs(self, item: Item, call: Call) -> list[Needs]:
        """Return the objects that a call refers to, besides the item's own."""
        if call.lets_go:
            return [(named, False) for named in self._successors(item)]
        found = [*referred(call.arguments), *((each, False) for each in call.after)]
        if call.of is not None:
            found.append((call.of, False))
        known = [
            (named, whole) for named, whole in found if str(named) in self._items and named != item.named
        ]
        return list(dict.fromkeys(known))

    def _successors(self, item: Item) -> list[Named]:
        """Return the objects that an item goes over to, so that it leaves the old ones only for those."""
        named = [named for call in item.calls for named, _ in referred(call.arguments)]
        found = [each for each in named if (other := self._items.get(str(each))) and other.former]
        return [each for each in dict.fromkeys(found) if each != item.named]

    def targets(self, reference: Reference) -> list[Named]:
        """Return the objects that a `${...}` waits for."""
        return [Named(reference.kind, target) for target in reference.targets]

    async def value(self, reference: Reference) -> Any:
        """Return what a `${...}` stands for, read afresh; raises Unmet when there is no such thing."""
        values = [
            await self.attribute(Attribute(named, reference.attribute)) for named in self.targets(reference)
        ]
        if any(value is None for value in values):
            raise Unmet(f"needs {reference}, and there is none")
        return values if reference.many else values[0]

    async def plain(self, value: Any) -> Any:
        """Return an argument in the form in which it is sent: references looked up, secrets revealed."""
        if isinstance(value, Secret):
            return value.reveal()
        if isinstance(value, Unknown):
            found = [reference for _, unknown in unknowns(value) for reference in unknown.references]
            values: dict[Reference, Any] = {reference: await self.value(reference) for reference in found}
            return await self.plain(resolve(value, values.__getitem__))
        if isinstance(value, list | tuple):
            return [found for item in value for found in await self._items_of(item)]
        return await super().plain(value)

    async def _items_of(self, item: Any) -> list[Any]:
        """Return an item of a list; a map with a reference to all replicas becomes one map for each."""
        if not isinstance(item, Mapping):
            return [await self.plain(item)]
        many = {key: each for key, each in item.items() if isinstance(each, Reference) and each.many}
        found = [{key: each for key, each in item.items() if key not in many}]
        for key, each in many.items():
            found = [{**one, key: value} for one in found for value in await self.plain(each)]
        return [await self.plain(one) for one in found]

    async def fresh(self, named: Named) -> Any:
        """Return an object as it is now."""
        found = await super().fresh(named)
        if str(named) in self._objects:
            self._objects[str(named)] = found
        return found

    async def id(self, named: Named) -> int:
        """Return the id of an object that is there; raises Unmet when there is none."""
        found = self._objects.get(str(named)) or self._observed.get(named.kind, named.ref)
        if found is not None:
            return int(found.id)
        if named.kind in kinds() and isinstance(named.ref, str):
            raise Unmet(f"needs {named}, which is not there")
        try:
            return await super().id(named)
        except NotFound as error:
            raise Unmet(str(error)) from None

    def told(self, named: Named) -> str:
        """Return what a person wants to know of an object that is done."""
        found = self._objects.get(str(named))
        if found is None:
            return ""
        address = next(
            (a for name in ("ipv4", "private_ip") if (a := self._address(named.kind, found, name))), ""
        )
        return f"id {found.id}" + (f"  {address}" if address else "")

    def _address(self, kind: str, found: Any, name: str) -> Any:
        read = kinds()[kind].attributes.get(name)
        return read(found) if read else None


def referred(value: Any) -> Iterator[Needs]:
    """Yield the objects that the arguments of a call refer to."""
    if isinstance(value, Named):
        yield value, value.whole
    elif isinstance(value, Attribute):
        yield value.of, False
    elif isinstance(value, Unknown):
        for reference in value.references:
            yield from ((Named(reference.kind, target), True) for target in reference.targets)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from referred(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from referred(item)
