"""What scripts do with servers in several steps: waiting until they can be reached, changing their size."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

from hetzner._faces import IO, verb
from hetzner.api.errors import HetznerError
from hetzner.domain.lookup import find
from hetzner.domain.money import Cost, located
from hetzner.domain.reaching import reached
from hetzner.domain.record import Record
from hetzner.domain.reference import Ref
from hetzner.domain.server_verbs import ServerVerbs
from hetzner.domain.specs.server_fit import unmovable

R = TypeVar("R", bound=Record[Any])
T = TypeVar("T")
OFF = "off"
PATIENCE = 30.0
"""Seconds that an operating system has to shut down before the power is cut."""
LOOK = 2.0
"""Seconds between two looks whether it did."""


class ServerLife(ServerVerbs[IO], Generic[IO]):
    """What servers of both faces can do in several steps."""

    @property
    def price(self) -> Cost | None:
        """What its type costs where it stands, without its IPv4 address and backups; no request is made.

        ``Pricing.get().cost(server)`` counts those too. None when the API did not tell.
        """
        return located(getattr(self.server_type, "prices", None), getattr(self.location, "name", None))

    @verb
    async def wait_port(self, port: int, *, timeout: float = 300, address: str | None = None) -> None:
        """Wait until something accepts connections at a port, at most ``timeout`` seconds.

        ``address`` is its public one, IPv4 first, else its private one. Raises Unreachable, a TimeoutError,
        and ValueError for what is no port and when it has no address. In the sandbox nothing listens
        anywhere: there every port answers that the firewalls let in, some seconds after the start.
        """
        if port not in range(1, 65536):
            raise ValueError(f"wait_port(): {port!r} is no port; give 1 to 65535")
        await reached(self._port, self._address(address), port, timeout)

    @verb
    async def wait_ssh(self, *, timeout: float = 300, address: str | None = None) -> None:
        """Wait until an SSH server says hello at port 22; like :meth:`wait_port` in everything else."""
        await reached(self._port, self._address(address), 22, timeout, b"SSH-")

    @verb
    async def wait_cloud_init(
        self,
        *,
        timeout: float = 600,
        address: str | None = None,
        user: str = "root",
        ssh_options: Sequence[str] = (),
    ) -> None:
        """Wait until cloud-init is done, so that all is there that ``user_data`` asks for.

        The server is asked by the program ``ssh`` of this machine, which needs a key that lets it in;
        ``ssh_options`` go to it, such as ``["-i", "key"]``. Raises CloudInitFailed, and Unreachable when it
        takes longer than ``timeout`` seconds. In the sandbox it is done as soon as SSH answers.
        """
        from hetzner.domain.cloud_init import cloud_init_done

        await cloud_init_done(self._port, self._address(address), user, timeout, ssh_options)

    @verb
    async def resize(self, server_type: Ref, *, upgrade_disk: bool = False) -> None:
        """Change the type of a server, running or not: shut it down, change it, start it again if it ran.

        After 30 seconds without a shutdown the power is cut. Its disk stays as it is, so that it can go back
        to the smaller type, unless ``upgrade_disk`` is wanted. A server that has the type is left alone. When
        the change fails or is interrupted, the server is started again and the error raised.

        Raises NotFound for a type that is not there and ValueError for one that the server cannot have,
        before it is shut down.
        """
        await self._refresh()
        if str(self._id_or_name("server_types", server_type)) in (
            self.server_type.name,
            str(self.server_type.id),
        ):
            return
        found = await find(self.api, "server_types", server_type)
        if why := unmovable(found, self):
            raise ValueError(f"Server.resize(): {why}")
        await self._while_off(self._changed_type(found.id, upgrade_disk))

    async def _changed_type(self, server_type: Ref, upgrade_disk: bool) -> None:
        wanted = self._id_or_name("server_types", server_type)
        answer = await self.api.servers.actions.change_type(
            self.id, server_type=wanted, upgrade_disk=upgrade_disk
        )
        await self._done(answer, True)

    async def _snapshot(self, record: type[R], off: bool, **about: Any) -> R:
        made = self._image_made(record, "snapshot", True, **about)
        if not off:
            return await made
        await self._refresh()
        return await self._while_off(made)

    async def _while_off(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something while the server is off, then bring back the state it had, also after errors."""
        try:
            ran = await self._stopped()
        except BaseException:
            work.close()
            raise
        try:
            result = await work
        except BaseException:
            with suppress(HetznerError):  # what went wrong first is what matters
                await self._powered(ran)
            raise
        await self._powered(ran)
        return result

    def _address(self, given: str | None) -> str:
        address = given or self.ipv4 or self.ipv6 or self.private_ip
        if address is None:
            raise ValueError(f"{self!r} has no address")
        return address

    @property
    def _port(self) -> Any:
        return self._client._core.port

    async def _stopped(self) -> bool:
        """Shut down gracefully, or cut the power when that takes too long; tell whether it was not off.

        When that is interrupted, the server is started again: it would go off with nobody there to start it.
        """
        if self.status == OFF:
            return False
        order = await self.api.servers.actions.shutdown(self.id)
        try:
            await self._done(order, True)
            await self._gone_off()
            if self.status != OFF:
                await self._done(await self.api.servers.actions.poweroff(self.id), True)
        except BaseException:
            with suppress(HetznerError):  # what went wrong first is what matters
                await self._gone_off()
                await self._powered(True)
            raise
        return True

    async def _gone_off(self) -> None:
        """Wait until the server is off, as long as an operating system has for that."""
        ends = self._port.clock.now() + PATIENCE
        while self.status != OFF and self._port.clock.now() < ends:
            await self._port.sleep(LOOK)
            await self._refresh()

    async def _powered(self, on: bool) -> None:
        """Bring it into the state that it had; a change of type starts it, now and then."""
        await self._refresh()
        if on and self.status == OFF:
            await self._done(await self.api.servers.actions.poweron(self.id), True)
        elif not on and self.status != OFF:
            await self._done(await self.api.servers.actions.poweroff(self.id), True)
