"""Primary IPs as records.

https://docs.hetzner.cloud/reference/cloud#primary-ips
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Removable, given
from hetzner.domain.reference import Ref
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs import addresses
from hetzner.domain.specs.primary_ips import PrimaryIPSpec
from hetzner.domain.watched import Acted
from hetzner.schema import primary_ips as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action


class _PrimaryIP(schema.PrimaryIP, Removable[IO], Acted[IO], Generic[IO]):
    """What can be done with a primary IP, once for both faces."""

    kind: ClassVar[str] = "primary_ips"

    @property
    def ipv4(self) -> str | None:
        """The address, if it is an IPv4 address."""
        return addresses.ipv4(self)

    @property
    def ipv6(self) -> str | None:
        """The first address of the network, if it is an IPv6 network."""
        return addresses.ipv6(self)

    @property
    def _actions_of_one(self) -> Any:
        return self._collection.actions.list_of  # where others have theirs are those of all primary IPs

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield self.ip
        yield getattr(self.location, "name", None)
        is_free = self.assignee_id is None
        yield "not assigned" if is_free else f"on {self.assignee_type} #{self.assignee_id}".replace("_", " ")

    @verb
    async def update(
        self,
        *,
        name: str | None = None,
        auto_delete: bool | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Change the name or whether it goes with what it is assigned to, or replace all labels."""
        wanted = given(name=name, auto_delete=auto_delete, labels=labels)
        self._take((await self.api.primary_ips.update(self.id, **wanted)).primary_ip)

    @verb
    async def assign(self, server: Ref, *, wait: bool = True) -> Action:
        """Assign it to a server that is off and has no address of its type."""
        id = await self._id("servers", server)
        answer = await self.api.primary_ips.actions.assign(self.id, assignee_id=id, assignee_type="server")
        return await self._done(answer, wait)

    @verb
    async def unassign(self, *, wait: bool = True) -> Action:
        """Take it off its server, which must be off."""
        return await self._done(await self.api.primary_ips.actions.unassign(self.id), wait)

    @verb
    async def change_dns_ptr(
        self, ip: str | IPv4Address | IPv6Address, dns_ptr: str | None, *, wait: bool = True
    ) -> Action:
        """Set the reverse DNS name of the address, or of one in the network; None: the default."""
        answer = await self.api.primary_ips.actions.change_dns_ptr(self.id, ip=str(ip), dns_ptr=dns_ptr)
        return await self._done(answer, wait)

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion; what is deleted with its server cannot be protected."""
        answer = await self.api.primary_ips.actions.change_protection(self.id, delete=delete)
        return await self._done(answer, wait)


class PrimaryIP(_PrimaryIP[Sync], Finders, Related):
    """A public address of a server or a load balancer."""

    @classmethod
    def create(
        cls, name: str, *, client: Hetzner | None = None, wait: bool = True, **options: Unpack[PrimaryIPSpec]
    ) -> PrimaryIP:
        """Get an address in a location, or for a server that is off; returns when it is assigned.

        With ``wait=False`` it returns as soon as the API took the order, and ``wait()`` of it waits.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            location: Where it is; with an assignee, where that is.
            assignee: Server it is assigned to, which must be off; a new one takes it by its own `public_net`.
            auto_delete: Delete it with what it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion; needs `auto_delete` off.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[PrimaryIPSpec]
    ) -> Ensured[PrimaryIP]:
        """Return the primary IP of this name as it is, or get one, and whether it was made.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            location: Where it is; with an assignee, where that is.
            assignee: Server it is assigned to, which must be off; a new one takes it by its own `public_net`.
            auto_delete: Delete it with what it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion; needs `auto_delete` off.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncPrimaryIP(_PrimaryIP[Async], AsyncFinders, AsyncRelated):
    """A public address of a server or a load balancer, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        **options: Unpack[PrimaryIPSpec],
    ) -> AsyncPrimaryIP:
        """Get an address in a location, or for a server that is off; see the blocking face for ``wait``.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            location: Where it is; with an assignee, where that is.
            assignee: Server it is assigned to, which must be off; a new one takes it by its own `public_net`.
            auto_delete: Delete it with what it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion; needs `auto_delete` off.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[PrimaryIPSpec]
    ) -> Ensured[AsyncPrimaryIP]:
        """Return the primary IP of this name as it is, or get one, and whether it was made.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            location: Where it is; with an assignee, where that is.
            assignee: Server it is assigned to, which must be off; a new one takes it by its own `public_net`.
            auto_delete: Delete it with what it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion; needs `auto_delete` off.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
