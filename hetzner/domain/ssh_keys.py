"""SSH keys as records.

https://docs.hetzner.cloud/reference/cloud#ssh-keys
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Labelled
from hetzner.domain.specs.ssh_keys import SSHKeySpec
from hetzner.schema import ssh_keys as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner


class _SSHKey(schema.SSHKey, Labelled[IO], Generic[IO]):
    """What can be done with an SSH key, once for both faces."""

    kind: ClassVar[str] = "ssh_keys"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield str(self.fingerprint)


class SSHKey(_SSHKey[Sync], Finders):
    """A public key that new servers accept."""

    @classmethod
    def create(cls, name: str, *, client: Hetzner | None = None, **options: Unpack[SSHKeySpec]) -> SSHKey:
        """Register a public key.

        Args:
            public_key: The key, as in a .pub file.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True)))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[SSHKeySpec]
    ) -> Ensured[SSHKey]:
        """Return the key of this name as it is, or register it, and whether it was made.

        Args:
            public_key: The key, as in a .pub file.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncSSHKey(_SSHKey[Async], AsyncFinders):
    """A public key that new servers accept, awaited."""

    @classmethod
    async def create(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[SSHKeySpec]
    ) -> AsyncSSHKey:
        """Register a public key.

        Args:
            public_key: The key, as in a .pub file.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False))

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[SSHKeySpec]
    ) -> Ensured[AsyncSSHKey]:
        """Return the key of this name as it is, or register it, and whether it was made.

        Args:
            public_key: The key, as in a .pub file.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
