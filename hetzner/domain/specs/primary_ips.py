"""What may be wanted of a primary IP.

https://docs.hetzner.cloud/reference/cloud#primary-ips
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace as with_
from typing import Annotated, Any, ClassVar, Literal, Required

from typing_extensions import TypedDict

from hetzner.domain.money import Cost
from hetzner.domain.reference import Named, Ref, plain
from hetzner.domain.specs import addresses
from hetzner.domain.specs.company import Find, Odds, places_at_odds
from hetzner.domain.specs.drawing import Role, given
from hetzner.domain.specs.facts import Call, Change, Refers, by, replace
from hetzner.domain.specs.kind import STRICT, Names
from hetzner.domain.specs.labels import Labels, declared
from hetzner.domain.specs.protection import protection
from hetzner.domain.specs.seen import Seen, seen
from hetzner.domain.specs.server_addresses import assigned, unassigned
from hetzner.domain.specs.tariff import Tariff

BY_ITSELF = re.compile(r"primary_ip-\d+(?:-ipv[46])?")
"""The name of one that the API made together with something else, or that was made in place of one."""


def _move(change: Change) -> Iterator[Call]:
    """Take it off the old server before it is assigned to the new one; both must be off."""
    if change.old is not None:
        yield unassigned(change.of)
    if change.new is not None:
        yield assigned(change.of.ref, Named("servers", change.new))


def _assignee(server: Any) -> dict[str, Any]:
    return {"assignee_id": Named("servers", server), "assignee_type": "server"}


def _is_kept(change: Change) -> str | None:
    if change.actual.assignee_type != "load_balancer":
        return None
    return "it is the address of a load balancer, which keeps it for as long as it lives"


def _set_auto_delete(change: Change) -> Iterator[Call]:
    """An update of its own: it has to wait for the protection to go, and to come before that."""
    yield Call("primary_ips.update", {"auto_delete": change.new}, change.of)


class PrimaryIPSpec(TypedDict, total=False):
    """What may be wanted of a primary IP; it needs an assignee or a location."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    type: Required[
        Annotated[
            Literal["ipv4", "ipv6"],
            replace("the type is fixed at creation, and so is the address"),
            "`ipv4` for one address, `ipv6` for a network of 64 bits.",
        ]
    ]
    location: Annotated[
        Ref,
        Refers("locations"),
        replace("location is fixed at creation, and so is the address"),
        "Where it is; with an assignee, where that is.",
    ]
    assignee: Annotated[
        Ref | None,
        Refers("servers", off=True),
        by(_move, effect="its servers must be off", refused=_is_kept),
        "Server it is assigned to, which must be off; a new one takes it by its own `public_net`.",
    ]
    auto_delete: Annotated[bool, by(_set_auto_delete), "Delete it with what it is assigned to."]
    dns_ptr: Annotated[
        str | None, by(addresses.dns_ptr), "Reverse DNS name; with `ipv6` that of the first address."
    ]
    protect: Annotated[bool, by(protection), "Forbid deletion; needs `auto_delete` off."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class PrimaryIPKind(addresses.AddressKind):
    """Primary IPs."""

    name, singular, spec, seconds = "primary_ips", "primary_ip", PrimaryIPSpec, 2.0
    code = "pip"
    inline = frozenset({"type", "auto_delete", "labels"})
    role = Role.BADGE
    one_of = ("assignee", "location")
    unless: ClassVar = {"location": frozenset({"assignee"})}

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create, the server to assign it to included."""
        made = super().arguments(spec)
        if "location" in spec:
            made["location"] = plain(spec["location"])
        return made if spec.get("assignee") is None else {**made, **_assignee(spec["assignee"])}

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a primary IP as the API shows it in the terms of the spec."""
        server = actual.assignee_id if actual.assignee_type == "server" else None
        return {
            "type": actual.type,
            "location": seen(actual.location),
            "assignee": None if server is None else names.of("servers", server),
            "auto_delete": actual.auto_delete,
            "dns_ptr": addresses.reverse_name(actual),
            "protect": actual.protection.delete,
            "labels": declared(actual.labels),
        }

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a primary IP; what has it says so by its own `public_net`."""
        return super().declare({name: value for name, value in have.items() if name != "assignee"})

    def is_implied(self, actual: Any) -> bool:
        """Tell whether it was made with what it is assigned to and goes with it, untouched by anybody."""
        untouched = BY_ITSELF.fullmatch(actual.name) and not actual.labels
        return bool(actual.auto_delete and actual.assignee_id is not None and untouched)

    def refs(self, spec: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
        """Yield what is wanted only: nothing has to be let go of, since a server frees what it has."""
        return (each for each in super().refs(spec) if not isinstance(each[2], Seen))

    def release(self, of: Named, actual: Any, user: Named) -> Iterator[Call]:
        """Take it off a server, which is off."""
        yield unassigned(of)

    def delete(self, of: Named, actual: Any) -> list[Call]:
        """Delete it, once what it is assigned to is gone; from what stays it is not taken away."""
        (delete,) = super().delete(of, actual)
        return [with_(delete, passing=frozenset({"must_be_unassigned"}))]

    def cost(self, spec: Mapping[str, Any], tariff: Tariff) -> Cost | None:
        """Return the price of an address, assigned or not."""
        return tariff.of_address(self.name, spec.get("type"), spec.get("location"))

    def alone(self, spec: Mapping[str, Any], actual: Any, names: Names) -> str:
        """Tell why there cannot be another one beside it: a server has one of a type."""
        return "" if spec.get("assignee") is None else "a server has one primary IP of a type only"

    def rival(self, spec: Mapping[str, Any], user: Any) -> tuple[str, int] | None:
        """Return the address of this type that a server has."""
        net = getattr(user.public_net, str(spec["type"]), None)
        return None if net is None or net.id is None else (f"an {spec['type']}", net.id)

    def at_odds(self, spec: Mapping[str, Any], find: Find) -> Odds:
        """Yield that the server that it shall go to stands elsewhere."""
        if spec.get("assignee") is not None and (server := find("servers", spec["assignee"])) is not None:
            where = spec.get("location"), server.get("location")
            yield from places_at_odds(("assignee",), spec["assignee"], *where)

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if spec.get("protect") and spec.get("auto_delete"):
            yield ("auto_delete",), "what is deleted with its server cannot be protected"

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield its type."""
        yield from given(spec, "type")


KIND = PrimaryIPKind()
