"""What a server costs, what goes with it, and what to be warned of.

https://docs.hetzner.cloud/reference/cloud#servers
"""

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.domain.money import NOTHING, Cost
from hetzner.domain.specs.effects import Effect, Lookup, Toll
from hetzner.domain.specs.facts import Change
from hetzner.domain.specs.kind import Kind
from hetzner.domain.specs.server_addresses import lost, shown
from hetzner.domain.specs.tariff import Tariff, called
from hetzner.domain.specs.worth import Catalogue, Caution, Circumstances, deprecated, known

REBUILD = 30.0
"""Seconds that rebuilding takes, about."""
MOST_FIREWALLS = 5


class ServerWorth(Kind):
    """The part of a server that is about its value."""

    billed = True
    sold_as = "server_type"

    def cost(self, spec: Mapping[str, Any], tariff: Tariff) -> Cost | None:
        """Return the price of the type, of backups, and of the addresses that are part of it."""
        where = spec.get("location")
        cost = tariff.of_type("server_types", spec.get("server_type"), where)
        if cost is None:
            return None
        if spec.get("backups"):
            cost += cost * tariff.backups
        for version in ("ipv4", "ipv6"):
            wanted = spec.get("public_net", {}).get(version, True)
            if wanted is True or (wanted is not False and not tariff.apart("primary_ips", wanted)):
                cost += tariff.of_address("primary_ips", version, where) or NOTHING
        return cost

    def made_of(self, spec: Mapping[str, Any], actual: Any, catalogue: Catalogue) -> Iterator[Any]:
        """Yield the snapshot that its disk is from; backups are part of its own price."""
        images = [*known(catalogue, "images", spec.get("image")), getattr(actual, "image", None)]
        yield from (each for each in images if each is not None and each.type == "snapshot")

    def data(self, actual: Any) -> str:
        """Return the size of its disk."""
        disk = f"local disk {actual.primary_disk_size} GB"
        return f"{disk} and backups" if actual.backup_window is not None else disk

    def addresses(self, actual: Any, spec: Mapping[str, Any], find: Lookup) -> Iterator[str]:
        """Yield its addresses, but for primary IPs that outlive it and those that are wanted again."""
        for version in ("ipv4", "ipv6"):
            net = getattr(actual.public_net, version)
            primary = None if net is None else find("primary_ips", net.id)
            if net is not None and (primary is None or primary.auto_delete):
                yield shown(version, net)
        fixed = {str(each["ip"]) for each in _networks(spec).values() if each.get("ip")}
        yield from (f"private {each.ip}" for each in actual.private_net if each.ip not in fixed)

    def cautions(self, spec: Mapping[str, Any], actual: Any, about: Circumstances) -> Iterator[Caution]:
        """Yield warnings of types and images that go or are sold out, and of a password nobody sees."""
        location = called(spec.get("location")) or (None if actual is None else actual.location.name)
        wanted = known(about.catalogue, "server_types", spec.get("server_type"))
        found = next(iter(wanted), getattr(actual, "server_type", None))
        if found is not None:
            several = any(isinstance(spec.get(name), tuple) for name in ("server_type", "location"))
            moves = about.creates or actual is None or found.id != actual.server_type.id
            yield from _about_type(found, location, about, moves, several)
        for image in known(about.catalogue, "images", spec.get("image")) if about.creates else ():
            name = image.name or f"image {image.id}"
            if told := deprecated(name, image.deprecation, about, True):
                yield ("image",), told, ""
        if actual is not None and "firewalls" in spec:
            by_label = about.applied("firewalls", actual.id)
            if by_label and len(spec["firewalls"]) + by_label > MOST_FIREWALLS:
                total = f"{len(spec['firewalls'])} firewalls and {by_label} by its labels"
                yield ("firewalls",), f"{total}: a server takes at most {MOST_FIREWALLS}", ""
        if about.creates and not spec.get("ssh_keys"):
            yield (), "no ssh_keys: Hetzner makes a root password, which is not shown", _KEYS


_KEYS = "give ssh_keys; or have a new one made: Server.find(...).reset_password()"


def _networks(spec: Mapping[str, Any]) -> Mapping[Any, Any]:
    networks = spec.get("networks")
    return networks if isinstance(networks, Mapping) else {}


def _about_type(
    found: Any, location: str | None, about: Circumstances, moves: bool, several: bool
) -> Iterator[Caution]:
    """Yield that a type goes, or that it is sold out and there is no other choice."""
    places = {each.name: each for each in found.locations or []}
    here = places.get(location or "")
    info = here.deprecation if here is not None else found.deprecation
    where = f" in {location}" if here is not None and found.deprecation is None else ""
    if told := deprecated(found.name, info, about, moves, where):
        yield ("server_type",), told, _successor(found, location, about)
    elif moves and not several and here is not None and here.available is False:
        free = ", ".join(name for name, each in places.items() if each.available and not each.deprecation)
        hint = f"free now: {free}" if free else "it is sold out everywhere: choose another type"
        yield ("server_type",), f"{found.name} is sold out in {location} for now", hint


def _successor(old: Any, location: str | None, about: Circumstances) -> str:
    """Name the cheapest type that is sold there and is in nothing less."""
    every = (each for several in about.catalogue.get("server_types", {}).values() for each in several)
    fit = [each for each in every if _replaces(each, old) and _price(each, location) is not None]
    best = min(fit, key=lambda each: (_price(each, location), each.id), default=None)
    if best is None:
        return ""
    return f"use {best.name} ({best.cores} cores, {best.memory:g} GB, {best.disk:g} GB disk)"


def _replaces(new: Any, old: Any) -> bool:
    same = all(getattr(new, name) == getattr(old, name) for name in ("architecture", "cpu_type"))
    return same and all(getattr(new, name) >= getattr(old, name) for name in ("cores", "memory", "disk"))


def _price(each: Any, location: str | None) -> float | None:
    """Return what a type costs where it can be had, or None."""
    sold = [place for place in each.locations or [] if place.name == location or location is None]
    if not any(place.deprecation is None and place.available is not False for place in sold):
        return None
    prices = [price for price in each.prices if location is None or price.location == location]
    return min((float(price.price_monthly.net) for price in prices), default=None)


def rebuilt(change: Change, catalogue: Catalogue) -> Iterator[Effect]:
    """Yield what rebuilding does: the disk is overwritten, and it is off meanwhile."""
    yield Effect(Toll.DATA, f"local disk {change.actual.primary_disk_size} GB")
    yield Effect(Toll.OFF, seconds=REBUILD)


def resized(change: Change, catalogue: Catalogue) -> Iterator[Effect]:
    """Tell that the disk grows with the type, after which no smaller type fits."""
    found = next(iter(known(catalogue, "server_types", change.new)), None)
    have = change.actual.primary_disk_size
    if found is not None and found.disk > have and not change.spec.get("keep_disk"):
        yield Effect(Toll.GROWS, f"disk {have:g} → {found.disk:g} GB")


def no_backups(change: Change, catalogue: Catalogue) -> Iterator[Effect]:
    """Tell that switching backups off deletes those there are."""
    if not change.new:
        yield Effect(Toll.DATA, "its backups")


def no_address(change: Change, catalogue: Catalogue) -> Iterator[Effect]:
    """Tell which addresses go back to Hetzner."""
    yield from (Effect(Toll.ADDRESS, each) for each in lost(change))
