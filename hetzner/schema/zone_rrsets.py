"""RRSets: the records of one name and type in a DNS zone.

https://docs.hetzner.cloud/reference/cloud#zone-rrsets
"""

from collections.abc import Sequence
from typing import Annotated, Generic, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import IdOrName, LabelledListParams, Labels
from hetzner.schema.endpoint import delete, get, listing, post, put
from hetzner.schema.model import Model, Shared
from hetzner.schema.objects.actions import Action
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page
from hetzner.schema.zone_rrset_actions import Records, RRSetRecordParam, RRSetType, Ttl, ZonesRRSetsActions


class RRSetRecord(Model):
    """One record."""

    value: str
    comment: str | None = None


class RRSetProtection(Shared):
    """What is forbidden until the protection is taken off."""

    change: bool


class RRSet(Model):
    """The records of one name and type."""

    id: str
    """Name and type, such as ``www/A``."""
    name: str
    """Relative to the zone; ``@`` is the zone itself."""
    type: str
    ttl: int | None
    """Seconds; None means the zone's."""
    labels: dict[str, str]
    protection: RRSetProtection
    records: list[RRSetRecord]
    zone: int


class RRSetParam(TypedDict):
    """An RRSet of a new zone."""

    name: str
    type: RRSetType
    ttl: NotRequired[int | None]
    records: Sequence[RRSetRecordParam]
    labels: NotRequired[Labels]


class RRSetCreateParams(Options, total=False):
    """What may be asked of a new RRSet."""

    name: Required[Annotated[str, "Name in the zone, in lower case; `@` is the zone itself."]]
    type: Required[Annotated[RRSetType, "Type of the records."]]
    ttl: Ttl
    records: Required[Records]
    labels: Labels


class RRSetUpdateParams(Options, total=False):
    """What can be changed of an RRSet; the rest changes by its actions."""

    labels: Labels


class RRSetListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of RRSets."""

    type: Annotated[RRSetType | Sequence[RRSetType], "Only RRSets of these types."]


class RRSetCreateResponse(Model):
    """An RRSet that was just created."""

    rrset: RRSet
    action: Action


class RRSetRetrieveResponse(Model):
    """One RRSet."""

    rrset: RRSet


class RRSetUpdateResponse(Model):
    """An RRSet after its update."""

    rrset: RRSet


class RRSetDeleteResponse(Model):
    """The action that deletes an RRSet; None when it was gone already."""

    action: Action | None = None


class RRSetsPage(Page[IO, RRSet]):
    """A page of RRSets."""

    rrsets: list[RRSet]


class ZonesRRSets(Collection[IO], Generic[IO], at="/zones/{id_or_name}/rrsets"):
    """The records of a zone, by name and type."""

    actions: ZonesRRSetsActions[IO]

    @post(command="create_rrset")
    def create(self, id_or_name: IdOrName, **params: Unpack[RRSetCreateParams]) -> RRSetCreateResponse:
        """Create an RRSet; there must be none of its name and type.

        Args:
            name: Name in the zone, in lower case; `@` is the zone itself.
            type: Type of the records.
            ttl: Seconds that answers may be kept, from 60; None means the zone's.
            records: The records, at most 50.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(
        self, id_or_name: IdOrName, rr_name: str, rr_type: RRSetType, **options: Unpack[Options]
    ) -> RRSetRetrieveResponse:
        """Return one RRSet."""
        ...

    @put
    def update(
        self, id_or_name: IdOrName, rr_name: str, rr_type: RRSetType, **params: Unpack[RRSetUpdateParams]
    ) -> RRSetUpdateResponse:
        """Replace the labels.

        Args:
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, id_or_name: IdOrName, **params: Unpack[RRSetListParams]) -> RRSetsPage[IO]:
        """Return the RRSets of a zone, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
            type: Only RRSets of these types.
        """
        ...

    @delete(command="delete_rrset")
    def delete(
        self, id_or_name: IdOrName, rr_name: str, rr_type: RRSetType, **options: Unpack[Options]
    ) -> RRSetDeleteResponse:
        """Delete an RRSet with all its records."""
        ...
