"""Servers: virtual machines.

https://docs.hetzner.cloud/reference/cloud#servers
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Generic, Literal, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.collection import Collection, part
from hetzner.schema.common import (
    DNSPtr,
    IdOrName,
    LabelledListParams,
    Labels,
    Protection,
    SshKeys,
    UpdateParams,
)
from hetzner.schema.endpoint import delete, get, listing, post, put
from hetzner.schema.facts import Secret
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.images import Image
from hetzner.schema.objects.isos import ISO
from hetzner.schema.objects.locations import Location
from hetzner.schema.objects.placement_groups import PlacementGroup
from hetzner.schema.objects.server_types import ServerType
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

if TYPE_CHECKING:
    from hetzner.schema.metrics import ServersMetrics
    from hetzner.schema.server_actions import ServersActions

ServerStatus = Literal[
    "initializing", "starting", "running", "stopping", "off", "deleting", "migrating", "rebuilding", "unknown"
]


class ServerProtection(Protection):
    """What is forbidden until the protection is taken off."""

    rebuild: bool


class ServerPublicNetIPv4(Model):
    """The public IPv4 address of a server."""

    id: int | None = None
    ip: str
    blocked: bool
    dns_ptr: str


class ServerPublicNetIPv6(Model):
    """The public IPv6 network of a server, a /64."""

    id: int | None = None
    ip: str
    blocked: bool
    dns_ptr: list[DNSPtr] | None


class ServerPublicNetFirewall(Model):
    """A firewall on the public side of a server."""

    id: int
    status: str
    """``applied`` or ``pending``."""


class ServerPublicNet(Model):
    """The public side of a server."""

    ipv4: ServerPublicNetIPv4 | None
    ipv6: ServerPublicNetIPv6 | None
    floating_ips: list[int]
    firewalls: list[ServerPublicNetFirewall] | None = None


class ServerPrivateNet(Model):
    """The attachment of a server to a private network."""

    network: int
    ip: str
    alias_ips: list[str]
    mac_address: str


class Server(Model):
    """A virtual machine."""

    id: int
    name: str
    status: str
    created: datetime
    public_net: ServerPublicNet
    private_net: list[ServerPrivateNet]
    server_type: ServerType
    location: Location
    image: Image | None
    iso: ISO | None
    rescue_enabled: bool
    locked: bool
    backup_window: str | None
    """UTC hours of the daily backup, like ``22-02``; None when backups are off."""
    outgoing_traffic: int | None
    """Bytes in this billing period."""
    ingoing_traffic: int | None
    """Bytes in this billing period."""
    included_traffic: int | None
    """Bytes in this billing period."""
    protection: ServerProtection
    labels: dict[str, str]
    volumes: list[int] | None = None
    load_balancers: list[int] | None = None
    primary_disk_size: int
    """GB."""
    placement_group: PlacementGroup | None = None


class ServerFirewallParam(TypedDict):
    """A firewall to put on a new server."""

    firewall: int


class ServerPublicNetParams(TypedDict, total=False):
    """The public side of a new server; each address that is not given is made, unless switched off."""

    enable_ipv4: bool
    enable_ipv6: bool
    ipv4: int | None
    ipv6: int | None


class ServerCreateParams(Options, total=False):
    """What may be asked of a new server."""

    name: Required[Annotated[str, "Name, unique in the project; a hostname by RFC 1123."]]
    server_type: Required[Annotated[IdOrName, "Name or id of the server type, such as `cx23`."]]
    image: Required[Annotated[IdOrName, "Name or id of the image, such as `debian-13`."]]
    location: Annotated[IdOrName, "Name or id of the location; without it the API picks one."]
    start_after_create: Annotated[bool, "Power it on once it is created (default: yes)."]
    ssh_keys: SshKeys
    user_data: Annotated[str, "Cloud-init data, at most 32 KiB."]
    labels: Labels
    firewalls: Annotated[Sequence[ServerFirewallParam], "Firewalls for its public side, by id."]
    networks: Annotated[Sequence[int], "Private networks to join, by id; each gives it an address."]
    placement_group: Annotated[int, "Id of the placement group to be in."]
    volumes: Annotated[Sequence[int], "Volumes to attach, by id; they must be in the same location."]
    automount: Annotated[bool, "Mount the volumes after they are attached."]
    public_net: Annotated[ServerPublicNetParams, "Which public addresses it gets."]


class ServerListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of servers."""

    status: Annotated[ServerStatus | Sequence[ServerStatus], "Only servers in these states."]


class ServerCreateResponse(Model):
    """A server that was just created; it runs when ``action`` and all ``next_actions`` are done."""

    server: Server
    action: Action
    next_actions: list[Action]
    root_password: Annotated[str | None, Secret]

    @property
    def server_id(self) -> int:
        """The id of the new server."""
        return self.server.id


class ServerRetrieveResponse(Model):
    """One server."""

    server: Server


class ServerUpdateResponse(Model):
    """A server after its update."""

    server: Server


class ServerDeleteResponse(Model):
    """The action that deletes a server; None when it was gone already."""

    action: Action | None = None


class ServersPage(Page[IO, Server]):
    """A page of servers."""

    servers: list[Server]


class Servers(Collection[IO], Generic[IO], at="/servers"):
    """Virtual machines."""

    actions: "ServersActions[IO]" = part("server_actions")
    metrics: "ServersMetrics[IO]" = part("metrics")

    @post(command="create_server")
    def create(self, **params: Unpack[ServerCreateParams]) -> ServerCreateResponse:
        """Create a server; it exists at once and runs when its actions are done.

        Args:
            name: Name, unique in the project; a hostname by RFC 1123.
            server_type: Name or id of the server type, such as `cx23`.
            image: Name or id of the image, such as `debian-13`.
            location: Name or id of the location; without it the API picks one.
            start_after_create: Power it on once it is created (default: yes).
            ssh_keys: SSH keys to inject, by id or name; with none given a root password is made.
            user_data: Cloud-init data, at most 32 KiB.
            labels: Labels: your own key/value pairs; they replace all the object has.
            firewalls: Firewalls for its public side, by id.
            networks: Private networks to join, by id; each gives it an address.
            placement_group: Id of the placement group to be in.
            volumes: Volumes to attach, by id; they must be in the same location.
            automount: Mount the volumes after they are attached.
            public_net: Which public addresses it gets.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> ServerRetrieveResponse:
        """Return one server."""
        ...

    @put
    def update(self, id: int, **params: Unpack[UpdateParams]) -> ServerUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[ServerListParams]) -> ServersPage[IO]:
        """Return the servers of the project, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
            status: Only servers in these states.
        """
        ...

    @delete(command="delete_server")
    def delete(self, id: int, **options: Unpack[Options]) -> ServerDeleteResponse:
        """Delete a server with its disk and its backups."""
        ...
