"""The exact answer of every operation in both faces (networking); for mypy --strict and pyright, never run.

``tests/schema/test_typing.py`` sees to it that none is missing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_type

from hetzner import AsyncHetzner, Hetzner
from hetzner._faces import Async, Sync
from hetzner.schema.actions import ActionResponse, ActionsPage, ActionsResponse
from hetzner.schema.firewalls import (
    FirewallCreateResponse,
    FirewallRetrieveResponse,
    FirewallsPage,
    FirewallUpdateResponse,
)
from hetzner.schema.floating_ips import (
    FloatingIPCreateResponse,
    FloatingIPRetrieveResponse,
    FloatingIPsPage,
    FloatingIPUpdateResponse,
)
from hetzner.schema.load_balancer_types import LoadBalancerTypeRetrieveResponse, LoadBalancerTypesPage
from hetzner.schema.load_balancers import (
    LoadBalancerCreateResponse,
    LoadBalancerDeleteResponse,
    LoadBalancerRetrieveResponse,
    LoadBalancersPage,
    LoadBalancerUpdateResponse,
)
from hetzner.schema.metrics import MetricsResponse
from hetzner.schema.networks import (
    NetworkCreateResponse,
    NetworkMembersPage,
    NetworkRetrieveResponse,
    NetworksPage,
    NetworkUpdateResponse,
)
from hetzner.schema.primary_ips import (
    PrimaryIPCreateResponse,
    PrimaryIPRetrieveResponse,
    PrimaryIPsPage,
    PrimaryIPUpdateResponse,
)

NOW = datetime.now(UTC)


def blocking_networks(client: Hetzner) -> None:
    """What `client.networks` answers with, blocking."""
    assert_type(client.networks.create(name="x", ip_range="x"), NetworkCreateResponse)
    assert_type(client.networks.retrieve(1), NetworkRetrieveResponse)
    assert_type(client.networks.update(1), NetworkUpdateResponse)
    assert_type(client.networks.list(), NetworksPage[Sync])
    client.networks.delete(1)
    assert_type(client.networks.members(1), NetworkMembersPage[Sync])
    assert_type(client.networks.actions.list_all(), ActionsPage[Sync])
    assert_type(client.networks.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.networks.actions.list(1), ActionsPage[Sync])
    assert_type(client.networks.actions.retrieve(1, id=1), ActionResponse)
    assert_type(client.networks.actions.add_route(1, destination="x", gateway="x"), ActionResponse)
    assert_type(client.networks.actions.add_subnet(1, type="cloud", network_zone="x"), ActionResponse)
    assert_type(client.networks.actions.change_ip_range(1, ip_range="x"), ActionResponse)
    assert_type(client.networks.actions.change_protection(1), ActionResponse)
    assert_type(client.networks.actions.delete_route(1, destination="x", gateway="x"), ActionResponse)
    assert_type(client.networks.actions.delete_subnet(1, ip_range="x"), ActionResponse)


def blocking_firewalls(client: Hetzner) -> None:
    """What `client.firewalls` answers with, blocking."""
    assert_type(client.firewalls.create(name="x"), FirewallCreateResponse)
    assert_type(client.firewalls.retrieve(1), FirewallRetrieveResponse)
    assert_type(client.firewalls.update(1), FirewallUpdateResponse)
    assert_type(client.firewalls.list(), FirewallsPage[Sync])
    client.firewalls.delete(1)
    assert_type(client.firewalls.actions.list_all(), ActionsPage[Sync])
    assert_type(client.firewalls.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.firewalls.actions.list(1), ActionsPage[Sync])
    assert_type(client.firewalls.actions.retrieve(1, id=1), ActionResponse)
    assert_type(
        client.firewalls.actions.set_rules(1, rules=[{"direction": "in", "protocol": "tcp"}]), ActionsResponse
    )
    assert_type(
        client.firewalls.actions.apply_to_resources(1, apply_to=[{"type": "server"}]), ActionsResponse
    )
    assert_type(
        client.firewalls.actions.remove_from_resources(1, remove_from=[{"type": "server"}]), ActionsResponse
    )


def blocking_load_balancers(client: Hetzner) -> None:
    """What `client.load_balancers` answers with, blocking."""
    assert_type(client.load_balancers.create(name="x", load_balancer_type="x"), LoadBalancerCreateResponse)
    assert_type(client.load_balancers.retrieve(1), LoadBalancerRetrieveResponse)
    assert_type(client.load_balancers.update(1), LoadBalancerUpdateResponse)
    assert_type(client.load_balancers.list(), LoadBalancersPage[Sync])
    assert_type(client.load_balancers.delete(1), LoadBalancerDeleteResponse)
    assert_type(client.load_balancers.actions.list_all(), ActionsPage[Sync])
    assert_type(client.load_balancers.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.load_balancers.actions.list(1), ActionsPage[Sync])
    assert_type(client.load_balancers.actions.retrieve(1, id=1), ActionResponse)
    assert_type(client.load_balancers.actions.add_service(1, protocol="tcp"), ActionResponse)
    assert_type(client.load_balancers.actions.add_target(1, type="server"), ActionResponse)
    assert_type(client.load_balancers.actions.attach_to_network(1, network=1), ActionResponse)
    assert_type(client.load_balancers.actions.change_algorithm(1, type="round_robin"), ActionResponse)
    assert_type(client.load_balancers.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(client.load_balancers.actions.change_protection(1), ActionResponse)
    assert_type(client.load_balancers.actions.change_type(1, load_balancer_type="x"), ActionResponse)
    assert_type(client.load_balancers.actions.delete_service(1, listen_port=1), ActionResponse)
    assert_type(client.load_balancers.actions.detach_from_network(1, network=1), ActionResponse)
    assert_type(client.load_balancers.actions.disable_public_interface(1), ActionResponse)
    assert_type(client.load_balancers.actions.enable_public_interface(1), ActionResponse)
    assert_type(client.load_balancers.actions.remove_target(1, type="server"), ActionResponse)
    assert_type(client.load_balancers.actions.update_service(1, listen_port=1), ActionResponse)
    assert_type(client.load_balancers.metrics.list(1, type="x", start=NOW, end=NOW), MetricsResponse)


def blocking_load_balancer_types(client: Hetzner) -> None:
    """What `client.load_balancer_types` answers with, blocking."""
    assert_type(client.load_balancer_types.retrieve(1), LoadBalancerTypeRetrieveResponse)
    assert_type(client.load_balancer_types.list(), LoadBalancerTypesPage[Sync])


def blocking_floating_ips(client: Hetzner) -> None:
    """What `client.floating_ips` answers with, blocking."""
    assert_type(client.floating_ips.create(type="ipv4"), FloatingIPCreateResponse)
    assert_type(client.floating_ips.retrieve(1), FloatingIPRetrieveResponse)
    assert_type(client.floating_ips.update(1), FloatingIPUpdateResponse)
    assert_type(client.floating_ips.list(), FloatingIPsPage[Sync])
    client.floating_ips.delete(1)
    assert_type(client.floating_ips.actions.list_all(), ActionsPage[Sync])
    assert_type(client.floating_ips.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.floating_ips.actions.list(1), ActionsPage[Sync])
    assert_type(client.floating_ips.actions.retrieve(1, id=1), ActionResponse)
    assert_type(client.floating_ips.actions.assign(1, server=1), ActionResponse)
    assert_type(client.floating_ips.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(client.floating_ips.actions.change_protection(1, delete=True), ActionResponse)
    assert_type(client.floating_ips.actions.unassign(1), ActionResponse)


def blocking_primary_ips(client: Hetzner) -> None:
    """What `client.primary_ips` answers with, blocking."""
    assert_type(client.primary_ips.create(name="x", type="ipv4"), PrimaryIPCreateResponse)
    assert_type(client.primary_ips.retrieve(1), PrimaryIPRetrieveResponse)
    assert_type(client.primary_ips.update(1), PrimaryIPUpdateResponse)
    assert_type(client.primary_ips.list(), PrimaryIPsPage[Sync])
    client.primary_ips.delete(1)
    assert_type(client.primary_ips.actions.retrieve(1), ActionResponse)
    assert_type(client.primary_ips.actions.retrieve_of(1, id=1), ActionResponse)
    assert_type(client.primary_ips.actions.list(), ActionsPage[Sync])
    assert_type(client.primary_ips.actions.list_of(1), ActionsPage[Sync])
    assert_type(client.primary_ips.actions.assign(1, assignee_id=1, assignee_type="server"), ActionResponse)
    assert_type(client.primary_ips.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(client.primary_ips.actions.change_protection(1, delete=True), ActionResponse)
    assert_type(client.primary_ips.actions.unassign(1), ActionResponse)


async def awaited_networks(client: AsyncHetzner) -> None:
    """What `client.networks` answers with, awaited."""
    assert_type(await client.networks.create(name="x", ip_range="x"), NetworkCreateResponse)
    assert_type(await client.networks.retrieve(1), NetworkRetrieveResponse)
    assert_type(await client.networks.update(1), NetworkUpdateResponse)
    assert_type(await client.networks.list(), NetworksPage[Async])
    await client.networks.delete(1)
    assert_type(await client.networks.members(1), NetworkMembersPage[Async])
    assert_type(await client.networks.actions.list_all(), ActionsPage[Async])
    assert_type(await client.networks.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.networks.actions.list(1), ActionsPage[Async])
    assert_type(await client.networks.actions.retrieve(1, id=1), ActionResponse)
    assert_type(await client.networks.actions.add_route(1, destination="x", gateway="x"), ActionResponse)
    assert_type(await client.networks.actions.add_subnet(1, type="cloud", network_zone="x"), ActionResponse)
    assert_type(await client.networks.actions.change_ip_range(1, ip_range="x"), ActionResponse)
    assert_type(await client.networks.actions.change_protection(1), ActionResponse)
    assert_type(await client.networks.actions.delete_route(1, destination="x", gateway="x"), ActionResponse)
    assert_type(await client.networks.actions.delete_subnet(1, ip_range="x"), ActionResponse)


async def awaited_firewalls(client: AsyncHetzner) -> None:
    """What `client.firewalls` answers with, awaited."""
    assert_type(await client.firewalls.create(name="x"), FirewallCreateResponse)
    assert_type(await client.firewalls.retrieve(1), FirewallRetrieveResponse)
    assert_type(await client.firewalls.update(1), FirewallUpdateResponse)
    assert_type(await client.firewalls.list(), FirewallsPage[Async])
    await client.firewalls.delete(1)
    assert_type(await client.firewalls.actions.list_all(), ActionsPage[Async])
    assert_type(await client.firewalls.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.firewalls.actions.list(1), ActionsPage[Async])
    assert_type(await client.firewalls.actions.retrieve(1, id=1), ActionResponse)
    assert_type(
        await client.firewalls.actions.set_rules(1, rules=[{"direction": "in", "protocol": "tcp"}]),
        ActionsResponse,
    )
    assert_type(
        await client.firewalls.actions.apply_to_resources(1, apply_to=[{"type": "server"}]), ActionsResponse
    )
    assert_type(
        await client.firewalls.actions.remove_from_resources(1, remove_from=[{"type": "server"}]),
        ActionsResponse,
    )


async def awaited_load_balancers(client: AsyncHetzner) -> None:
    """What `client.load_balancers` answers with, awaited."""
    assert_type(
        await client.load_balancers.create(name="x", load_balancer_type="x"), LoadBalancerCreateResponse
    )
    assert_type(await client.load_balancers.retrieve(1), LoadBalancerRetrieveResponse)
    assert_type(await client.load_balancers.update(1), LoadBalancerUpdateResponse)
    assert_type(await client.load_balancers.list(), LoadBalancersPage[Async])
    assert_type(await client.load_balancers.delete(1), LoadBalancerDeleteResponse)
    assert_type(await client.load_balancers.actions.list_all(), ActionsPage[Async])
    assert_type(await client.load_balancers.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.load_balancers.actions.list(1), ActionsPage[Async])
    assert_type(await client.load_balancers.actions.retrieve(1, id=1), ActionResponse)
    assert_type(await client.load_balancers.actions.add_service(1, protocol="tcp"), ActionResponse)
    assert_type(await client.load_balancers.actions.add_target(1, type="server"), ActionResponse)
    assert_type(await client.load_balancers.actions.attach_to_network(1, network=1), ActionResponse)
    assert_type(await client.load_balancers.actions.change_algorithm(1, type="round_robin"), ActionResponse)
    assert_type(await client.load_balancers.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(await client.load_balancers.actions.change_protection(1), ActionResponse)
    assert_type(await client.load_balancers.actions.change_type(1, load_balancer_type="x"), ActionResponse)
    assert_type(await client.load_balancers.actions.delete_service(1, listen_port=1), ActionResponse)
    assert_type(await client.load_balancers.actions.detach_from_network(1, network=1), ActionResponse)
    assert_type(await client.load_balancers.actions.disable_public_interface(1), ActionResponse)
    assert_type(await client.load_balancers.actions.enable_public_interface(1), ActionResponse)
    assert_type(await client.load_balancers.actions.remove_target(1, type="server"), ActionResponse)
    assert_type(await client.load_balancers.actions.update_service(1, listen_port=1), ActionResponse)
    assert_type(await client.load_balancers.metrics.list(1, type="x", start=NOW, end=NOW), MetricsResponse)


async def awaited_load_balancer_types(client: AsyncHetzner) -> None:
    """What `client.load_balancer_types` answers with, awaited."""
    assert_type(await client.load_balancer_types.retrieve(1), LoadBalancerTypeRetrieveResponse)
    assert_type(await client.load_balancer_types.list(), LoadBalancerTypesPage[Async])


async def awaited_floating_ips(client: AsyncHetzner) -> None:
    """What `client.floating_ips` answers with, awaited."""
    assert_type(await client.floating_ips.create(type="ipv4"), FloatingIPCreateResponse)
    assert_type(await client.floating_ips.retrieve(1), FloatingIPRetrieveResponse)
    assert_type(await client.floating_ips.update(1), FloatingIPUpdateResponse)
    assert_type(await client.floating_ips.list(), FloatingIPsPage[Async])
    await client.floating_ips.delete(1)
    assert_type(await client.floating_ips.actions.list_all(), ActionsPage[Async])
    assert_type(await client.floating_ips.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.floating_ips.actions.list(1), ActionsPage[Async])
    assert_type(await client.floating_ips.actions.retrieve(1, id=1), ActionResponse)
    assert_type(await client.floating_ips.actions.assign(1, server=1), ActionResponse)
    assert_type(await client.floating_ips.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(await client.floating_ips.actions.change_protection(1, delete=True), ActionResponse)
    assert_type(await client.floating_ips.actions.unassign(1), ActionResponse)


async def awaited_primary_ips(client: AsyncHetzner) -> None:
    """What `client.primary_ips` answers with, awaited."""
    assert_type(await client.primary_ips.create(name="x", type="ipv4"), PrimaryIPCreateResponse)
    assert_type(await client.primary_ips.retrieve(1), PrimaryIPRetrieveResponse)
    assert_type(await client.primary_ips.update(1), PrimaryIPUpdateResponse)
    assert_type(await client.primary_ips.list(), PrimaryIPsPage[Async])
    await client.primary_ips.delete(1)
    assert_type(await client.primary_ips.actions.retrieve(1), ActionResponse)
    assert_type(await client.primary_ips.actions.retrieve_of(1, id=1), ActionResponse)
    assert_type(await client.primary_ips.actions.list(), ActionsPage[Async])
    assert_type(await client.primary_ips.actions.list_of(1), ActionsPage[Async])
    assert_type(
        await client.primary_ips.actions.assign(1, assignee_id=1, assignee_type="server"), ActionResponse
    )
    assert_type(await client.primary_ips.actions.change_dns_ptr(1, ip="x", dns_ptr="x"), ActionResponse)
    assert_type(await client.primary_ips.actions.change_protection(1, delete=True), ActionResponse)
    assert_type(await client.primary_ips.actions.unassign(1), ActionResponse)
