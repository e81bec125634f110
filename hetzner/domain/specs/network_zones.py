"""Which zone a location is in, and whether a network has a part there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hetzner.domain.reference import Ordered, first, label_of
from hetzner.domain.specs.company import Find, Odds

ZONES = {
    **dict.fromkeys(("fsn1", "nbg1", "hel1"), "eu-central"),
    "ash": "us-east",
    "hil": "us-west",
    "sin": "ap-southeast",
}


def zone_of(subnet: Mapping[str, Any], spec: Mapping[str, Any]) -> Any:
    """Return the zone that a subnet of a network is for."""
    return subnet.get("network_zone") or ZONES.get(str(first(spec.get("location"))), "eu-central")


def in_their_zones(have: Any, subnets: Any) -> Any:
    """Return subnets as they are wanted, those that are there already in the zone that they are in."""
    if not isinstance(have, list) or not isinstance(subnets, list):
        return subnets
    zones = {str(each["ip_range"]): each["network_zone"] for each in have}
    known = [{"network_zone": zones.get(str(each["ip_range"])), **each} for each in subnets]
    return [{name: value for name, value in each.items() if value is not None} for each in known]


def networks_at_odds(spec: Mapping[str, Any], find: Find) -> Odds:
    """Yield the networks in which an object cannot be: they have no subnet in the zone of its location."""
    location = spec.get("location")
    places: Sequence[Any] = location if isinstance(location, Ordered) else (location,)
    mine = [ZONES.get(str(each), "") for each in places]
    for ref in spec.get("networks", {}):
        network = find("networks", ref)
        if network is None or not isinstance(subnets := network.get("subnets"), list):
            continue
        theirs = dict.fromkeys(str(zone_of(each, network)) for each in subnets)
        if not theirs:
            yield ("networks", ref), f"{label_of(ref)} has no subnet, so nothing can be in it"
        elif all(mine) and not theirs.keys() & mine:
            where = f"{' and '.join(theirs)}, and this one is in {' or '.join(dict.fromkeys(mine))}"
            yield ("networks", ref), f"{label_of(ref)} has subnets in {where}"
