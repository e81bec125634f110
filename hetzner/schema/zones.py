"""Zones: the DNS of domains.

https://docs.hetzner.cloud/reference/cloud#zones
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage, AllActions
from hetzner.schema.collection import Collection
from hetzner.schema.common import (
    ActionChangeProtectionParams,
    IdOrName,
    LabelledListParams,
    Labels,
    Protection,
)
from hetzner.schema.endpoint import action, delete, get, listing, post, put
from hetzner.schema.facts import Repeat, Secret
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page
from hetzner.schema.zone_rrsets import RRSetParam, ZonesRRSets

ZoneMode = Literal["primary", "secondary"]
TsigAlgorithm = Literal["hmac-md5", "hmac-sha1", "hmac-sha256"]


class ZonePrimaryNameserver(Model):
    """Where a secondary zone gets its records."""

    address: str
    port: int | None = None
    tsig_key: Annotated[str | None, Secret] = None
    tsig_algorithm: str | None = None


class ZoneAuthoritativeNameservers(Model):
    """Who answers for a zone, and who should."""

    assigned: list[str]
    """Hetzner's own for this zone."""
    delegated: list[str]
    """Those that the parent zone names."""
    delegation_last_check: datetime | None
    delegation_status: str | None = None
    """``valid``, ``partially-valid``, ``invalid``, ``lame``, ``unregistered`` or ``unknown``."""


class Zone(Model):
    """The DNS of a domain."""

    id: int
    name: str
    created: datetime
    mode: str
    """``primary`` has its records here, ``secondary`` gets them from other nameservers."""
    primary_nameservers: list[ZonePrimaryNameserver] | None = None
    """Of secondary zones."""
    labels: dict[str, str]
    protection: Protection
    ttl: int
    """Seconds that answers may be kept, unless an RRSet says otherwise."""
    status: str
    """``ok``, ``updating`` or ``error``."""
    record_count: int
    authoritative_nameservers: ZoneAuthoritativeNameservers
    registrar: str
    """``hetzner``, ``other`` or ``unknown``."""


class ZonePrimaryNameserverParam(TypedDict):
    """Where a secondary zone gets its records; the port is 53 unless given."""

    address: str
    port: NotRequired[int]
    tsig_key: NotRequired[str]
    tsig_algorithm: NotRequired[TsigAlgorithm]


class ZoneCreateParams(Options, total=False):
    """What may be asked of a new zone."""

    name: Required[Annotated[str, "Domain in lower case, such as `example.com`; nobody else may have it."]]
    mode: Required[Annotated[ZoneMode, "`primary`, or `secondary` with its primary nameservers."]]
    ttl: Annotated[int, "Seconds that answers may be kept, from 60 (default: 3600)."]
    labels: Labels
    primary_nameservers: Annotated[
        Sequence[ZonePrimaryNameserverParam], "Where a secondary zone gets its records."
    ]
    rrsets: Annotated[Sequence[RRSetParam], "Its records; not together with a zone file."]
    zonefile: Annotated[str, "Its records as a zone file in BIND's format."]


class ZoneUpdateParams(Options, total=False):
    """What can be changed of a zone; the rest changes by its actions."""

    labels: Labels


class ZoneListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of zones."""

    mode: Annotated[ZoneMode, "Only zones of this mode."]


class ActionChangePrimaryNameserversParams(Options, total=False):
    """All primary nameservers of a secondary zone."""

    primary_nameservers: Required[
        Annotated[
            Sequence[ZonePrimaryNameserverParam], "Where it gets its records; they replace all there are."
        ]
    ]


class ActionChangeTtlParams(Options, total=False):
    """How long answers may be kept."""

    ttl: Required[Annotated[int, "Seconds, from 60, where an RRSet does not say otherwise."]]


class ActionImportZonefileParams(Options, total=False):
    """All records of a zone."""

    zonefile: Required[Annotated[str, "Zone file in BIND's format; it replaces all records there are."]]


class ZoneCreateResponse(Model):
    """A zone that was just created."""

    zone: Zone
    action: Action


class ZoneRetrieveResponse(Model):
    """One zone."""

    zone: Zone


class ZoneUpdateResponse(Model):
    """A zone after its update."""

    zone: Zone


class ZoneDeleteResponse(Model):
    """The action that deletes a zone; None when it was gone already."""

    action: Action | None = None


class ZoneExportZonefileResponse(Model):
    """The records of a zone as a zone file."""

    zonefile: str


class ZonesPage(Page[IO, Zone]):
    """A page of zones."""

    zones: list[Zone]


class ZonesActions(AllActions[IO], Generic[IO], at="/zones/{id_or_name}/actions"):
    """What can be done with a zone."""

    @listing
    def list(self, id_or_name: IdOrName, **params: Unpack[ActionFilterParams]) -> ActionsPage[IO]:
        """Return the actions of one zone and its RRSets.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
        """
        ...

    @get(deprecated="use client.actions.retrieve(id)")
    def retrieve(self, action_id: int, *, id_or_name: IdOrName, **options: Unpack[Options]) -> ActionResponse:
        """Return one action of one zone."""
        ...

    @action("change_primary_nameservers")
    def change_primary_nameservers(
        self, id_or_name: IdOrName, **params: Unpack[ActionChangePrimaryNameserversParams]
    ) -> ActionResponse:
        """Replace the nameservers that a secondary zone gets its records from.

        Args:
            primary_nameservers: Where it gets its records; they replace all there are.
        """
        ...

    @action("change_protection")
    def change_protection(
        self, id_or_name: IdOrName, **params: Unpack[ActionChangeProtectionParams]
    ) -> ActionResponse:
        """Forbid or allow deletion.

        Args:
            delete: Forbid deletion.
        """
        ...

    @action("change_ttl")
    def change_ttl(self, id_or_name: IdOrName, **params: Unpack[ActionChangeTtlParams]) -> ActionResponse:
        """Change how long answers may be kept.

        Args:
            ttl: Seconds, from 60, where an RRSet does not say otherwise.
        """
        ...

    @action("import_zonefile", repeat=Repeat.SAFE)
    def import_zonefile(
        self, id_or_name: IdOrName, **params: Unpack[ActionImportZonefileParams]
    ) -> ActionResponse:
        """Replace all records by those of a zone file.

        Args:
            zonefile: Zone file in BIND's format; it replaces all records there are.
        """
        ...


class Zones(Collection[IO], Generic[IO], at="/zones"):
    """The DNS of domains; a zone is addressed by its id or its name."""

    actions: ZonesActions[IO]
    rrsets: ZonesRRSets[IO]

    @post(command="create_zone")
    def create(self, **params: Unpack[ZoneCreateParams]) -> ZoneCreateResponse:
        """Create a zone; the API adds its SOA and NS records.

        Args:
            name: Domain in lower case, such as `example.com`; nobody else may have it.
            mode: `primary`, or `secondary` with its primary nameservers.
            ttl: Seconds that answers may be kept, from 60 (default: 3600).
            labels: Labels: your own key/value pairs; they replace all the object has.
            primary_nameservers: Where a secondary zone gets its records.
            rrsets: Its records; not together with a zone file.
            zonefile: Its records as a zone file in BIND's format.
        """
        ...

    @get
    def retrieve(self, id_or_name: IdOrName, **options: Unpack[Options]) -> ZoneRetrieveResponse:
        """Return one zone."""
        ...

    @put
    def update(self, id_or_name: IdOrName, **params: Unpack[ZoneUpdateParams]) -> ZoneUpdateResponse:
        """Replace the labels.

        Args:
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[ZoneListParams]) -> ZonesPage[IO]:
        """Return the zones, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
            mode: Only zones of this mode.
        """
        ...

    @delete(command="delete_zone")
    def delete(self, id_or_name: IdOrName, **options: Unpack[Options]) -> ZoneDeleteResponse:
        """Delete a zone with all its records."""
        ...

    @get("/{id_or_name}/zonefile")
    def export_zonefile(self, id_or_name: IdOrName, **options: Unpack[Options]) -> ZoneExportZonefileResponse:
        """Return all records as a zone file in BIND's format."""
        ...
