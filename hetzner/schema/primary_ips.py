"""Primary IPs: the public addresses that servers and load balancers have of their own.

https://docs.hetzner.cloud/reference/cloud#primary-ips
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionFilterParams, ActionListParams, ActionResponse, ActionsPage
from hetzner.schema.collection import Collection
from hetzner.schema.common import (
    ActionChangeDNSPtrParams,
    DNSPtr,
    IdOrName,
    IPType,
    Labels,
    Name,
    NamedListParams,
    Protection,
    Selector,
    SortByAge,
    UpdateParams,
)
from hetzner.schema.endpoint import action, delete, get, listing, listing_at, post, put
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.locations import Location
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

AssigneeType = Literal["server"]


class PrimaryIP(Model):
    """A public address in one location."""

    id: int
    name: str
    labels: dict[str, str]
    created: datetime
    blocked: bool
    location: Location
    ip: str
    """An address, or with type ``ipv6`` a network of 64 bits."""
    dns_ptr: list[DNSPtr]
    protection: Protection
    type: str
    """``ipv4`` or ``ipv6``."""
    auto_delete: bool
    """Whether it is deleted with what it is assigned to."""
    assignee_type: str
    """``server``, ``load_balancer``, or ``unassigned``."""
    assignee_id: int | None
    """What it is assigned to, by id; None when it is unassigned."""


class PrimaryIPCreateParams(Options, total=False):
    """What may be asked of a new primary IP; it needs an assignee or a location."""

    name: Required[Name]
    type: Required[Annotated[IPType, "`ipv4` for one address, `ipv6` for a network of 64 bits."]]
    location: Annotated[IdOrName, "Name or id of the location; with an assignee it is the assignee's."]
    assignee_type: Annotated[AssigneeType, "Kind of what it is assigned to."]
    assignee_id: Annotated[int | None, "Id of what it is assigned to; a server must be off."]
    auto_delete: Annotated[bool, "Delete it with what it is assigned to (default: no)."]
    labels: Labels


class PrimaryIPUpdateParams(UpdateParams, total=False):
    """What can be changed of a primary IP."""

    auto_delete: Annotated[bool, "Delete it with what it is assigned to."]


class PrimaryIPListParams(NamedListParams, total=False):
    """What narrows and sorts the list of primary IPs."""

    label_selector: Selector
    ip: Annotated[str, "Only the one with this address."]
    sort: Annotated[SortByAge | Sequence[SortByAge], "Order; repeat for secondary keys."]


class ActionAssignParams(Options, total=False):
    """What a primary IP is assigned to."""

    assignee_id: Required[Annotated[int, "Id of the server; it must be off."]]
    assignee_type: Required[Annotated[AssigneeType, "Kind of what it is assigned to."]]


class ActionChangeProtectionParams(Options, total=False):
    """What is forbidden from now on."""

    delete: Required[Annotated[bool, "Forbid deletion; needs `auto_delete` off."]]


class PrimaryIPCreateResponse(Model):
    """A primary IP that was just created, with the action that assigns it."""

    primary_ip: PrimaryIP
    action: Action | None = None


class PrimaryIPRetrieveResponse(Model):
    """One primary IP."""

    primary_ip: PrimaryIP


class PrimaryIPUpdateResponse(Model):
    """A primary IP after its update."""

    primary_ip: PrimaryIP


class PrimaryIPsPage(Page[IO, PrimaryIP]):
    """A page of primary IPs."""

    primary_ips: list[PrimaryIP]


class PrimaryIPsActions(Collection[IO], Generic[IO], at="/primary_ips/{id}/actions"):
    """What can be done with a primary IP."""

    @get("~/actions/{id}")
    def retrieve(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Return one action of a primary IP by its id alone."""
        ...

    retrieve_by_id = retrieve
    """Its name with all other kinds."""

    @get("/{action_id}", deprecated="use client.actions.retrieve(id)")
    def retrieve_of(self, action_id: int, *, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Return one action of one primary IP."""
        ...

    @listing_at("~/actions")
    def list(self, **params: Unpack[ActionListParams]) -> ActionsPage[IO]:
        """Return the actions of all primary IPs, optionally those with the given ids.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
            id: Only the actions with these ids, at most 25 a request.
        """
        ...

    list_all = list
    """Its name with all other kinds."""

    @listing_at("")
    def list_of(self, id: int, **params: Unpack[ActionFilterParams]) -> ActionsPage[IO]:
        """Return the actions of one primary IP.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
        """
        ...

    @action("assign_primary_ip")
    def assign(self, id: int, **params: Unpack[ActionAssignParams]) -> ActionResponse:
        """Assign it to a server that is off and has no address of its type.

        Args:
            assignee_id: Id of the server; it must be off.
            assignee_type: Kind of what it is assigned to.
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
            delete: Forbid deletion; needs `auto_delete` off.
        """
        ...

    @action("unassign_primary_ip")
    def unassign(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Take it off its server, which must be off."""
        ...


class PrimaryIPs(Collection[IO], Generic[IO], at="/primary_ips"):
    """The public addresses of servers and load balancers."""

    actions: PrimaryIPsActions[IO]

    @post(command="assign_primary_ip")
    def create(self, **params: Unpack[PrimaryIPCreateParams]) -> PrimaryIPCreateResponse:
        """Create a primary IP, assigned to a server or in a location.

        Args:
            name: Name, unique in the project.
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            location: Name or id of the location; with an assignee it is the assignee's.
            assignee_type: Kind of what it is assigned to.
            assignee_id: Id of what it is assigned to; a server must be off.
            auto_delete: Delete it with what it is assigned to (default: no).
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> PrimaryIPRetrieveResponse:
        """Return one primary IP."""
        ...

    @put
    def update(self, id: int, **params: Unpack[PrimaryIPUpdateParams]) -> PrimaryIPUpdateResponse:
        """Change the name or what happens to it in the end, or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
            auto_delete: Delete it with what it is assigned to.
        """
        ...

    @listing
    def list(self, **params: Unpack[PrimaryIPListParams]) -> PrimaryIPsPage[IO]:
        """Return the primary IPs, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            ip: Only the one with this address.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a primary IP that is assigned to nothing."""
        ...
