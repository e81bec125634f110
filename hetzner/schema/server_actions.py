"""The actions of servers.

https://docs.hetzner.cloud/reference/cloud#server-actions
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.common import ActionChangeDNSPtrParams, IdOrName, Labels
from hetzner.schema.endpoint import action
from hetzner.schema.facts import Repeat, Secret
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.images import Image
from hetzner.schema.operation import Options

NetworkId = Annotated[int, "Id of the network."]


class RootPasswordResponse(Model):
    """An action that ends in a new root password."""

    action: Action
    root_password: Annotated[str | None, Secret]


class ActionCreateImageResponse(Model):
    """An image that is being made."""

    image: Image
    action: Action


class ActionRequestConsoleResponse(Model):
    """Where the console is to be found, for one minute."""

    action: Action
    wss_url: Annotated[str, Secret]
    password: Annotated[str, Secret]


class ActionAddToPlacementGroupParams(Options, total=False):
    """Which placement group."""

    placement_group: Required[Annotated[int, "Id of the placement group."]]


class ActionAttachISOParams(Options, total=False):
    """Which ISO."""

    iso: Required[Annotated[IdOrName, "Name or id of the ISO."]]


class ActionAttachToNetworkParams(Options, total=False):
    """Which network, and with what addresses."""

    network: Required[NetworkId]
    ip: Annotated[str, "Address to have; without it the API picks a free one."]
    alias_ips: Annotated[Sequence[str], "Further addresses."]
    ip_range: Annotated[str, "Subnet to take the address from, as CIDR."]


class ActionChangeAliasIPsParams(Options, total=False):
    """All further addresses in one network."""

    network: Required[NetworkId]
    alias_ips: Required[Annotated[Sequence[str], "Further addresses; they replace all there are."]]


class ActionChangeProtectionParams(Options, total=False):
    """What is forbidden from now on; the API wants both the same."""

    delete: Annotated[bool, "Forbid deletion."]
    rebuild: Annotated[bool, "Forbid rebuilding."]


class ActionChangeTypeParams(Options, total=False):
    """The new type of a server."""

    server_type: Required[Annotated[IdOrName, "Name or id of the new type."]]
    upgrade_disk: Required[Annotated[bool, "Grow the disk too; afterwards no type with a smaller disk fits."]]


class ActionCreateImageParams(Options, total=False):
    """What image is made."""

    description: Annotated[str, "What it is; it has no other name."]
    type: Annotated[Literal["snapshot", "backup"], "`snapshot` (default), or `backup` when backups are on."]
    labels: Labels


class ActionDetachFromNetworkParams(Options, total=False):
    """Which network."""

    network: Required[NetworkId]


class ActionEnableRescueParams(Options, total=False):
    """The rescue system of the next boot."""

    type: Annotated[Literal["linux64"], "The only one there is."]
    ssh_keys: Annotated[Sequence[int], "SSH keys to inject, by id."]


class ActionRebuildParams(Options, total=False):
    """What a server is rebuilt from."""

    image: Required[Annotated[IdOrName, "Name or id of the image."]]
    user_data: Annotated[str, "New cloud-init data, at most 32 KiB; without it the old is used."]


class ServersActions(KindActions[IO], Generic[IO], at="/servers/{id}/actions"):
    """What can be done with a server; each answers with an action to wait for."""

    @action("add_to_placement_group")
    def add_to_placement_group(
        self, id: int, **params: Unpack[ActionAddToPlacementGroupParams]
    ) -> ActionResponse:
        """Join a placement group; the server must be off.

        Args:
            placement_group: Id of the placement group.
        """
        ...

    @action("attach_iso")
    def attach_iso(self, id: int, **params: Unpack[ActionAttachISOParams]) -> ActionResponse:
        """Insert an ISO; it replaces the one inserted before.

        Args:
            iso: Name or id of the ISO.
        """
        ...

    @action("attach_to_network")
    def attach_to_network(self, id: int, **params: Unpack[ActionAttachToNetworkParams]) -> ActionResponse:
        """Join a private network.

        Args:
            network: Id of the network.
            ip: Address to have; without it the API picks a free one.
            alias_ips: Further addresses.
            ip_range: Subnet to take the address from, as CIDR.
        """
        ...

    @action("change_alias_ips")
    def change_alias_ips(self, id: int, **params: Unpack[ActionChangeAliasIPsParams]) -> ActionResponse:
        """Replace all alias addresses in a network.

        Args:
            network: Id of the network.
            alias_ips: Further addresses; they replace all there are.
        """
        ...

    @action("change_dns_ptr")
    def change_dns_ptr(self, id: int, **params: Unpack[ActionChangeDNSPtrParams]) -> ActionResponse:
        """Set the reverse DNS name of a public address.

        Args:
            ip: The address.
            dns_ptr: The name; None goes back to the default.
        """
        ...

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion and rebuilding.

        Args:
            delete: Forbid deletion.
            rebuild: Forbid rebuilding.
        """
        ...

    @action("change_server_type", repeat=Repeat.BY_ACTION)
    def change_type(self, id: int, **params: Unpack[ActionChangeTypeParams]) -> ActionResponse:
        """Change the type; the server must be off.

        Args:
            server_type: Name or id of the new type.
            upgrade_disk: Grow the disk too; afterwards no type with a smaller disk fits.
        """
        ...

    @action("create_image", repeat=Repeat.BY_LABEL)
    def create_image(self, id: int, **params: Unpack[ActionCreateImageParams]) -> ActionCreateImageResponse:
        """Make a snapshot or a backup of the disk.

        Args:
            description: What it is; it has no other name.
            type: `snapshot` (default), or `backup` when backups are on.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @action("detach_from_network")
    def detach_from_network(self, id: int, **params: Unpack[ActionDetachFromNetworkParams]) -> ActionResponse:
        """Leave a private network.

        Args:
            network: Id of the network.
        """
        ...

    @action("detach_iso")
    def detach_iso(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Take the ISO out."""
        ...

    @action("disable_backup")
    def disable_backup(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Stop daily backups and delete those there are."""
        ...

    @action("disable_rescue")
    def disable_rescue(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Boot normally next time."""
        ...

    @action("enable_backup")
    def enable_backup(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Start daily backups; they cost a fifth of the server's price."""
        ...

    @action("enable_rescue")
    def enable_rescue(self, id: int, **params: Unpack[ActionEnableRescueParams]) -> RootPasswordResponse:
        """Boot into the rescue system next time, within 60 minutes.

        Args:
            type: The only one there is.
            ssh_keys: SSH keys to inject, by id.
        """
        ...

    @action("stop_server")
    def poweroff(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Cut the power, like pulling the plug."""
        ...

    @action("start_server")
    def poweron(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Switch the power on."""
        ...

    @action("reboot_server")
    def reboot(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Ask the operating system to reboot."""
        ...

    @action("rebuild_server")
    def rebuild(self, id: int, **params: Unpack[ActionRebuildParams]) -> RootPasswordResponse:
        """Overwrite the disk with an image; id and addresses stay.

        Args:
            image: Name or id of the image.
            user_data: New cloud-init data, at most 32 KiB; without it the old is used.
        """
        ...

    @action("remove_from_placement_group")
    def remove_from_placement_group(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Leave the placement group."""
        ...

    @action("request_console")
    def request_console(self, id: int, **options: Unpack[Options]) -> ActionRequestConsoleResponse:
        """Ask for a VNC console."""
        ...

    @action("reset_server")
    def reset(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Cut the power and switch it on again."""
        ...

    @action("reset_password")
    def reset_password(self, id: int, **options: Unpack[Options]) -> RootPasswordResponse:
        """Make a new root password; the server must be running."""
        ...

    @action("shutdown_server")
    def shutdown(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Ask the operating system to shut down; it is done when the request was delivered."""
        ...
