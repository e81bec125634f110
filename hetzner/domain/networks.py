"""Networks as records.

https://docs.hetzner.cloud/reference/cloud#networks
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Labelled, given
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs.networks import NetworkSpec
from hetzner.domain.watched import Acted
from hetzner.schema import networks as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action
    from hetzner.schema.networks import NetworkMember

Range = str | IPv4Network


class _Network(schema.Network, Labelled[IO], Acted[IO], Generic[IO]):
    """What can be done with a network, once for both faces."""

    kind: ClassVar[str] = "networks"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{self.ip_range}, {len(self.servers or [])} servers"

    @verb
    async def members(self) -> list[NetworkMember]:
        """Return what is attached to it, with addresses."""
        return [member async for member in self.api.networks.members(self.id)]

    @verb
    async def add_subnet(
        self,
        ip_range: Range | None = None,
        *,
        network_zone: str = "eu-central",
        type: Literal["cloud", "server", "vswitch"] = "cloud",
        vswitch_id: int | None = None,
        wait: bool = True,
    ) -> Action:
        """Add a part of it; without a range the API takes the first free /24."""
        wanted = given(ip_range=ip_range and str(ip_range), vswitch_id=vswitch_id)
        answer = await self.api.networks.actions.add_subnet(
            self.id, network_zone=network_zone, type=type, **wanted
        )
        return await self._done(answer, wait)

    @verb
    async def delete_subnet(self, ip_range: Range, *, wait: bool = True) -> Action:
        """Take a part away; nothing may be attached to it."""
        answer = await self.api.networks.actions.delete_subnet(self.id, ip_range=str(ip_range))
        return await self._done(answer, wait)

    @verb
    async def add_route(self, destination: Range, gateway: str | IPv4Address, *, wait: bool = True) -> Action:
        """Add a route."""
        answer = await self.api.networks.actions.add_route(
            self.id, destination=str(destination), gateway=str(gateway)
        )
        return await self._done(answer, wait)

    @verb
    async def delete_route(
        self, destination: Range, gateway: str | IPv4Address, *, wait: bool = True
    ) -> Action:
        """Take a route away."""
        answer = await self.api.networks.actions.delete_route(
            self.id, destination=str(destination), gateway=str(gateway)
        )
        return await self._done(answer, wait)

    @verb
    async def change_ip_range(self, ip_range: Range, *, wait: bool = True) -> Action:
        """Widen the range; it can never shrink."""
        answer = await self.api.networks.actions.change_ip_range(self.id, ip_range=str(ip_range))
        return await self._done(answer, wait)

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion."""
        return await self._done(
            await self.api.networks.actions.change_protection(self.id, delete=delete), wait
        )


class Network(_Network[Sync], Finders, Related):
    """A private network."""

    @classmethod
    def create(cls, name: str, *, client: Hetzner | None = None, **options: Unpack[NetworkSpec]) -> Network:
        """Create a network.

        Args:
            ip_range: Private range, such as 10.0.0.0/16; it can only grow.
            subnets: Its parts.
            routes: Where it sends what is not its own.
            expose_routes_to_vswitch: Tell the routes to the connected vSwitch.
            location: Location whose zone the subnets are for, unless they name one.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True)))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[NetworkSpec]
    ) -> Ensured[Network]:
        """Return the network of this name as it is, or create it, and whether it was made.

        Args:
            ip_range: Private range, such as 10.0.0.0/16; it can only grow.
            subnets: Its parts.
            routes: Where it sends what is not its own.
            expose_routes_to_vswitch: Tell the routes to the connected vSwitch.
            location: Location whose zone the subnets are for, unless they name one.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncNetwork(_Network[Async], AsyncFinders, AsyncRelated):
    """A private network, awaited."""

    @classmethod
    async def create(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[NetworkSpec]
    ) -> AsyncNetwork:
        """Create a network.

        Args:
            ip_range: Private range, such as 10.0.0.0/16; it can only grow.
            subnets: Its parts.
            routes: Where it sends what is not its own.
            expose_routes_to_vswitch: Tell the routes to the connected vSwitch.
            location: Location whose zone the subnets are for, unless they name one.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False))

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[NetworkSpec]
    ) -> Ensured[AsyncNetwork]:
        """Return the network of this name as it is, or create it, and whether it was made.

        Args:
            ip_range: Private range, such as 10.0.0.0/16; it can only grow.
            subnets: Its parts.
            routes: Where it sends what is not its own.
            expose_routes_to_vswitch: Tell the routes to the connected vSwitch.
            location: Location whose zone the subnets are for, unless they name one.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
