"""Deleting much at a time: whatever has certain labels, and is older than something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from hetzner._faces import drive
from hetzner.api.errors import APIError
from hetzner.domain.parts import Part
from hetzner.domain.project import client_for
from hetzner.domain.record import Record, Removable
from hetzner.domain.selectors import Labels, selector

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner

ORDER = (
    ("Server", "LoadBalancer"),
    ("Volume", "FloatingIP", "PrimaryIP", "Firewall", "Certificate", "Image", "SSHKey"),
    ("Network", "PlacementGroup"),
)
"""What is swept by default, in stages: what uses goes before what is used. What holds data that nobody can
make again, zones and storage boxes, is swept only when it is named."""


class Swept(NamedTuple):
    """What a sweep came to."""

    found: list[Removable[Any]]
    """All that fits: what was deleted, or would be."""
    refused: list[tuple[Removable[Any], APIError]]
    """What the API did not delete, and why: protected, or used by something that stays."""


async def _swept(
    labels: Labels,
    older_than: timedelta | None,
    dry_run: bool,
    kinds: Iterable[type[Record[Any]]] | None,
    client: Any,
) -> Swept:
    wanted = selector(labels)
    named = None if kinds is None else list(kinds)
    _insist(older_than, named)
    module = import_module("hetzner" if client._blocking else "hetzner.aio")
    stages = [[getattr(module, name) for name in stage] for stage in ORDER]
    result = Swept([], [])
    for stage in stages if named is None else [named]:
        found = [record for cls in stage for record in await _fitting(cls, wanted, older_than, client)]
        result.found.extend(found)
        if not dry_run:
            result.refused.extend(await _deleted(found))
    return result


def _insist(older_than: object, kinds: Sequence[object] | None) -> None:
    """Raise TypeError for what no age and no kind can be, before anything is asked for or deleted."""
    if not isinstance(older_than, timedelta | None):
        raise TypeError(f"older_than is a timedelta such as timedelta(hours=6), not {older_than!r}")
    for kind in kinds or ():
        if not (isinstance(kind, type) and issubclass(kind, Removable) and not issubclass(kind, Part)):
            raise TypeError(f"kinds are classes such as Server or Zone, not {kind!r}")


async def _fitting(cls: Any, wanted: str, older_than: timedelta | None, client: Any) -> list[Removable[Any]]:
    listing = getattr(client.awaited, cls.kind).list(label_selector=wanted)
    found = [cls.of(item, client) async for item in listing]
    if older_than is None:
        return found
    before = datetime.fromtimestamp(client._core.port.wall(), UTC) - older_than
    return [record for record in found if record.created < before]


async def _deleted(records: list[Removable[Any]]) -> list[tuple[Removable[Any], APIError]]:
    """Begin all deletions, then wait for each; those that fail do not keep the others."""
    refused: list[tuple[Removable[Any], APIError]] = []
    begun = []
    for record in records:
        try:
            await record._delete(False)
            begun.append(record)
        except APIError as error:
            refused.append((record, error))
    for record in begun:
        try:
            await record._wait_for(record._begun)
        except APIError as error:
            refused.append((record, error))
    return refused


def sweep(
    *,
    labels: Labels,
    older_than: timedelta | None = None,
    dry_run: bool = True,
    kinds: Iterable[type[Removable[Any]]] | None = None,
    client: Hetzner | None = None,
) -> Swept:
    """Delete everything that has certain labels; by default it only returns what it would delete.

        sweep(labels={"env": "ci"}, older_than=timedelta(hours=6), dry_run=False)

    ``labels`` as in ``Server.all()``; empty ones, which would fit everything, raise ValueError. Servers and
    load balancers go first, then what they used. Zones and storage boxes are left alone unless ``kinds``
    names them (``kinds=[Zone]``; then only those, in that order). What is protected or still used stays, and
    is returned with the API's reason.
    """
    return drive(_swept(labels, older_than, dry_run, kinds, client_for(client, blocking=True)))


async def async_sweep(
    *,
    labels: Labels,
    older_than: timedelta | None = None,
    dry_run: bool = True,
    kinds: Iterable[type[Removable[Any]]] | None = None,
    client: AsyncHetzner | None = None,
) -> Swept:
    """Delete everything that has certain labels; by default it only returns what it would delete."""
    return await _swept(labels, older_than, dry_run, kinds, client_for(client, blocking=False))
