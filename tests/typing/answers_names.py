"""The exact answer of every operation in both faces (names); for mypy --strict and pyright, never run.

``tests/schema/test_typing.py`` sees to it that none is missing.
"""

from __future__ import annotations

from typing import assert_type

from hetzner import AsyncHetzner, Hetzner
from hetzner._faces import Async, Sync
from hetzner.schema.actions import ActionResponse, ActionsPage
from hetzner.schema.certificates import (
    CertificateCreateResponse,
    CertificateRetrieveResponse,
    CertificatesPage,
    CertificateUpdateResponse,
)
from hetzner.schema.zone_rrsets import (
    RRSetCreateResponse,
    RRSetDeleteResponse,
    RRSetRetrieveResponse,
    RRSetsPage,
    RRSetUpdateResponse,
)
from hetzner.schema.zones import (
    ZoneCreateResponse,
    ZoneDeleteResponse,
    ZoneExportZonefileResponse,
    ZoneRetrieveResponse,
    ZonesPage,
    ZoneUpdateResponse,
)


def blocking_certificates(client: Hetzner) -> None:
    """What `client.certificates` answers with, blocking."""
    assert_type(client.certificates.create(name="x"), CertificateCreateResponse)
    assert_type(client.certificates.retrieve(1), CertificateRetrieveResponse)
    assert_type(client.certificates.update(1), CertificateUpdateResponse)
    assert_type(client.certificates.list(), CertificatesPage[Sync])
    client.certificates.delete(1)
    assert_type(client.certificates.actions.list_all(), ActionsPage[Sync])
    assert_type(client.certificates.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.certificates.actions.list(1), ActionsPage[Sync])
    assert_type(client.certificates.actions.retrieve(1, id=1), ActionResponse)
    assert_type(client.certificates.actions.retry(1), ActionResponse)


def blocking_zones(client: Hetzner) -> None:
    """What `client.zones` answers with, blocking."""
    assert_type(client.zones.create(name="x", mode="primary"), ZoneCreateResponse)
    assert_type(client.zones.retrieve("x"), ZoneRetrieveResponse)
    assert_type(client.zones.update("x"), ZoneUpdateResponse)
    assert_type(client.zones.list(), ZonesPage[Sync])
    assert_type(client.zones.delete("x"), ZoneDeleteResponse)
    assert_type(client.zones.export_zonefile("x"), ZoneExportZonefileResponse)
    assert_type(client.zones.actions.list_all(), ActionsPage[Sync])
    assert_type(client.zones.actions.retrieve_by_id(1), ActionResponse)
    assert_type(client.zones.actions.list("x"), ActionsPage[Sync])
    assert_type(client.zones.actions.retrieve(1, id_or_name="x"), ActionResponse)
    assert_type(
        client.zones.actions.change_primary_nameservers("x", primary_nameservers=[{"address": "x"}]),
        ActionResponse,
    )
    assert_type(client.zones.actions.change_protection("x"), ActionResponse)
    assert_type(client.zones.actions.change_ttl("x", ttl=1), ActionResponse)
    assert_type(client.zones.actions.import_zonefile("x", zonefile="x"), ActionResponse)
    assert_type(
        client.zones.rrsets.create("x", name="x", type="A", records=[{"value": "x"}]), RRSetCreateResponse
    )
    assert_type(client.zones.rrsets.retrieve("x", "x", "A"), RRSetRetrieveResponse)
    assert_type(client.zones.rrsets.update("x", "x", "A"), RRSetUpdateResponse)
    assert_type(client.zones.rrsets.list("x"), RRSetsPage[Sync])
    assert_type(client.zones.rrsets.delete("x", "x", "A"), RRSetDeleteResponse)
    assert_type(client.zones.rrsets.actions.change_protection("x", "x", "A", change=True), ActionResponse)
    assert_type(client.zones.rrsets.actions.change_ttl("x", "x", "A", ttl=1), ActionResponse)
    assert_type(
        client.zones.rrsets.actions.set_records("x", "x", "A", records=[{"value": "x"}]), ActionResponse
    )
    assert_type(
        client.zones.rrsets.actions.add_records("x", "x", "A", records=[{"value": "x"}]), ActionResponse
    )
    assert_type(
        client.zones.rrsets.actions.remove_records("x", "x", "A", records=[{"value": "x"}]), ActionResponse
    )
    assert_type(
        client.zones.rrsets.actions.update_records("x", "x", "A", records=[{"value": "x", "comment": "x"}]),
        ActionResponse,
    )


