"""Certificates: what load balancers prove with who they are.

https://docs.hetzner.cloud/reference/cloud#certificates
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.collection import Collection
from hetzner.schema.common import LabelledListParams, Labels, Name, UpdateParams
from hetzner.schema.endpoint import action, delete, get, listing, post, put
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

CertificateType = Literal["uploaded", "managed"]


class CertificateError(Model):
    """Why a certificate was not issued or renewed."""

    code: str
    message: str


class CertificateStatus(Model):
    """How far a managed certificate is."""

    issuance: str
    """``pending``, ``completed`` or ``failed``."""
    renewal: str
    """``scheduled``, ``pending``, ``failed`` or ``unavailable``."""
    error: CertificateError | None = None


class CertificateUsedBy(Model):
    """What uses a certificate."""

    id: int
    type: str


class Certificate(Model):
    """A TLS certificate."""

    id: int
    name: str
    labels: dict[str, str]
    type: str
    """``uploaded`` or ``managed``."""
    certificate: str | None
    """The chain in PEM format; None until a managed one is issued."""
    created: datetime
    not_valid_before: datetime | None
    not_valid_after: datetime | None
    domain_names: list[str]
    fingerprint: str | None
    """SHA-256 in pairs of hexadecimal digits."""
    status: CertificateStatus | None = None
    """None for uploaded ones."""
    used_by: list[CertificateUsedBy]


class CertificateCreateParams(Options, total=False):
    """What may be asked of a new certificate: an uploaded one, or one that Hetzner gets and renews."""

    name: Required[Name]
    type: Annotated[CertificateType, "`uploaded` (default) or `managed`."]
    certificate: Annotated[str, "Uploaded: the chain in PEM format, at most 5 certificates."]
    private_key: Annotated[str, "Uploaded: the private key in PEM format."]
    domain_names: Annotated[Sequence[str], "Managed: the names it is for, in DNS zones of the project."]
    labels: Labels


class CertificateUpdateParams(UpdateParams, total=False):
    """What can be changed of a certificate."""


class CertificateListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of certificates."""

    type: Annotated[CertificateType | Sequence[CertificateType], "Only certificates of these types."]


class CertificateCreateResponse(Model):
    """A certificate that was just created, with the action that issues a managed one."""

    certificate: Certificate
    action: Action | None = None


class CertificateRetrieveResponse(Model):
    """One certificate."""

    certificate: Certificate


class CertificateUpdateResponse(Model):
    """A certificate after its update."""

    certificate: Certificate


class CertificatesPage(Page[IO, Certificate]):
    """A page of certificates."""

    certificates: list[Certificate]


class CertificatesActions(KindActions[IO], Generic[IO], at="/certificates/{id}/actions"):
    """What can be done with a certificate."""

    @action("issue_certificate")
    def retry(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Try again to issue or renew a managed certificate after it failed."""
        ...


class Certificates(Collection[IO], Generic[IO], at="/certificates"):
    """TLS certificates."""

    actions: CertificatesActions[IO]

    @post(command="create_certificate")
    def create(self, **params: Unpack[CertificateCreateParams]) -> CertificateCreateResponse:
        """Upload a certificate, or have one issued.

        Args:
            name: Name, unique in the project.
            type: `uploaded` (default) or `managed`.
            certificate: Uploaded: the chain in PEM format, at most 5 certificates.
            private_key: Uploaded: the private key in PEM format.
            domain_names: Managed: the names it is for, in DNS zones of the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> CertificateRetrieveResponse:
        """Return one certificate."""
        ...

    @put
    def update(self, id: int, **params: Unpack[CertificateUpdateParams]) -> CertificateUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[CertificateListParams]) -> CertificatesPage[IO]:
        """Return the certificates, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
            type: Only certificates of these types.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a certificate that nothing uses."""
        ...
