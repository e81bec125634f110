"""What can be done with a server, once for both faces.

https://docs.hetzner.cloud/reference/cloud#server-actions
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from hetzner._faces import IO, verb
from hetzner.domain.record import Labelled, Record, given
from hetzner.domain.reference import HasId, Ref
from hetzner.domain.specs.servers import ipv4, ipv6, private_ip
from hetzner.domain.watched import Acted, Measured
from hetzner.schema import servers as schema

if TYPE_CHECKING:
    from hetzner.schema.actions import Action
    from hetzner.schema.server_actions import ActionRequestConsoleResponse

A = TypeVar("A")
R = TypeVar("R", bound=Record[Any])
Address = str | IPv4Address


class ServerVerbs(schema.Server, Labelled[IO], Acted[IO], Measured[IO], Generic[IO]):
    """What servers of both faces can do."""

    kind: ClassVar[str] = "servers"

    @property
    def ipv4(self) -> str | None:
        """The public IPv4 address."""
        return ipv4(self) if self._is_told("public_net") else None

    @property
    def ipv6(self) -> str | None:
        """The first public IPv6 address."""
        return ipv6(self) if self._is_told("public_net") else None

    @property
    def private_ip(self) -> str | None:
        """The address in the first private network."""
        return private_ip(self)

    @property
    def root_password(self) -> str | None:
        """The root password, known only to the record that made it, and only when there are no SSH keys.

        It is told by ``create``, ``rebuild`` and ``reset_password``.
        """
        password: str | None = getattr(self._told_once, "root_password", None)
        return password

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield self.status
        yield getattr(self.server_type, "name", None)
        yield getattr(self.location, "name", None)
        yield self.ipv4 or self.ipv6 or self.private_ip

    @verb
    async def poweron(self, *, wait: bool = True) -> Action:
        """Switch the power on."""
        return await self._done(await self.api.servers.actions.poweron(self.id), wait)

    @verb
    async def poweroff(self, *, wait: bool = True) -> Action:
        """Cut the power, like pulling the plug."""
        return await self._done(await self.api.servers.actions.poweroff(self.id), wait)

    @verb
    async def reboot(self, *, wait: bool = True) -> Action:
        """Ask the operating system to reboot."""
        return await self._done(await self.api.servers.actions.reboot(self.id), wait)

    @verb
    async def reset(self, *, wait: bool = True) -> Action:
        """Cut the power and switch it on again."""
        return await self._done(await self.api.servers.actions.reset(self.id), wait)

    @verb
    async def shutdown(self, *, wait: bool = True) -> Action:
        """Ask the operating system to shut down; done when the request was delivered, not when it is off."""
        return await self._done(await self.api.servers.actions.shutdown(self.id), wait)

    @verb
    async def rebuild(self, image: Ref, *, user_data: str | None = None, wait: bool = True) -> Action:
        """Overwrite the disk with an image; id and addresses stay, all data is lost.

        Afterwards ``root_password`` is the new one, when no SSH keys are known.
        """
        wanted = given(user_data=user_data)
        answer = await self.api.servers.actions.rebuild(
            self.id, image=self._id_or_name("images", image), **wanted
        )
        self._told_once = answer
        return await self._done(answer, wait)

    @verb
    async def change_type(self, server_type: Ref, *, upgrade_disk: bool, wait: bool = True) -> Action:
        """Change the type; the server must be off, and is started afterwards.

        With ``upgrade_disk`` its disk grows too, and it can never get a type with a smaller one again.
        """
        wanted = self._id_or_name("server_types", server_type)
        answer = await self.api.servers.actions.change_type(
            self.id, server_type=wanted, upgrade_disk=upgrade_disk
        )
        return await self._done(answer, wait)

    @verb
    async def attach_to_network(
        self,
        network: Ref,
        *,
        ip: Address | None = None,
        alias_ips: Address | Iterable[Address] = (),
        ip_range: str | IPv4Network | None = None,
        wait: bool = True,
    ) -> Action:
        """Join a private network, with a given address or a free one."""
        wanted = given(
            ip=ip and str(ip), alias_ips=_texts(alias_ips) or None, ip_range=ip_range and str(ip_range)
        )
        id = await self._id("networks", network)
        answer = await self.api.servers.actions.attach_to_network(self.id, network=id, **wanted)
        return await self._done(answer, wait)

    @verb
    async def detach_from_network(self, network: Ref, *, wait: bool = True) -> Action:
        """Leave a private network."""
        id = await self._id("networks", network)
        return await self._done(await self.api.servers.actions.detach_from_network(self.id, network=id), wait)

    @verb
    async def change_alias_ips(
        self, network: Ref, alias_ips: Address | Iterable[Address], *, wait: bool = True
    ) -> Action:
        """Replace all further addresses in a network."""
        id = await self._id("networks", network)
        wanted = _texts(alias_ips)
        answer = await self.api.servers.actions.change_alias_ips(self.id, network=id, alias_ips=wanted)
        return await self._done(answer, wait)

    @verb
    async def add_to_placement_group(self, placement_group: Ref, *, wait: bool = True) -> Action:
        """Join a placement group; the server must be off."""
        id = await self._id("placement_groups", placement_group)
        answer = await self.api.servers.actions.add_to_placement_group(self.id, placement_group=id)
        return await self._done(answer, wait)

    @verb
    async def remove_from_placement_group(self, *, wait: bool = True) -> Action:
        """Leave the placement group."""
        return await self._done(await self.api.servers.actions.remove_from_placement_group(self.id), wait)

    @verb
    async def enable_backup(self, *, wait: bool = True) -> Action:
        """Start daily backups; they cost a fifth of the server's price."""
        return await self._done(await self.api.servers.actions.enable_backup(self.id), wait)

    @verb
    async def disable_backup(self, *, wait: bool = True) -> Action:
        """Stop daily backups and delete those there are."""
        return await self._done(await self.api.servers.actions.disable_backup(self.id), wait)

    @verb
    async def enable_rescue(self, *, ssh_keys: Ref | Iterable[Ref] = (), wait: bool = True) -> str | None:
        """Boot into the rescue system next time; returns its root password."""
        keys = [ssh_keys] if isinstance(ssh_keys, str | int | HasId) else ssh_keys
        ids = [await self._id("ssh_keys", key) for key in keys]
        answer = await self.api.servers.actions.enable_rescue(self.id, **given(ssh_keys=ids or None))
        await self._done(answer, wait)
        return answer.root_password

    @verb
    async def disable_rescue(self, *, wait: bool = True) -> Action:
        """Boot normally next time."""
        return await self._done(await self.api.servers.actions.disable_rescue(self.id), wait)

    @verb
    async def reset_password(self, *, wait: bool = True) -> str | None:
        """Make a new root password and return it; the server must be running."""
        answer = await self._told_for_sure(self.api.servers.actions.reset_password)
        self._told_once = answer
        await self._done(answer, wait)
        return answer.root_password

    @verb
    async def attach_iso(self, iso: Ref, *, wait: bool = True) -> Action:
        """Insert an ISO; it replaces the one inserted before."""
        answer = await self.api.servers.actions.attach_iso(self.id, iso=self._id_or_name("isos", iso))
        return await self._done(answer, wait)

    @verb
    async def detach_iso(self, *, wait: bool = True) -> Action:
        """Take the ISO out."""
        return await self._done(await self.api.servers.actions.detach_iso(self.id), wait)

    @verb
    async def change_dns_ptr(
        self, ip: Address | IPv6Address, dns_ptr: str | None, *, wait: bool = True
    ) -> Action:
        """Set the reverse DNS name of a public address; None goes back to the default."""
        answer = await self.api.servers.actions.change_dns_ptr(self.id, ip=str(ip), dns_ptr=dns_ptr)
        return await self._done(answer, wait)

    @verb
    async def change_protection(
        self, *, delete: bool, rebuild: bool | None = None, wait: bool = True
    ) -> Action:
        """Forbid or allow deletion and rebuilding; the API wants both the same."""
        answer = await self.api.servers.actions.change_protection(
            self.id, delete=delete, rebuild=delete if rebuild is None else rebuild
        )
        return await self._done(answer, wait)

    @verb
    async def request_console(self) -> ActionRequestConsoleResponse:
        """Ask for a VNC console; address and password are valid for a minute."""
        answer = await self._told_for_sure(self.api.servers.actions.request_console)
        await self._done(answer, True, refresh=False)
        return answer

    async def _told_for_sure(self, ask: Callable[[Any], Awaitable[A]]) -> A:
        """Ask for a secret; once more when it was in an answer that was lost, after that action."""
        answer = await ask(self.id)
        if getattr(answer, "adopted", False):
            await self._done(answer, True, refresh=False)
            answer = await ask(self.id)
        return answer

    async def _image_made(
        self, record: type[R], type: Literal["snapshot", "backup"], wait: bool, **about: Any
    ) -> R:
        answer = await self.api.servers.actions.create_image(self.id, type=type, **given(**about))
        image = record.of(answer.image, self._client)
        await image._done(answer, wait)
        return image


def _texts(addresses: Address | Iterable[Address]) -> list[str]:
    several = [addresses] if isinstance(addresses, str | IPv4Address) else addresses
    return [str(each) for each in several]
