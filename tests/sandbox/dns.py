"""Zones and their records, made and changed for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from tests.sandbox.talk import Talk

NAMESERVERS = ("hydrogen.ns.hetzner.com.", "oxygen.ns.hetzner.com.", "helium.ns.hetzner.de.")
HEAD = "@ IN SOA hydrogen.ns.hetzner.com. dns.hetzner.com. 2024010100 86400 10800 3600000 3600\n" + "".join(
    f"@ IN NS {server}\n" for server in NAMESERVERS
)
"""What a zone file for an import must at least have."""


def zone(talk: Talk, name: str = "example.com", **fields: Any) -> Any:
    """Create a zone and let it be published."""
    talk.post("/zones", {"name": name, "mode": "primary", **fields})
    talk.wait(10)
    return talk.get(f"/zones/{name}")["zone"]


def rrset(talk: Talk, name: str = "www", kind: str = "A", *values: str, **fields: Any) -> Any:
    """Create an RRSet of example.com and let it be published."""
    records = [{"value": value} for value in values or ("192.0.2.1",)]
    talk.post("/zones/example.com/rrsets", {"name": name, "type": kind, "records": records, **fields})
    talk.wait(10)
    return shown(talk, name, kind)


def shown(talk: Talk, name: str = "www", kind: str = "A") -> Any:
    """An RRSet of example.com as it is."""
    return talk.get(at(name, kind))["rrset"]


def at(name: str = "www", kind: str = "A", action: str = "") -> str:
    """The path of an RRSet of example.com, or of one of its actions."""
    path = f"/zones/example.com/rrsets/{quote(name, safe='')}/{kind}"
    return f"{path}/actions/{action}" if action else path


def values(rrset: Any) -> list[str]:
    """The values of an RRSet."""
    return [record["value"] for record in rrset["records"]]


def of(*values: str) -> dict[str, Sequence[dict[str, str]]]:
    """The body of an action on records."""
    return {"records": [{"value": value} for value in values]}


def field_of(talk: Talk, method: str, path: str, body: object) -> tuple[str, str]:
    """Send a request that must be refused with 422; returns the code and the field."""
    status, error = talk.error(method, path, body)
    assert status == 422
    return error["code"], error["details"]["fields"][0]["name"]


def serial(talk: Talk) -> int:
    """The serial of example.com."""
    return int(values(shown(talk, "@", "SOA"))[0].split()[2])
