"""What can be done with the RRSets of a zone.

https://docs.hetzner.cloud/reference/cloud#zone-rrset-actions
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse
from hetzner.schema.collection import Collection
from hetzner.schema.common import IdOrName
from hetzner.schema.endpoint import action
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import Options

RRSetType = Literal[
    "A", "AAAA", "CAA", "CNAME", "DS", "HINFO", "HTTPS", "MX",
    "NS", "PTR", "RP", "SOA", "SRV", "SVCB", "TLSA", "TXT",
]  # fmt: skip


class RRSetRecordParam(TypedDict):
    """One record."""

    value: str
    comment: NotRequired[str]


class RRSetRecordCommentParam(TypedDict):
    """The new comment of the record with this value."""

    value: str
    comment: str


Ttl = Annotated[int | None, "Seconds that answers may be kept, from 60; None means the zone's."]


Records = Annotated[Sequence[RRSetRecordParam], "The records, at most 50."]


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
        """Forbid or allow changing and deleting it.

        Args:
            change: Forbid changing and deleting it.
        """
        ...

    @action("change_rrset_ttl")
    def change_ttl(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionChangeRRSetTtlParams],
    ) -> ActionResponse:
        """Change how long answers may be kept.

        Args:
            ttl: Seconds that answers may be kept, from 60; None means the zone's.
        """
        ...

    @action("set_rrset_records")
    def set_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionSetRecordsParams],
    ) -> ActionResponse:
        """Replace all records.

        Args:
            records: The records, at most 50.
        """
        ...

    @action("add_rrset_records")
    def add_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionAddRecordsParams],
    ) -> ActionResponse:
        """Add records; the RRSet is made when there is none.

        Args:
            records: The records, at most 50.
            ttl: Seconds, when the RRSet is made by this; else the same as it has.
        """
        ...

    @action("remove_rrset_records")
    def remove_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionRemoveRecordsParams],
    ) -> ActionResponse:
        """Take records away; with the last one the RRSet is deleted.

        Args:
            records: The records, at most 50.
        """
        ...

    @action("update_rrset_records", repeat=Repeat.SAFE)
    def update_records(
        self,
        id_or_name: IdOrName,
        rr_name: str,
        rr_type: RRSetType,
        **params: Unpack[ActionUpdateRecordsParams],
    ) -> ActionResponse:
        """Change the comments of records, not their values.

        Args:
            records: The records with their new comments.
        """
        ...
