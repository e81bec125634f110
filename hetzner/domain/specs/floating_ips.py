"""What may be wanted of a floating IP.

https://docs.hetzner.cloud/reference/cloud#floating-ips
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Required

from typing_extensions import TypedDict

from hetzner.domain.money import Cost
from hetzner.domain.reference import Named, Ref, plain
from hetzner.domain.specs import addresses
from hetzner.domain.specs.drawing import Role, given
from hetzner.domain.specs.facts import UPDATE, Call, Change, Refers, by, replace
from hetzner.domain.specs.kind import STRICT, Names
from hetzner.domain.specs.labels import Labels, declared
from hetzner.domain.specs.protection import protection
from hetzner.domain.specs.seen import seen
from hetzner.domain.specs.tariff import Tariff


def _move(change: Change) -> Iterator[Call]:
    """Take it off the old server before it is assigned to the new one."""
    if change.old is not None:
        yield _unassign(change.of)
    if change.new is not None:
        server = {"server": Named("servers", change.new)}
        still = frozenset({"floating_ip_assigned"})  # to a server that is about to go
        yield Call("floating_ips.actions.assign", server, change.of, seconds=2, passing=still)


def _unassign(of: Named) -> Call:
    return Call("floating_ips.actions.unassign", {}, of, unless=("server", None), seconds=2, lets_go=True)


class FloatingIPSpec(TypedDict, total=False):
    """What may be wanted of a floating IP; it needs a server or a home location."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    type: Required[
        Annotated[
            Literal["ipv4", "ipv6"],
            replace("the type is fixed at creation, and so is the address"),
            "`ipv4` for one address, `ipv6` for a network of 64 bits.",
        ]
    ]
    description: Annotated[str, UPDATE, "What it is for."]
    home_location: Annotated[
        Ref,
        Refers("locations"),
        replace("home_location is fixed at creation"),
        "Where its traffic arrives; with a server, where that is.",
    ]
    server: Annotated[Ref | None, Refers("servers"), by(_move), "Server it is assigned to."]
    dns_ptr: Annotated[
        str | None, by(addresses.dns_ptr), "Reverse DNS name; with `ipv6` that of the first address."
    ]
    protect: Annotated[bool, by(protection), "Forbid deletion."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class FloatingIPKind(addresses.AddressKind):
    """Floating IPs."""

    name, singular, spec, seconds = "floating_ips", "floating_ip", FloatingIPSpec, 2.0
    code = "fip"
    inline = frozenset({"type", "description", "labels"})
    role = Role.ENTRY
    one_of = ("server", "home_location")
    defaults: ClassVar = {"location": "home_location"}
    unless: ClassVar = {"home_location": frozenset({"server"})}

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create, the server to assign it to included."""
        made = super().arguments(spec)
        if "home_location" in spec:
            made["home_location"] = plain(spec["home_location"])
        if spec.get("server") is not None:
            made["server"] = Named("servers", spec["server"])
        return made

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a floating IP as the API shows it in the terms of the spec."""
        return {
            "type": actual.type,
            "description": actual.description or "",
            "home_location": seen(actual.home_location),
            "server": None if actual.server is None else names.of("servers", actual.server),
            "dns_ptr": addresses.reverse_name(actual),
            "protect": actual.protection.delete,
            "labels": declared(actual.labels),
        }

    def delete(self, of: Named, actual: Any) -> list[Call]:
        """Take it off its server first: an assigned address cannot be deleted."""
        return [*([] if actual.server is None else [_unassign(of)]), *super().delete(of, actual)]

    def cost(self, spec: Mapping[str, Any], tariff: Tariff) -> Cost | None:
        """Return the price of an address, assigned or not."""
        return tariff.of_address(self.name, spec.get("type"), spec.get("home_location"))

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield its type, place and purpose."""
        yield from given(spec, "type", "home_location", "description")

    def is_public(self, spec: Mapping[str, Any]) -> bool:
        """It is an address of the Internet."""
        return True


KIND = FloatingIPKind()
