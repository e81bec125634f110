"""Whether a load balancer can be had as it is wanted, by what is sold: told before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hetzner.domain.specs.load_balancer_changes import needs
from hetzner.domain.specs.worth import Catalogue


def unfit(actual: Any, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Tell why a load balancer cannot be made (or the ``actual`` one be changed) like this, or nothing."""
    wanted = spec.get("load_balancer_type")
    every = (each for several in catalogue.get("load_balancer_types", {}).values() for each in several)
    found = next((each for each in every if str(wanted) in (each.name, str(each.id))), None)
    if found is None:
        return ""
    for limit, count in needs(spec).items():
        if count > getattr(found, limit):
            what = limit.removeprefix("max_").replace("_", " ")
            return f"{found.name} takes at most {getattr(found, limit)} {what}, and {count} are wanted"
    return _unsold(found, actual.location.name if actual is not None else spec.get("location"))


def _unsold(found: Any, location: Any) -> str:
    places = [each.location for each in found.prices or []]
    if not isinstance(location, str) or not places or location in places or location.isdecimal():
        return ""
    return f"{found.name} is not sold in {location}, only in {', '.join(places)}"


def alone(spec: Mapping[str, Any]) -> str:
    """Tell why there cannot be two of a load balancer: because of addresses that only one can have."""
    fixed = [*spec.get("public_net", {}), *(name for name, each in spec.get("networks", {}).items() if each)]
    return "two load balancers cannot have the same fixed address" if fixed else ""
