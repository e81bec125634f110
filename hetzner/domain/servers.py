"""Servers as records: ``Server.find("web").poweroff()``.

https://docs.hetzner.cloud/reference/cloud#servers
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.project import client_for
from hetzner.domain.calls import actions_of
from hetzner.domain.record import AsyncFinders, Ensured, Finders, Labelled, create_one, ensure_one
from hetzner.domain.reference import Ref, plain
from hetzner.domain.specs.servers import ServerOptions, ipv4, ipv6, private_ip
from hetzner.schema import servers as schema

if TYPE_CHECKING:
    from hetzner.domain.images import _Image
    from hetzner.schema.actions import Action
    from hetzner.schema.server_actions import ActionRequestConsoleResponse


class _Server(schema.Server, Labelled[IO], Generic[IO]):
    """What can be done with a server, once for both faces."""

    kind: ClassVar[str] = "servers"

    @property
    def ipv4(self) -> str | None:
        """The public IPv4 address."""
        return ipv4(self)

    @property
    def ipv6(self) -> str | None:
        """The first public IPv6 address."""
        return ipv6(self)

    @property
    def private_ip(self) -> str | None:
        """The address in the first private network."""
        return private_ip(self)

    def _told(self) -> Iterable[str]:
        yield from super()._told()
        address = self.ipv4 or self.ipv6 or self.private_ip
        told = (self.status, self.server_type.name, self.location.name, address)
        yield from (str(part) for part in told if part)

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
        """Overwrite the disk with an image; id and addresses stay, all data is lost."""
        more = {} if user_data is None else {"user_data": user_data}
        return await self._done(
            await self.api.servers.actions.rebuild(self.id, image=plain(image), **more), wait
        )

    @verb
    async def change_type(self, server_type: Ref, *, upgrade_disk: bool, wait: bool = True) -> Action:
        """Change the type; the server must be off. With a grown disk it can never shrink again."""
        arguments = {"server_type": plain(server_type), "upgrade_disk": upgrade_disk}
        return await self._done(await self.api.servers.actions.change_type(self.id, **arguments), wait)

    @verb
    async def attach_to_network(
        self,
        network: Ref,
        *,
        ip: str | None = None,
        alias_ips: Iterable[str] = (),
        ip_range: str | None = None,
        wait: bool = True,
    ) -> Action:
        """Join a private network, with a given address or a free one."""
        given = {"ip": ip, "alias_ips": list(alias_ips) or None, "ip_range": ip_range}
        arguments = {name: value for name, value in given.items() if value is not None}
        id = await self._id("networks", network)
        answer = await self.api.servers.actions.attach_to_network(self.id, network=id, **arguments)
        return await self._done(answer, wait)

    @verb
    async def detach_from_network(self, network: Ref, *, wait: bool = True) -> Action:
        """Leave a private network."""
        id = await self._id("networks", network)
        return await self._done(await self.api.servers.actions.detach_from_network(self.id, network=id), wait)

    @verb
    async def change_alias_ips(self, network: Ref, alias_ips: Iterable[str], *, wait: bool = True) -> Action:
        """Replace all further addresses in a network."""
        id = await self._id("networks", network)
        answer = await self.api.servers.actions.change_alias_ips(self.id, network=id, alias_ips=list(alias_ips))
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
    async def enable_rescue(self, *, ssh_keys: Iterable[Ref] = (), wait: bool = True) -> str | None:
        """Boot into the rescue system next time; returns its root password."""
        ids = [await self._id("ssh_keys", key) for key in ssh_keys]
        answer = await self.api.servers.actions.enable_rescue(self.id, **({"ssh_keys": ids} if ids else {}))
        await self._done(answer, wait)
        password: str | None = answer.root_password
        return password

    @verb
    async def disable_rescue(self, *, wait: bool = True) -> Action:
        """Boot normally next time."""
        return await self._done(await self.api.servers.actions.disable_rescue(self.id), wait)

    @verb
    async def reset_password(self, *, wait: bool = True) -> str | None:
        """Make a new root password and return it; the server must be running."""
        answer = await self.api.servers.actions.reset_password(self.id)
        await self._done(answer, wait)
        password: str | None = answer.root_password
        return password

    @verb
    async def attach_iso(self, iso: Ref, *, wait: bool = True) -> Action:
        """Insert an ISO; it replaces the one inserted before."""
        return await self._done(await self.api.servers.actions.attach_iso(self.id, iso=plain(iso)), wait)

    @verb
    async def detach_iso(self, *, wait: bool = True) -> Action:
        """Take the ISO out."""
        return await self._done(await self.api.servers.actions.detach_iso(self.id), wait)

    @verb
    async def change_dns_ptr(self, ip: str, dns_ptr: str | None, *, wait: bool = True) -> Action:
        """Set the reverse DNS name of a public address; None goes back to the default."""
        return await self._done(
            await self.api.servers.actions.change_dns_ptr(self.id, ip=ip, dns_ptr=dns_ptr), wait
        )

    @verb
    async def change_protection(self, *, delete: bool, rebuild: bool | None = None, wait: bool = True) -> Action:
        """Forbid or allow deletion and rebuilding; the API wants both the same."""
        both = {"delete": delete, "rebuild": delete if rebuild is None else rebuild}
        return await self._done(await self.api.servers.actions.change_protection(self.id, **both), wait)

    @verb
    async def request_console(self) -> ActionRequestConsoleResponse:
        """Ask for a VNC console; address and password are valid for a minute."""
        answer = await self.api.servers.actions.request_console(self.id)
        await self._done(answer, True, refresh=False)
        console: ActionRequestConsoleResponse = answer
        return console

    @verb
    async def create_image(
        self, description: str | None = None, *, labels: Mapping[str, str] | None = None, wait: bool = True
    ) -> _Image[IO]:
        """Make a snapshot of the disk and return it."""
        image: _Image[IO] = await self._image_made("snapshot", description, labels, wait)
        return image

    @verb
    async def create_backup(self, description: str | None = None, *, wait: bool = True) -> _Image[IO]:
        """Make a backup of the disk and return it; backups must be on."""
        image: _Image[IO] = await self._image_made("backup", description, None, wait)
        return image

    async def _image_made(self, kind: str, description: str | None, labels: Any, wait: bool) -> Any:
        from hetzner.domain.images import AsyncImage, Image

        given = {"type": kind, "description": description, "labels": labels}
        answer = await self.api.servers.actions.create_image(
            self.id, **{name: value for name, value in given.items() if value is not None}
        )
        image = (Image if self._blocking else AsyncImage).of(answer.image, self._client)
        if wait:
            await self._client_wait(actions_of(answer))
            await image._refresh()
        return image

    @property
    def root_password(self) -> str | None:
        """The root password, known only to the record that ``create`` returned, and only without SSH keys."""
        return getattr(self._created_with, "root_password", None)


class Server(_Server[Sync], Finders):
    """A virtual machine."""

    @classmethod
    def create(
        cls, name: str, server_type: Ref, *, client: Any = None, wait: bool = True, **options: Unpack[ServerOptions]
    ) -> Server:
        """Create a server; returns when it runs (or at once, without ``wait``).

        Networks, firewalls, keys and groups are names, ids or objects. Raises APIStatusError, ActionFailed.
        """
        spec = {"server_type": server_type, **options}
        return drive(create_one(cls, name, spec, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls, name: str, server_type: Ref, *, client: Any = None, **options: Unpack[ServerOptions]
    ) -> Ensured[Server]:
        """Return the server of this name, or create it; the second part of the answer tells which."""
        spec = {"server_type": server_type, **options}
        return drive(ensure_one(cls, name, spec, client_for(client, blocking=True)))


class AsyncServer(_Server[Async], AsyncFinders):
    """A virtual machine, awaited."""

    @classmethod
    async def create(
        cls, name: str, server_type: Ref, *, client: Any = None, wait: bool = True, **options: Unpack[ServerOptions]
    ) -> AsyncServer:
        """Create a server; returns when it runs (or at once, without ``wait``)."""
        spec = {"server_type": server_type, **options}
        return await create_one(cls, name, spec, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls, name: str, server_type: Ref, *, client: Any = None, **options: Unpack[ServerOptions]
    ) -> Ensured[AsyncServer]:
        """Return the server of this name, or create it; the second part of the answer tells which."""
        spec = {"server_type": server_type, **options}
        return await ensure_one(cls, name, spec, client_for(client, blocking=False))
