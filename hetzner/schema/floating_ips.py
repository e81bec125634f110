"""Floating IPs: public addresses that can be moved between servers.

https://docs.hetzner.cloud/reference/cloud#floating-ips
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.collection import Collection
from hetzner.schema.common import (
    ActionChangeDNSPtrParams,
    DNSPtr,
    IdOrName,
    IPType,
    Labels,
    NamedListParams,
    Protection,
    Selector,
    SortByAge,
    UpdateParams,
)
from hetzner.schema.endpoint import action, delete, get, listing, post, put
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.locations import Location
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page


class FloatingIP(Model):
    """A public address that can be moved between servers."""

    id: int
    name: str
    description: str | None
    ip: str
    """An address, or with type ``ipv6`` a network of 64 bits."""
    type: str
    """``ipv4`` or ``ipv6``."""
    server: int | None
    """The server it is assigned to, by id."""
    dns_ptr: list[DNSPtr]
    home_location: Location
    """Where its traffic arrives."""
    blocked: bool
    protection: Protection
    labels: dict[str, str]
    created: datetime


class FloatingIPCreateParams(Options, total=False):
    """What may be asked of a new floating IP; it needs a server or a home location."""

    type: Required[Annotated[IPType, "`ipv4` for one address, `ipv6` for a network of 64 bits."]]
    name: Annotated[str, "Name, unique in the project; the API makes one when none is given."]
    description: Annotated[str | None, "What it is for."]
    home_location: Annotated[IdOrName, "Name or id of the location where its traffic arrives."]
    server: Annotated[int | None, "Id of the server to assign it to."]
    labels: Labels


class FloatingIPUpdateParams(UpdateParams, total=False):
    """What can be changed of a floating IP."""

    description: Annotated[str | None, "What it is for."]


class FloatingIPListParams(NamedListParams, total=False):
    """What narrows and sorts the list of floating IPs."""

    label_selector: Selector
    sort: Annotated[SortByAge | Sequence[SortByAge], "Order; repeat for secondary keys."]


class ActionAssignParams(Options, total=False):
    """Which server a floating IP is assigned to."""

    server: Required[Annotated[int | None, "Id of the server; None takes it off."]]


class ActionChangeProtectionParams(Options, total=False):
    """What is forbidden from now on."""

    delete: Required[Annotated[bool, "Forbid deletion."]]


class FloatingIPCreateResponse(Model):
    """A floating IP that was just created, with the action that assigns it."""

    floating_ip: FloatingIP
    action: Action | None = None


class FloatingIPRetrieveResponse(Model):
    """One floating IP."""

    floating_ip: FloatingIP


class FloatingIPUpdateResponse(Model):
    """A floating IP after its update."""

    floating_ip: FloatingIP


class FloatingIPsPage(Page[IO, FloatingIP]):
    """A page of floating IPs."""

    floating_ips: list[FloatingIP]


class FloatingIPsActions(KindActions[IO], Generic[IO], at="/floating_ips/{id}/actions"):
    """What can be done with a floating IP."""

    @action("assign_floating_ip")
    def assign(self, id: int, **params: Unpack[ActionAssignParams]) -> ActionResponse:
        """Assign it to a server.

        Args:
            server: Id of the server; None takes it off.
        """
        ...

    @action("change_dns_ptr")
    def change_dns_ptr(self, id: int, **params: Unpack[ActionChangeDNSPtrParams]) -> ActionResponse:
        """Set the reverse DNS name of an address.

        Args:
            ip: The address.
            dns_ptr: The name; None goes back to the default.
        """
        ...

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion.

        Args:
            delete: Forbid deletion.
        """
        ...

    @action("unassign_floating_ip")
    def unassign(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Take it off its server."""
        ...


class FloatingIPs(Collection[IO], Generic[IO], at="/floating_ips"):
    """Public addresses that can be moved between servers."""

    actions: FloatingIPsActions[IO]

    @post(command="assign_floating_ip")
    def create(self, **params: Unpack[FloatingIPCreateParams]) -> FloatingIPCreateResponse:
        """Create a floating IP, assigned to a server or in a location.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            name: Name, unique in the project; the API makes one when none is given.
            description: What it is for.
            home_location: Name or id of the location where its traffic arrives.
            server: Id of the server to assign it to.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> FloatingIPRetrieveResponse:
        """Return one floating IP."""
        ...

    @put
    def update(self, id: int, **params: Unpack[FloatingIPUpdateParams]) -> FloatingIPUpdateResponse:
        """Change the name or the description, or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
            description: What it is for.
        """
        ...

    @listing
    def list(self, **params: Unpack[FloatingIPListParams]) -> FloatingIPsPage[IO]:
        """Return the floating IPs, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a floating IP that is assigned to nothing."""
        ...
