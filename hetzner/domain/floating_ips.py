"""Floating IPs as records.

https://docs.hetzner.cloud/reference/cloud#floating-ips
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
from hetzner.domain.specs.floating_ips import FloatingIPSpec
from hetzner.domain.watched import Acted
from hetzner.schema import floating_ips as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action


class _FloatingIP(schema.FloatingIP, Removable[IO], Acted[IO], Generic[IO]):
    """What can be done with a floating IP, once for both faces."""

    kind: ClassVar[str] = "floating_ips"

    @property
    def ipv4(self) -> str | None:
        """The address, if it is an IPv4 address."""
        return addresses.ipv4(self)

    @property
    def ipv6(self) -> str | None:
        """The first address of the network, if it is an IPv6 network."""
        return addresses.ipv6(self)

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield self.ip
        yield getattr(self.home_location, "name", None)
        yield "not assigned" if self.server is None else f"on server #{self.server}"
        yield self.description

    @verb
    async def update(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Change the name or the description, or replace all labels."""
        wanted = given(name=name, description=description, labels=labels)
        self._take((await self.api.floating_ips.update(self.id, **wanted)).floating_ip)

    @verb
    async def assign(self, server: Ref, *, wait: bool = True) -> Action:
        """Assign it to a server, running or not, which must have the address in its own settings too."""
        id = await self._id("servers", server)
        return await self._done(await self.api.floating_ips.actions.assign(self.id, server=id), wait)

    @verb
    async def unassign(self, *, wait: bool = True) -> Action:
        """Take it off its server."""
        return await self._done(await self.api.floating_ips.actions.unassign(self.id), wait)

    @verb
    async def change_dns_ptr(
        self, ip: str | IPv4Address | IPv6Address, dns_ptr: str | None, *, wait: bool = True
    ) -> Action:
        """Set the reverse DNS name of the address, or of one in the network; None: the default."""
        answer = await self.api.floating_ips.actions.change_dns_ptr(self.id, ip=str(ip), dns_ptr=dns_ptr)
        return await self._done(answer, wait)

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion."""
        answer = await self.api.floating_ips.actions.change_protection(self.id, delete=delete)
        return await self._done(answer, wait)


class FloatingIP(_FloatingIP[Sync], Finders, Related):
    """A public address that can be moved between servers."""

    @classmethod
    def create(
        cls, name: str, *, client: Hetzner | None = None, wait: bool = True, **options: Unpack[FloatingIPSpec]
    ) -> FloatingIP:
        """Get an address for a server, or in a home location; returns when it is assigned.

        With ``wait=False`` it returns as soon as the API took the order, and ``wait()`` of it waits.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            description: What it is for.
            home_location: Where its traffic arrives; with a server, where that is.
            server: Server it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[FloatingIPSpec]
    ) -> Ensured[FloatingIP]:
        """Return the floating IP of this name as it is, or get one, and whether it was made.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            description: What it is for.
            home_location: Where its traffic arrives; with a server, where that is.
            server: Server it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncFloatingIP(_FloatingIP[Async], AsyncFinders, AsyncRelated):
    """A public address that can be moved between servers, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        **options: Unpack[FloatingIPSpec],
    ) -> AsyncFloatingIP:
        """Get an address for a server, or in a home location; see the blocking face for ``wait``.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            description: What it is for.
            home_location: Where its traffic arrives; with a server, where that is.
            server: Server it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[FloatingIPSpec]
    ) -> Ensured[AsyncFloatingIP]:
        """Return the floating IP of this name as it is, or get one, and whether it was made.

        Args:
            type: `ipv4` for one address, `ipv6` for a network of 64 bits.
            description: What it is for.
            home_location: Where its traffic arrives; with a server, where that is.
            server: Server it is assigned to.
            dns_ptr: Reverse DNS name; with `ipv6` that of the first address.
            protect: Forbid deletion.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
