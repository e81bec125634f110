"""Certificates as records.

https://docs.hetzner.cloud/reference/cloud#certificates
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Labelled
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.specs.certificates import CertificateSpec
from hetzner.domain.watched import Acted
from hetzner.schema import certificates as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action


class _Certificate(schema.Certificate, Labelled[IO], Acted[IO], Generic[IO]):
    """What can be done with a certificate, once for both faces."""

    kind: ClassVar[str] = "certificates"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield self.type
        yield ", ".join(self.domain_names or [])
        if self.not_valid_after:
            yield f"until {self.not_valid_after:%Y-%m-%d}"
        else:
            yield getattr(self.status, "issuance", None)

    @verb
    async def retry(self, *, wait: bool = True) -> Action:
        """Try again to issue or renew a managed certificate for which that failed."""
        return await self._done(await self.api.certificates.actions.retry(self.id), wait)


class Certificate(_Certificate[Sync], Finders, Related):
    """What a load balancer proves with who it is."""

    @classmethod
    def create(
        cls,
        name: str,
        *,
        client: Hetzner | None = None,
        wait: bool = True,
        **options: Unpack[CertificateSpec],
    ) -> Certificate:
        """Have a certificate issued for ``domain_names``, or upload ``certificate`` with its ``private_key``.

        Returns when it is issued, and raises ActionFailed when that fails; then there is a certificate all
        the same, and its ``retry()`` tries again. With ``wait=False`` it returns at once.

        Args:
            domain_names: Managed by Hetzner: the names it is for, in DNS zones of the project.
            certificate: Of your own: the chain in PEM format.
            private_key: Of your own: the private key in PEM format.
            type: `managed` or `uploaded`; what is given says which.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True), wait))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[CertificateSpec]
    ) -> Ensured[Certificate]:
        """Return the certificate of this name as it is, or make it, and whether it was made.

        Args:
            domain_names: Managed by Hetzner: the names it is for, in DNS zones of the project.
            certificate: Of your own: the chain in PEM format.
            private_key: Of your own: the private key in PEM format.
            type: `managed` or `uploaded`; what is given says which.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncCertificate(_Certificate[Async], AsyncFinders, AsyncRelated):
    """What a load balancer proves with who it is, awaited."""

    @classmethod
    async def create(
        cls,
        name: str,
        *,
        client: AsyncHetzner | None = None,
        wait: bool = True,
        **options: Unpack[CertificateSpec],
    ) -> AsyncCertificate:
        """Have a certificate issued, or upload one; see the blocking face for ``wait`` and errors.

        Args:
            domain_names: Managed by Hetzner: the names it is for, in DNS zones of the project.
            certificate: Of your own: the chain in PEM format.
            private_key: Of your own: the private key in PEM format.
            type: `managed` or `uploaded`; what is given says which.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False), wait)

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[CertificateSpec]
    ) -> Ensured[AsyncCertificate]:
        """Return the certificate of this name as it is, or make it, and whether it was made.

        Args:
            domain_names: Managed by Hetzner: the names it is for, in DNS zones of the project.
            certificate: Of your own: the chain in PEM format.
            private_key: Of your own: the private key in PEM format.
            type: `managed` or `uploaded`; what is given says which.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
