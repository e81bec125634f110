"""Load balancers as records.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from hetzner._faces import Async, Sync, drive
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.load_balancer_verbs import LoadBalancerVerbs
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.reference import Choice
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs.load_balancers import LoadBalancerOptions

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner


class LoadBalancer(LoadBalancerVerbs[Sync], Finders, Related):
    """One address in front of many servers."""

    @classmethod
    def create(
        cls,
        name: str,
        load_balancer_type: Choice,
        *,
        client: Hetzner | None = None,
        wait: bool = True,
        **options: Unpack[LoadBalancerOptions],
    ) -> LoadBalancer:
        """Create a load balancer in a location or a network zone; returns when it works.

        Servers, networks and certificates are names, ids or objects. With ``wait=False`` it returns as soon
        as the API took the order, and ``wait()`` of it waits for the rest; only what takes calls of its own
        (a given private address, protection, reverse names) is waited for all the same.

        Raises TypeError and ValueError before any request, APIStatusError, and ActionFailed.

        Args:
            load_balancer_type: Its size, such as `lb11`; of several the first that can be had.
            location: Where it stands; of several the first where it can be had.
            network_zone: Zone to pick a location from, such as eu-central.
            algorithm: How targets take turns (default: round_robin).
            networks: Private network: its name, or its name and an address.
            services: Ports to take connections on.
            targets: Where to send them: servers, label selectors, addresses.
            public_interface: Have a public side (default: yes).
            public_net: Primary IPs to have as public addresses.
            dns_ptr: Reverse DNS name.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"load_balancer_type": load_balancer_type, **options}
        return drive(create_one(cls, name, spec, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls,
        name: str,
        load_balancer_type: Choice,
        *,
        client: Hetzner | None = None,
        **options: Unpack[LoadBalancerOptions],
    ) -> Ensured[LoadBalancer]:
        """Return the load balancer of this name as it is, or create it, and whether it was made.

        Args:
            load_balancer_type: Its size, such as `lb11`; of several the first that can be had.
            location: Where it stands; of several the first where it can be had.
            network_zone: Zone to pick a location from, such as eu-central.
            algorithm: How targets take turns (default: round_robin).
            networks: Private network: its name, or its name and an address.
            services: Ports to take connections on.
            targets: Where to send them: servers, label selectors, addresses.
            public_interface: Have a public side (default: yes).
            public_net: Primary IPs to have as public addresses.
            dns_ptr: Reverse DNS name.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"load_balancer_type": load_balancer_type, **options}
        return drive(ensure_one(cls, name, spec, client_for(client, blocking=True)))


class AsyncLoadBalancer(LoadBalancerVerbs[Async], AsyncFinders, AsyncRelated):
    """One address in front of many servers, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        load_balancer_type: Choice,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        **options: Unpack[LoadBalancerOptions],
    ) -> AsyncLoadBalancer:
        """Create a load balancer; see the blocking face for ``wait`` and errors.

        Args:
            load_balancer_type: Its size, such as `lb11`; of several the first that can be had.
            location: Where it stands; of several the first where it can be had.
            network_zone: Zone to pick a location from, such as eu-central.
            algorithm: How targets take turns (default: round_robin).
            networks: Private network: its name, or its name and an address.
            services: Ports to take connections on.
            targets: Where to send them: servers, label selectors, addresses.
            public_interface: Have a public side (default: yes).
            public_net: Primary IPs to have as public addresses.
            dns_ptr: Reverse DNS name.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"load_balancer_type": load_balancer_type, **options}
        return await create_one(cls, name, spec, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls,
        name: str,
        load_balancer_type: Choice,
        *,
        client: AsyncHetzner | None = None,
        **options: Unpack[LoadBalancerOptions],
    ) -> Ensured[AsyncLoadBalancer]:
        """Return the load balancer of this name as it is, or create it, and whether it was made.

        Args:
            load_balancer_type: Its size, such as `lb11`; of several the first that can be had.
            location: Where it stands; of several the first where it can be had.
            network_zone: Zone to pick a location from, such as eu-central.
            algorithm: How targets take turns (default: round_robin).
            networks: Private network: its name, or its name and an address.
            services: Ports to take connections on.
            targets: Where to send them: servers, label selectors, addresses.
            public_interface: Have a public side (default: yes).
            public_net: Primary IPs to have as public addresses.
            dns_ptr: Reverse DNS name.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        spec = {"load_balancer_type": load_balancer_type, **options}
        return await ensure_one(cls, name, spec, client_for(client, blocking=False))
