"""What may be wanted of a volume.

https://docs.hetzner.cloud/reference/cloud#volumes
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Required

from pydantic import Field
from typing_extensions import TypedDict

from hetzner.domain.money import Cost
from hetzner.domain.reference import Named, Ref, plain
from hetzner.domain.specs.company import Find, Odds, places_at_odds
from hetzner.domain.specs.drawing import Role, given
from hetzner.domain.specs.effects import Effect, Toll
from hetzner.domain.specs.facts import NEVER, NOTE, Call, Change, Refers, by, replace
from hetzner.domain.specs.kind import STRICT, Kind, Names
from hetzner.domain.specs.labels import Labels, declared
from hetzner.domain.specs.protection import protected, protection
from hetzner.domain.specs.seen import seen
from hetzner.domain.specs.tariff import Tariff

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


def _resize(change: Change) -> Iterator[Call]:
    yield Call("volumes.actions.resize", {"size": change.new}, change.of, seconds=3)


def _grows(change: Change, catalogue: Any) -> Iterator[Effect]:
    if not _shrinks(change):
        yield Effect(Toll.GROWS)


def _shrinks(change: Change) -> str | None:
    if change.new > change.old:
        return None
    return f"a volume can only grow, and this one has {change.old} GB, not {change.new}"


def _move(change: Change) -> Iterator[Call]:
    """Take it off the old server before it is attached to the new one: it can be on one only."""
    if change.old is not None:
        yield _detach(change.of)
    if change.new is not None:
        wanted = {"server": Named("servers", change.new)}
        if "automount" in change.spec:
            wanted["automount"] = change.spec["automount"]
        still = frozenset({"volume_already_attached"})  # to a server that is about to go
        yield Call("volumes.actions.attach", wanted, change.of, seconds=4, passing=still)


def _detach(of: Named) -> Call:
    return Call("volumes.actions.detach", {}, of, unless=("server", None), seconds=4, lets_go=True)


class VolumeSpec(TypedDict, total=False):
    """What may be wanted of a volume; it needs a server or a location."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    size: Required[
        Annotated[
            int,
            Field(ge=10, le=10_240),
            by(_resize, refused=_shrinks, tell=_grows),
            "GB, from 10; it can only grow.",
        ]
    ]
    location: Annotated[
        Ref,
        Refers("locations"),
        replace("location is fixed at creation"),
        "Where it is; with a server, where that is.",
    ]
    server: Annotated[
        Ref | None, Refers("servers"), by(_move), "Server it is attached to, in the same location."
    ]
    automount: Annotated[bool, NEVER, "Mount it on the server when it is attached."]
    format: Annotated[
        Literal["ext4", "xfs"], NOTE, "File system to make on a new volume; without it the disk is raw."
    ]
    protect: Annotated[bool, by(protection), "Forbid deletion."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class VolumeKind(Kind):
    """Volumes."""

    billed = True
    name, singular, spec, seconds = "volumes", "volume", VolumeSpec, 5.0
    code = "vol"
    inline = frozenset({"size", "automount", "format", "labels"})
    role = Role.STORE
    one_of = ("server", "location")
    unless: ClassVar = {"location": frozenset({"server"})}
    attributes: ClassVar = {
        "id": lambda volume: volume.id,
        "name": lambda volume: volume.name,
        "linux_device": lambda volume: volume.linux_device,
    }

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create, the server to attach it to included."""
        made = super().arguments(spec)
        if "location" in spec:
            made["location"] = plain(spec["location"])
        if spec.get("server") is not None:
            made["server"] = Named("servers", spec["server"])
        return made

    def afterwards(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Protect it."""
        return [protected(Named(self.name, name), True)] if spec.get("protect") else []

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a volume as the API shows it in the terms of the spec."""
        return {
            "size": actual.size,
            "location": seen(actual.location),
            "server": None if actual.server is None else names.of("servers", actual.server),
            "format": actual.format,
            "protect": actual.protection.delete,
            "labels": declared(actual.labels),
        }

    def delete(self, of: Named, actual: Any) -> list[Call]:
        """Take it off its server first: an attached volume cannot be deleted."""
        return [*([] if actual.server is None else [_detach(of)]), *super().delete(of, actual)]

    def cost(self, spec: Mapping[str, Any], tariff: Tariff) -> Cost | None:
        """Return the price of its size, used or not."""
        return tariff.of_size("volume", spec.get("size"))

    def data(self, actual: Any) -> str:
        """Return its size."""
        return f"{actual.size} GB"

    def is_unsettled(self, actual: Any) -> bool:
        """Tell whether a volume is still being made."""
        return bool(actual.status != "available")

    def at_odds(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield that its server stands elsewhere."""
        if spec.get("server") is not None and (server := find("servers", spec["server"])) is not None:
            where = spec.get("location"), server.get("location")
            yield from places_at_odds(("server",), spec["server"], *where)

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if not NAME.fullmatch(name):
            signs = "letters, digits, '.', '_' and '-', at most 64, a letter or digit at both ends"
            yield (), f"'{name}' cannot be the name of a volume: {signs}"
        if spec.get("automount") and "server" in spec and spec["server"] is None:
            yield ("automount",), "a volume is mounted on a server, and this one has none"

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield its size, file system and place."""
        yield from (f"{size} GB" for size in given(spec, "size"))
        yield from given(spec, "format", "location")


KIND = VolumeKind()
