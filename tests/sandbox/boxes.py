"""Storage boxes, made for the tests."""

from __future__ import annotations

from typing import Any

from tests.sandbox.talk import Talk

PASSWORD = "Kräftig-Geheim-2026!"
BODY = {"name": "backup", "storage_box_type": "bx11", "location": "fsn1", "password": PASSWORD}


def box(talk: Talk, **fields: Any) -> Any:
    """Create a storage box and let it become active."""
    ident = talk.post("/storage_boxes", {**BODY, **fields})["storage_box"]["id"]
    talk.wait()
    return again(talk, ident)


def again(talk: Talk, ident: int) -> Any:
    """A storage box as it is now."""
    return talk.get(f"/storage_boxes/{ident}")["storage_box"]


def act(talk: Talk, ident: int, name: str, **body: Any) -> Any:
    """Carry out an action of a storage box to its good end; returns the storage box."""
    assert talk.act(f"/storage_boxes/{ident}/actions/{name}", body)["status"] == "success"
    return again(talk, ident)


def part(talk: Talk, ident: int, plural: str, **body: Any) -> Any:
    """Create a snapshot or a subaccount and let it come into being."""
    made = talk.post(f"/storage_boxes/{ident}/{plural}", body)[plural[:-1]]
    talk.wait()
    return talk.get(f"/storage_boxes/{ident}/{plural}/{made['id']}")[plural[:-1]]


def subaccount(talk: Talk, ident: int, home: str = "team", **body: Any) -> Any:
    """Create a subaccount."""
    return part(talk, ident, "subaccounts", home_directory=home, password=PASSWORD, **body)


def snapshot(talk: Talk, ident: int, **body: Any) -> Any:
    """Create a snapshot."""
    return part(talk, ident, "snapshots", **body)
