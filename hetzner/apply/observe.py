"""What is there: kinds by one list each, all lists at once, and of objects only what is asked for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from hetzner.apply.document import Document
from hetzner.apply.names import successor
from hetzner.domain.specs import kinds
from hetzner.domain.specs.kind import Kind, Names
from hetzner.domain.specs.labels import LOCK, PROJECT
from hetzner.schema.catalog import collection_class

Failures = dict[tuple[str, int], list[Any]]


@dataclass(frozen=True)
class Observed:
    """The objects of a project as the API shows them."""

    objects: Mapping[str, Mapping[str, Any]] = field(repr=False)
    """By kind and name, of the kinds that were looked at: the name that they shall have, once :meth:`called`
    told which ones are renamed."""
    running: list[Any] = field(default_factory=list, repr=False)
    """Actions that are not over."""
    failed: Failures = field(default_factory=dict, repr=False)
    """The newest actions that ended in an error, by kind of object (as actions name it) and id."""

    @cached_property
    def names(self) -> Names:
        """What must be known of all objects in order to read one."""
        called = {
            kind: {each.id: name for name, each in found.items()} for kind, found in self.objects.items()
        }
        every = [(kinds()[kind], each) for kind, found in self.objects.items() for each in found.values()]
        return Names(
            called,
            frozenset(fact for kind, each in every for fact in kind.indirect(each)),
            frozenset((kind.name, each.id) for kind, each in every if kind.is_implied(each)),
        )

    def get(self, kind: str, ref: Any) -> Any | None:
        """Return an object by name, id or digits."""
        found = self.objects.get(kind, {})
        if (each := found.get(str(ref))) is not None:
            return each
        if not str(ref).isdecimal():
            return None
        return next((each for each in found.values() if str(each.id) == str(ref)), None)

    def applied(self, kind: str, id: int) -> int:
        """Return how many objects of a kind are applied to one by its labels."""
        return self._applied[kind, id]

    @cached_property
    def _applied(self) -> Counter[tuple[str, int]]:
        return Counter((kind, to) for kind, _, to in self.names.indirect)

    def owned(self, project: str) -> Iterator[tuple[Kind, str, Any]]:
        """Yield everything that a project owns: its kind, its name, and itself."""
        for kind, found in self.objects.items():
            for name, each in found.items():
                if each.labels.get(PROJECT) == project:
                    yield kinds()[kind], name, each

    def with_more(self, more: Observed) -> Observed:
        """Return the same with the objects of further kinds."""
        found = {**self.objects, **more.objects}
        return replace(self, objects={kind: found[kind] for kind in kinds() if kind in found})

    def called(self, document: Document, *, adopt: bool) -> Observed:
        """Return the same with what the document renames under its new name, when it may be renamed.

        So is what was made to replace an object that is gone by now.
        """
        objects = {kind: dict(found) for kind, found in self.objects.items()}
        for resource in document.resources:
            found = objects.get(resource.kind, {})
            if resource.name not in found and (new := successor(found, resource.name, document.project)):
                found[resource.name] = found.pop(new.name)
        for resource in document.resources:
            found = objects.get(resource.kind, {})
            for old in resource.meta.renamed_from:
                if old not in found or resource.name in found or document.get(resource.kind, old):
                    continue
                if found[old].labels.get(PROJECT, document.project if adopt else None) == document.project:
                    found[resource.name] = found.pop(old)
        return replace(self, objects=objects)


async def observe(client: Any, wanted: Container[str] | None = None) -> Observed:
    """List some kinds, or every kind that can be declared."""
    names = [kind for kind in kinds() if wanted is None or kind in wanted]
    found = await asyncio.gather(*(every(client, kind) for kind in names))
    return Observed(
        {
            kind: {item.name: item for item in items if LOCK not in item.labels}
            for kind, items in zip(names, found, strict=True)
        }
    )


async def read_parts(client: Any, observed: Observed, document: Document) -> None:
    """Read what has lists of its own, such as the records of a zone: where the document manages it."""
    wanted = {
        (each.id, part): (kinds()[resource.kind], each, part)
        for resource in document.resources
        for name in (resource.name, *resource.meta.renamed_from)
        if (each := observed.objects[resource.kind].get(name)) is not None
        for part_of, part in kinds()[resource.kind].parts_of(each).items()
        if part_of in resource.spec
    }
    await asyncio.gather(*(_read_part(client, *each) for each in wanted.values()))


async def read_every_part(client: Any, chosen: Mapping[str, Mapping[str, Any]]) -> None:
    """Read what has lists of its own, for all objects that were chosen, by kind and name."""
    every = ((kinds()[kind], each) for kind, found in chosen.items() for each in found.values())
    wanted = [(kind, each, part) for kind, each in every for part in kind.parts_of(each).values()]
    await asyncio.gather(*(_read_part(client, *each) for each in wanted))


async def _read_part(client: Any, kind: Kind, actual: Any, part: str) -> None:
    answer = getattr(getattr(client, kind.name), part).list(actual.id)
    is_paged = isinstance(answer, AsyncIterable)
    found = [item async for item in answer] if is_paged else getattr(await answer, part)
    setattr(actual, part, found)


async def with_actions(client: Any, observed: Observed, wanted: Iterable[str]) -> Observed:
    """Ask for the actions of some kinds that are running or have failed."""
    found = await asyncio.gather(*(_actions(client, kind) for kind in wanted))
    running = [action for several in found for action in several if action.status == "running"]
    failed: Failures = {}
    for action in (each for several in found for each in several if each.status == "error"):
        for resource in action.resources:
            failed.setdefault((resource.type, resource.id), []).append(action)
    await _look_closer(client, observed.objects, failed)
    return replace(observed, running=running, failed=failed)


async def _look_closer(client: Any, objects: Mapping[str, Mapping[str, Any]], failed: Failures) -> None:
    """Forget those failures that matter if nothing happened since, where something did."""
    doubtful = [
        (kinds()[kind], each, failures)
        for kind, found in objects.items()
        for each in found.values()
        if (failures := failed.get((kinds()[kind].singular, each.id)))
        and kinds()[kind].is_doubtful(each, failures)
    ]
    since = await asyncio.gather(*(_newest_success(client, kind, each) for kind, each, _ in doubtful))
    for (_, _, failures), newest in zip(doubtful, since, strict=True):
        failures[:] = [action for action in failures if action.id > newest]


async def _newest_success(client: Any, kind: Kind, actual: Any) -> int:
    """Return the id of the newest action that decided anew what state an object is in, or 0."""
    page = await getattr(client, kind.name).actions.list(
        actual.id, status="success", sort="id:desc", per_page=50
    )
    return next((action.id for action in page.actions or [] if action.command in kind.decisive), 0)


async def catalogue(client: Any, names: Iterable[str]) -> dict[str, dict[str, list[Any]]]:
    """List what can be ordered of kinds that cannot be declared, by kind and name (an image has several)."""
    wanted = tuple(names)
    found = await asyncio.gather(*(every(client, kind, **_all_of(kind)) for kind in wanted))
    result: dict[str, dict[str, list[Any]]] = {}
    for kind, items in zip(wanted, found, strict=True):
        by_name = result.setdefault(kind, {})
        for item in items:
            by_name.setdefault(str(item.name or item.id), []).append(item)
    return result


async def every(client: Any, kind: str, **filters: Any) -> list[Any]:
    """Return all objects of a kind that filters of the API let through."""
    return [item async for item in getattr(client, kind).list(**filters)]


def _all_of(kind: str) -> dict[str, Any]:
    """Return what makes a list tell what is deprecated, too."""
    listing = next(each for each in collection_class(kind).operations() if each.name == f"{kind}.list")
    return {"include_deprecated": True} if "include_deprecated" in listing.parameters else {}


async def _actions(client: Any, kind: str) -> list[Any]:
    """Return the running and the newest failed actions of a kind; none for kinds without actions."""
    if "actions" not in collection_class(kind).parts():
        return []
    page = await getattr(client, kind).actions.list_all(
        status=["running", "error"], sort="id:desc", per_page=50
    )
    found: list[Any] = [*(page.actions or [])]
    while page.has_next_page() and any(action.status == "running" for action in page.actions):
        page = await page.get_next_page()
        found += page.actions or []
    return found


Catalogue = Mapping[str, Mapping[str, list[Any]]]
