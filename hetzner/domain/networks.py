"""Networks as records.

https://docs.hetzner.cloud/reference/cloud#networks
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.project import client_for
from hetzner.domain.record import AsyncFinders, Ensured, Finders, Labelled, create_one, ensure_one
from hetzner.domain.specs.networks import NetworkSpec
from hetzner.schema import networks as schema

if TYPE_CHECKING:
    from hetzner.schema.actions import Action
    from hetzner.schema.networks import NetworkMember


class _Network(schema.Network, Labelled[IO], Generic[IO]):
    """What can be done with a network, once for both faces."""

    kind: ClassVar[str] = "networks"

    def _told(self) -> Any:
        yield from super()._told()
        yield f"{self.ip_range}, {len(self.servers or [])} servers"

    @verb
    async def members(self) -> list[NetworkMember]:
        """Return what is attached to it, with addresses."""
        return [member async for member in self.api.networks.members(self.id)]

    @verb
    async def add_subnet(
        self, ip_range: str | None = None, *, network_zone: str = "eu-central", type: str = "cloud",
        vswitch_id: int | None = None, wait: bool = True,
    ) -> Action:  # fmt: skip
        """Add a part of it; without a range the API takes the first free /24."""
        given = {"ip_range": ip_range, "network_zone": network_zone, "type": type, "vswitch_id": vswitch_id}
        arguments = {name: value for name, value in given.items() if value is not None}
        return await self._done(await self.api.networks.actions.add_subnet(self.id, **arguments), wait)

    @verb
    async def delete_subnet(self, ip_range: str, *, wait: bool = True) -> Action:
        """Take a part away; nothing may be attached to it."""
        return await self._done(
            await self.api.networks.actions.delete_subnet(self.id, ip_range=ip_range), wait
        )

    @verb
    async def add_route(self, destination: str, gateway: str, *, wait: bool = True) -> Action:
        """Add a route."""
        route = {"destination": destination, "gateway": gateway}
        return await self._done(await self.api.networks.actions.add_route(self.id, **route), wait)

    @verb
    async def delete_route(self, destination: str, gateway: str, *, wait: bool = True) -> Action:
        """Take a route away."""
        route = {"destination": destination, "gateway": gateway}
        return await self._done(await self.api.networks.actions.delete_route(self.id, **route), wait)

    @verb
    async def change_ip_range(self, ip_range: str, *, wait: bool = True) -> Action:
        """Widen the range; it can never shrink."""
        return await self._done(
            await self.api.networks.actions.change_ip_range(self.id, ip_range=ip_range), wait
        )

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion."""
        return await self._done(await self.api.networks.actions.change_protection(self.id, delete=delete), wait)


class Network(_Network[Sync], Finders):
    """A private network."""

    @classmethod
    def create(cls, name: str, *, client: Any = None, **options: Unpack[NetworkSpec]) -> Network:
        """Create a network."""
        return drive(create_one(cls, name, options, client_for(client, blocking=True), True))

    @classmethod
    def ensure(cls, name: str, *, client: Any = None, **options: Unpack[NetworkSpec]) -> Ensured[Network]:
        """Return the network of this name, or create it; the second part of the answer tells which."""
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncNetwork(_Network[Async], AsyncFinders):
    """A private network, awaited."""

    @classmethod
    async def create(cls, name: str, *, client: Any = None, **options: Unpack[NetworkSpec]) -> AsyncNetwork:
        """Create a network."""
        return await create_one(cls, name, options, client_for(client, blocking=False), True)

    @classmethod
    async def ensure(cls, name: str, *, client: Any = None, **options: Unpack[NetworkSpec]) -> Ensured[AsyncNetwork]:
        """Return the network of this name, or create it; the second part of the answer tells which."""
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
