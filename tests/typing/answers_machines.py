"""The exact answer of every operation in both faces (machines); for mypy --strict and pyright, never run.

``tests/schema/test_typing.py`` sees to it that none is missing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_type

from hetzner import AsyncHetzner, Hetzner
from hetzner._faces import Async, Sync
from hetzner.schema.actions import ActionResponse, ActionsPage
from hetzner.schema.datacenters import DatacenterRetrieveResponse, DatacentersPage
from hetzner.schema.images import ImageRetrieveResponse, ImagesPage, ImageUpdateResponse
from hetzner.schema.isos import ISORetrieveResponse, ISOsPage
from hetzner.schema.locations import LocationRetrieveResponse, LocationsPage
from hetzner.schema.metrics import MetricsResponse
from hetzner.schema.placement_groups import (
    PlacementGroupCreateResponse,
    PlacementGroupRetrieveResponse,
    PlacementGroupsPage,
    PlacementGroupUpdateResponse,
)
from hetzner.schema.pricing import PricingRetrieveResponse
from hetzner.schema.server_actions import (
    ActionCreateImageResponse,
    ActionRequestConsoleResponse,
    RootPasswordResponse,
)
from hetzner.schema.server_types import ServerTypeRetrieveResponse, ServerTypesPage
from hetzner.schema.servers import (
    ServerCreateResponse,
    ServerDeleteResponse,
    ServerRetrieveResponse,
    ServersPage,
    ServerUpdateResponse,
)
from hetzner.schema.ssh_keys import (
    SshKeyCreateResponse,
    SshKeyRetrieveResponse,
    SSHKeysPage,
    SshKeyUpdateResponse,
)

NOW = datetime.now(UTC)


def blocking_actions(client: Hetzner) -> None:
    """What `client.actions` answers with, blocking."""
    assert_type(client.actions.retrieve(1), ActionResponse)
    assert_type(client.actions.list(id=1), ActionsPage[Sync])


def blocking_servers(client: Hetzner) -> None:
    """What `client.servers` answers with, blocking."""
    assert_type(client.servers.create(name="x", server_type="x", image="x"), ServerCreateResponse)
    assert_type(client.servers.retrieve(1), ServerRetrieveResponse)
    assert_type(client.servers.update(1), ServerUpdateResponse)
    assert_type(client.servers.list(), ServersPage[Sync])
    assert_type(client.servers.delete(1), ServerDeleteResponse)
    assert_type(client.servers.actions.list_all(), ActionsPage[Sync])
    assert_type(client.servers.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.servers.actions.list(1), ActionsPage[Sync])
    assert_type(client.servers.actions.retrieve(1, id=1), ActionResponse)
    assert_type(client.servers.actions.add_to_placement_group(1, placement_group=1), ActionResponse)
    assert_type(client.servers.actions.attach_iso(1, iso="x"), ActionResponse)
    assert_type(client.servers.actions.attach_to_network(1, network=1), ActionResponse)
    assert_type(client.servers.actions.change_alias_ips(1, network=1, alias_ips=["x"]), ActionResponse)
    assert_type(client.servers.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(client.servers.actions.change_protection(1), ActionResponse)
    assert_type(client.servers.actions.change_type(1, server_type="x", upgrade_disk=True), ActionResponse)
    assert_type(client.servers.actions.create_image(1), ActionCreateImageResponse)
    assert_type(client.servers.actions.detach_from_network(1, network=1), ActionResponse)
    assert_type(client.servers.actions.detach_iso(1), ActionResponse)
    assert_type(client.servers.actions.disable_backup(1), ActionResponse)
    assert_type(client.servers.actions.disable_rescue(1), ActionResponse)
    assert_type(client.servers.actions.enable_backup(1), ActionResponse)
    assert_type(client.servers.actions.enable_rescue(1), RootPasswordResponse)
    assert_type(client.servers.actions.poweroff(1), ActionResponse)
    assert_type(client.servers.actions.poweron(1), ActionResponse)
    assert_type(client.servers.actions.reboot(1), ActionResponse)
    assert_type(client.servers.actions.rebuild(1, image="x"), RootPasswordResponse)
    assert_type(client.servers.actions.remove_from_placement_group(1), ActionResponse)
    assert_type(client.servers.actions.request_console(1), ActionRequestConsoleResponse)
    assert_type(client.servers.actions.reset(1), ActionResponse)
    assert_type(client.servers.actions.reset_password(1), RootPasswordResponse)
    assert_type(client.servers.actions.shutdown(1), ActionResponse)
    assert_type(client.servers.metrics.list(1, type="x", start=NOW, end=NOW), MetricsResponse)


def blocking_server_types(client: Hetzner) -> None:
    """What `client.server_types` answers with, blocking."""
    assert_type(client.server_types.retrieve(1), ServerTypeRetrieveResponse)
    assert_type(client.server_types.list(), ServerTypesPage[Sync])


def blocking_images(client: Hetzner) -> None:
    """What `client.images` answers with, blocking."""
    assert_type(client.images.retrieve(1), ImageRetrieveResponse)
    assert_type(client.images.update(1), ImageUpdateResponse)
    assert_type(client.images.list(), ImagesPage[Sync])
    client.images.delete(1)
    assert_type(client.images.actions.list_all(), ActionsPage[Sync])
    assert_type(client.images.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.images.actions.list(1), ActionsPage[Sync])
    assert_type(client.images.actions.retrieve(1, id=1), ActionResponse)
    assert_type(client.images.actions.change_protection(1), ActionResponse)


def blocking_isos(client: Hetzner) -> None:
    """What `client.isos` answers with, blocking."""
    assert_type(client.isos.retrieve(1), ISORetrieveResponse)
    assert_type(client.isos.list(), ISOsPage[Sync])


def blocking_placement_groups(client: Hetzner) -> None:
    """What `client.placement_groups` answers with, blocking."""
    assert_type(client.placement_groups.create(name="x", type="spread"), PlacementGroupCreateResponse)
    assert_type(client.placement_groups.retrieve(1), PlacementGroupRetrieveResponse)
    assert_type(client.placement_groups.update(1), PlacementGroupUpdateResponse)
    assert_type(client.placement_groups.list(), PlacementGroupsPage[Sync])
    client.placement_groups.delete(1)


def blocking_ssh_keys(client: Hetzner) -> None:
    """What `client.ssh_keys` answers with, blocking."""
    assert_type(client.ssh_keys.create(name="x", public_key="x"), SshKeyCreateResponse)
    assert_type(client.ssh_keys.retrieve(1), SshKeyRetrieveResponse)
    assert_type(client.ssh_keys.update(1), SshKeyUpdateResponse)
    assert_type(client.ssh_keys.list(), SSHKeysPage[Sync])
    client.ssh_keys.delete(1)


def blocking_locations(client: Hetzner) -> None:
    """What `client.locations` answers with, blocking."""
    assert_type(client.locations.retrieve(1), LocationRetrieveResponse)
    assert_type(client.locations.list(), LocationsPage[Sync])


def blocking_datacenters(client: Hetzner) -> None:
    """What `client.datacenters` answers with, blocking."""
    assert_type(client.datacenters.retrieve(1), DatacenterRetrieveResponse)
    assert_type(client.datacenters.list(), DatacentersPage[Sync])


def blocking_pricing(client: Hetzner) -> None:
    """What `client.pricing` answers with, blocking."""
    assert_type(client.pricing.retrieve(), PricingRetrieveResponse)


async def awaited_actions(client: AsyncHetzner) -> None:
    """What `client.actions` answers with, awaited."""
    assert_type(await client.actions.retrieve(1), ActionResponse)
    assert_type(await client.actions.list(id=1), ActionsPage[Async])


async def awaited_servers(client: AsyncHetzner) -> None:
    """What `client.servers` answers with, awaited."""
    assert_type(await client.servers.create(name="x", server_type="x", image="x"), ServerCreateResponse)
    assert_type(await client.servers.retrieve(1), ServerRetrieveResponse)
    assert_type(await client.servers.update(1), ServerUpdateResponse)
    assert_type(await client.servers.list(), ServersPage[Async])
    assert_type(await client.servers.delete(1), ServerDeleteResponse)
    assert_type(await client.servers.actions.list_all(), ActionsPage[Async])
    assert_type(await client.servers.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.servers.actions.list(1), ActionsPage[Async])
    assert_type(await client.servers.actions.retrieve(1, id=1), ActionResponse)
    assert_type(await client.servers.actions.add_to_placement_group(1, placement_group=1), ActionResponse)
    assert_type(await client.servers.actions.attach_iso(1, iso="x"), ActionResponse)
    assert_type(await client.servers.actions.attach_to_network(1, network=1), ActionResponse)
    assert_type(await client.servers.actions.change_alias_ips(1, network=1, alias_ips=["x"]), ActionResponse)
    assert_type(await client.servers.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(await client.servers.actions.change_protection(1), ActionResponse)
    assert_type(
        await client.servers.actions.change_type(1, server_type="x", upgrade_disk=True), ActionResponse
    )
    assert_type(await client.servers.actions.create_image(1), ActionCreateImageResponse)
    assert_type(await client.servers.actions.detach_from_network(1, network=1), ActionResponse)
    assert_type(await client.servers.actions.detach_iso(1), ActionResponse)
    assert_type(await client.servers.actions.disable_backup(1), ActionResponse)
    assert_type(await client.servers.actions.disable_rescue(1), ActionResponse)
    assert_type(await client.servers.actions.enable_backup(1), ActionResponse)
    assert_type(await client.servers.actions.enable_rescue(1), RootPasswordResponse)
    assert_type(await client.servers.actions.poweroff(1), ActionResponse)
    assert_type(await client.servers.actions.poweron(1), ActionResponse)
    assert_type(await client.servers.actions.reboot(1), ActionResponse)
    assert_type(await client.servers.actions.rebuild(1, image="x"), RootPasswordResponse)
    assert_type(await client.servers.actions.remove_from_placement_group(1), ActionResponse)
    assert_type(await client.servers.actions.request_console(1), ActionRequestConsoleResponse)
    assert_type(await client.servers.actions.reset(1), ActionResponse)
    assert_type(await client.servers.actions.reset_password(1), RootPasswordResponse)
    assert_type(await client.servers.actions.shutdown(1), ActionResponse)
    assert_type(await client.servers.metrics.list(1, type="x", start=NOW, end=NOW), MetricsResponse)


async def awaited_server_types(client: AsyncHetzner) -> None:
    """What `client.server_types` answers with, awaited."""
    assert_type(await client.server_types.retrieve(1), ServerTypeRetrieveResponse)
    assert_type(await client.server_types.list(), ServerTypesPage[Async])


async def awaited_images(client: AsyncHetzner) -> None:
    """What `client.images` answers with, awaited."""
    assert_type(await client.images.retrieve(1), ImageRetrieveResponse)
    assert_type(await client.images.update(1), ImageUpdateResponse)
    assert_type(await client.images.list(), ImagesPage[Async])
    await client.images.delete(1)
    assert_type(await client.images.actions.list_all(), ActionsPage[Async])
    assert_type(await client.images.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.images.actions.list(1), ActionsPage[Async])
    assert_type(await client.images.actions.retrieve(1, id=1), ActionResponse)
    assert_type(await client.images.actions.change_protection(1), ActionResponse)


async def awaited_isos(client: AsyncHetzner) -> None:
    """What `client.isos` answers with, awaited."""
    assert_type(await client.isos.retrieve(1), ISORetrieveResponse)
    assert_type(await client.isos.list(), ISOsPage[Async])


async def awaited_placement_groups(client: AsyncHetzner) -> None:
    """What `client.placement_groups` answers with, awaited."""
    assert_type(await client.placement_groups.create(name="x", type="spread"), PlacementGroupCreateResponse)
    assert_type(await client.placement_groups.retrieve(1), PlacementGroupRetrieveResponse)
    assert_type(await client.placement_groups.update(1), PlacementGroupUpdateResponse)
    assert_type(await client.placement_groups.list(), PlacementGroupsPage[Async])
    await client.placement_groups.delete(1)


async def awaited_ssh_keys(client: AsyncHetzner) -> None:
    """What `client.ssh_keys` answers with, awaited."""
    assert_type(await client.ssh_keys.create(name="x", public_key="x"), SshKeyCreateResponse)
    assert_type(await client.ssh_keys.retrieve(1), SshKeyRetrieveResponse)
    assert_type(await client.ssh_keys.update(1), SshKeyUpdateResponse)
    assert_type(await client.ssh_keys.list(), SSHKeysPage[Async])
    await client.ssh_keys.delete(1)


async def awaited_locations(client: AsyncHetzner) -> None:
    """What `client.locations` answers with, awaited."""
    assert_type(await client.locations.retrieve(1), LocationRetrieveResponse)
    assert_type(await client.locations.list(), LocationsPage[Async])


async def awaited_datacenters(client: AsyncHetzner) -> None:
    """What `client.datacenters` answers with, awaited."""
    assert_type(await client.datacenters.retrieve(1), DatacenterRetrieveResponse)
    assert_type(await client.datacenters.list(), DatacentersPage[Async])


async def awaited_pricing(client: AsyncHetzner) -> None:
    """What `client.pricing` answers with, awaited."""
    assert_type(await client.pricing.retrieve(), PricingRetrieveResponse)
