"""SSH keys as records.

https://docs.hetzner.cloud/reference/cloud#ssh-keys
"""

from __future__ import annotations

from typing import Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive
from hetzner.domain.project import client_for
from hetzner.domain.record import AsyncFinders, Ensured, Finders, Labelled, create_one, ensure_one
from hetzner.domain.specs.ssh_keys import SSHKeySpec
from hetzner.schema import ssh_keys as schema


class _SSHKey(schema.SSHKey, Labelled[IO], Generic[IO]):
    """What can be done with an SSH key, once for both faces."""

    kind: ClassVar[str] = "ssh_keys"

    def _told(self) -> Any:
        yield from super()._told()
        yield str(self.fingerprint)


class SSHKey(_SSHKey[Sync], Finders):
    """A public key that new servers accept."""

    @classmethod
    def create(cls, name: str, *, client: Any = None, **options: Unpack[SSHKeySpec]) -> SSHKey:
        """Register a public key."""
        return drive(create_one(cls, name, options, client_for(client, blocking=True), True))

    @classmethod
    def ensure(cls, name: str, *, client: Any = None, **options: Unpack[SSHKeySpec]) -> Ensured[SSHKey]:
        """Return the key of this name, or register it; the second part of the answer tells which."""
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncSSHKey(_SSHKey[Async], AsyncFinders):
    """A public key that new servers accept, awaited."""

    @classmethod
    async def create(cls, name: str, *, client: Any = None, **options: Unpack[SSHKeySpec]) -> AsyncSSHKey:
        """Register a public key."""
        return await create_one(cls, name, options, client_for(client, blocking=False), True)

    @classmethod
    async def ensure(cls, name: str, *, client: Any = None, **options: Unpack[SSHKeySpec]) -> Ensured[AsyncSSHKey]:
        """Return the key of this name, or register it; the second part of the answer tells which."""
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