async def awaited_certificates(client: AsyncHetzner) -> None:
    """What `client.certificates` answers with, awaited."""
    assert_type(await client.certificates.create(name="x"), CertificateCreateResponse)
    assert_type(await client.certificates.retrieve(1), CertificateRetrieveResponse)
    assert_type(await client.certificates.update(1), CertificateUpdateResponse)
    assert_type(await client.certificates.list(), CertificatesPage[Async])
    await client.certificates.delete(1)
    assert_type(await client.certificates.actions.list_all(), ActionsPage[Async])
    assert_type(await client.certificates.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.certificates.actions.list(1), ActionsPage[Async])
    assert_type(await client.certificates.actions.retrieve(1, id=1), ActionResponse)
    assert_type(await client.certificates.actions.retry(1), ActionResponse)


async def awaited_zones(client: AsyncHetzner) -> None:
    """What `client.zones` answers with, awaited."""
    assert_type(await client.zones.create(name="x", mode="primary"), ZoneCreateResponse)
    assert_type(await client.zones.retrieve("x"), ZoneRetrieveResponse)
    assert_type(await client.zones.update("x"), ZoneUpdateResponse)
    assert_type(await client.zones.list(), ZonesPage[Async])
    assert_type(await client.zones.delete("x"), ZoneDeleteResponse)
    assert_type(await client.zones.export_zonefile("x"), ZoneExportZonefileResponse)
    assert_type(await client.zones.actions.list_all(), ActionsPage[Async])
    assert_type(await client.zones.actions.retrieve_by_id(1), ActionResponse)
    assert_type(await client.zones.actions.list("x"), ActionsPage[Async])
    assert_type(await client.zones.actions.retrieve(1, id_or_name="x"), ActionResponse)
    assert_type(
        await client.zones.actions.change_primary_nameservers("x", primary_nameservers=[{"address": "x"}]),
        ActionResponse,
    )
    assert_type(await client.zones.actions.change_protection("x"), ActionResponse)
    assert_type(await client.zones.actions.change_ttl("x", ttl=1), ActionResponse)
    assert_type(await client.zones.actions.import_zonefile("x", zonefile="x"), ActionResponse)
    assert_type(
        await client.zones.rrsets.create("x", name="x", type="A", records=[{"value": "x"}]),
        RRSetCreateResponse,
    )
    assert_type(await client.zones.rrsets.retrieve("x", "x", "A"), RRSetRetrieveResponse)
    assert_type(await client.zones.rrsets.update("x", "x", "A"), RRSetUpdateResponse)
    assert_type(await client.zones.rrsets.list("x"), RRSetsPage[Async])
    assert_type(await client.zones.rrsets.delete("x", "x", "A"), RRSetDeleteResponse)
    assert_type(
        await client.zones.rrsets.actions.change_protection("x", "x", "A", change=True), ActionResponse
    )
    assert_type(await client.zones.rrsets.actions.change_ttl("x", "x", "A", ttl=1), ActionResponse)
    assert_type(
        await client.zones.rrsets.actions.set_records("x", "x", "A", records=[{"value": "x"}]), ActionResponse
    )
    assert_type(
        await client.zones.rrsets.actions.add_records("x", "x", "A", records=[{"value": "x"}]), ActionResponse
    )
    assert_type(
        await client.zones.rrsets.actions.remove_records("x", "x", "A", records=[{"value": "x"}]),
        ActionResponse,
    )
    assert_type(
        await client.zones.rrsets.actions.update_records(
            "x", "x", "A", records=[{"value": "x", "comment": "x"}]
        ),
        ActionResponse,
    )
