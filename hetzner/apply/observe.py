"""What is there: every kind by one list, all lists at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hetzner.domain.specs import kinds
from hetzner.schema.catalog import collection_class


@dataclass(slots=True)
class Observed:
    """The objects of a project as the API shows them."""

    objects: dict[str, dict[str, Any]]
    """By kind and name."""
    running: list[Any] = field(default_factory=list)
    """Actions that are not over."""
    failed: dict[tuple[str, int], list[Any]] = field(default_factory=dict)
    """The newest actions that ended in an error, by kind of object (as actions name it) and id."""

    @property
    def names(self) -> dict[str, dict[int, str]]:
        """The names of all objects, by kind and id."""
        return {kind: {each.id: name for name, each in found.items()} for kind, found in self.objects.items()}

    def get(self, kind: str, ref: Any) -> Any | None:
        """Return an object by name, id or digits."""
        found = self.objects.get(kind, {})
        if (each := found.get(str(ref))) is not None:
            return each
        return next((each for each in found.values() if str(each.id) == str(ref)), None)


async def observe(client: Any, only: Iterable[str] | None = None) -> Observed:
    """List every kind that can be declared, and the actions that are running or have failed."""
    wanted = tuple(kinds() if only is None else only)
    lists = [_objects(client, kind) for kind in wanted]
    found, actions = await asyncio.gather(asyncio.gather(*lists), asyncio.gather(*(_actions(client, k) for k in wanted)))
    observed = Observed(dict(zip(wanted, found, strict=True)))
    for action in (each for several in actions for each in several):
        if action.status == "running":
            observed.running.append(action)
        else:
            for resource in action.resources:
                observed.failed.setdefault((resource.type, resource.id), []).append(action)
    return observed


async def catalogue(client: Any, names: Iterable[str]) -> dict[str, dict[str, list[Any]]]:
    """List what can be ordered of some kinds that cannot be declared, by kind and name (images: one for each processor)."""
    wanted = tuple(names)
    found = await asyncio.gather(*(_every(client, kind) for kind in wanted))
    result: dict[str, dict[str, list[Any]]] = {}
    for kind, items in zip(wanted, found, strict=True):
        by_name = result.setdefault(kind, {})
        for item in items:
            by_name.setdefault(str(item.name or item.id), []).append(item)
    return result


async def _objects(client: Any, kind: str) -> dict[str, Any]:
    return {item.name: item for item in await _every(client, kind)}


async def _every(client: Any, kind: str) -> list[Any]:
    return [item async for item in getattr(client, kind).list()]


async def _actions(client: Any, kind: str) -> list[Any]:
    """Return the running and the newest failed actions of a kind; none for kinds without actions."""
    if "actions" not in collection_class(kind).parts():
        return []
    page = await getattr(client, kind).actions.list_all(status=["running", "error"], sort="id:desc", per_page=50)
    actions: list[Any] = page.actions or []
    return actions


Catalogue = Mapping[str, Mapping[str, list[Any]]]
