"""RRSets: the records of one name and type in a DNS zone.

https://docs.hetzner.cloud/reference/cloud#zone-rrsets
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.actions import Action, ActionResponse
from hetzner.schema.collection import Collection
from hetzner.schema.common import IdOrName, LabelledListParams, Labels
from hetzner.schema.endpoint import action, delete, get, listing, post, put
from hetzner.schema.facts import Repeat
from hetzner.schema.model import Model, Shared
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

RRSetType = Literal[
    "A", "AAAA", "CAA", "CNAME", "DS", "HINFO", "HTTPS", "MX",
    "NS", "PTR", "RP", "SOA", "SRV", "SVCB", "TLSA", "TXT",
]  # fmt: skip


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


class RRSetRecordParam(TypedDict):
    """One record."""

    value: str
    comment: NotRequired[str]


class RRSetRecordCommentParam(TypedDict):
    """The new comment of the record with this value."""

    value: str
    comment: str


class RRSetParam(TypedDict):
    """An RRSet of a new zone."""

    name: str
    type: RRSetType
    ttl: NotRequired[int | None]
    records: Sequence[RRSetRecordParam]
    labels: NotRequired[Labels]


Ttl = Annotated[int | None, "Seconds that answers may be kept, from 60; None means the zone's."]
Records = Annotated[Sequence[RRSetRecordParam], "The records, at most 50."]


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


class ActionChangeRRSetProtectionParams(Options, total=False):
    """What is forbidden from now on."""

    change: Required[Annotated[bool, "Forbid changing and deleting it."]]


class ActionChangeRRSetTtlParams(Options, total=False):
    """How long answers may be kept."""

    ttl: Required[Ttl]


class ActionSetRecordsParams(Options, total=False):
    """All records of an RRSet."""

    records: Required[Records]


class ActionAddRecordsParams(Options, total=False):
    """Further records."""

    records: Required[Records]
    ttl: Annotated[int | None, "Seconds, when the RRSet is made by this; else the same as it has."]


class ActionRemoveRecordsParams(Options, total=False):
    """The records to take away."""

    records: Required[Records]


class ActionUpdateRecordsParams(Options, total=False):
    """New comments."""

    records: Required[Annotated[Sequence[RRSetRecordCommentParam], "The records with their new comments."]]


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


class ZonesRRSetsActions(
    Collection[IO], Generic[IO], at="/zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions"
):
    """What can be done with an RRSet; its actions are listed with those of the zone."""

    @action("change_rrset_protection")
    def change_protection(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionChangeRRSetProtectionParams],
    ) -> ActionResponse:
        """Forbid or allow changing and deleting it."""
        ...

    @action("change_rrset_ttl")
    def change_ttl(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionChangeRRSetTtlParams],
    ) -> ActionResponse:
        """Change how long answers may be kept."""
        ...

    @action("set_rrset_records")
    def set_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionSetRecordsParams],
    ) -> ActionResponse:
        """Replace all records."""
        ...

    @action("add_rrset_records")
    def add_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionAddRecordsParams],
    ) -> ActionResponse:
        """Add records; the RRSet is made when there is none."""
        ...

    @action("remove_rrset_records")
    def remove_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionRemoveRecordsParams],
    ) -> ActionResponse:
        """Take records away; with the last one the RRSet is deleted."""
        ...

    @action("update_rrset_records", repeat=Repeat.SAFE)
    def update_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionUpdateRecordsParams],
    ) -> ActionResponse:
        """Change the comments of records, not their values."""
        ...


class ZonesRRSets(Collection[IO], Generic[IO], at="/zones/{id_or_name}/rrsets"):
    """The records of a zone, by name and type."""

    actions: ZonesRRSetsActions[IO]

    @post(command="create_rrset")
    def create(self, id_or_name: IdOrName, **params: Unpack[RRSetCreateParams]) -> RRSetCreateResponse:
        """Create an RRSet; there must be none of its name and type."""
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
        """Replace the labels."""
        ...

    @listing
    def list(self, id_or_name: IdOrName, **params: Unpack[RRSetListParams]) -> RRSetsPage[IO]:
        """Return the RRSets of a zone, page by page."""
        ...

    @delete(command="delete_rrset")
    def delete(
        self, id_or_name: IdOrName, rr_name: str, rr_type: RRSetType, **options: Unpack[Options]
    ) -> RRSetDeleteResponse:
        """Delete an RRSet with all its records."""
        ...
