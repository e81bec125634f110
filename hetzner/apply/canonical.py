"""A plan as plain data that can be kept and compared: what is done to what, and no secret in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from hetzner.apply.document import Document, Secret, Template, Unknown
from hetzner.apply.plans import Item, Plan
from hetzner.domain.specs.labels import is_mark
from hetzner.schema.facts import SECRET_FIELDS

HIDDEN = "(secret)"
ROUNDS = 600_000
"""Of the hash over all secrets: slow on purpose, since a short password could be found by trying."""


def canonical(plan: Plan) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the items of a plan as plain data, and the secrets that were left out of them, in order."""
    secrets: list[str] = []
    return [_item(item, secrets) for item in plan], secrets


def digest(value: Any) -> str:
    """Return the hash of plain data."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def concealed(secrets: list[str], salt: str) -> str:
    """Return the slow hash of secrets, by which nobody finds them but by trying, each try taking its time."""
    text = json.dumps(secrets, ensure_ascii=True)
    return hashlib.pbkdf2_hmac("sha256", text.encode(), bytes.fromhex(salt), ROUNDS).hex()


def declared(document: Document) -> str:
    """Return the hash of what a document declares, its secrets left out."""
    return digest([[each.address, _plain("", each.spec, []), repr(each.meta)] for each in document.resources])


def variables(document: Document) -> dict[str, Any]:
    """Return the values of the variables, but for those that are secret or come from elsewhere."""
    return {name: value for name, value in document.variables.items() if _is_plain(value)}


def _is_plain(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(_is_plain(each) for each in value)
    return value is None or type(value) in (str, bool, int, float)  # the text of a file is read again


def _item(item: Item, secrets: list[str]) -> dict[str, Any]:
    return {
        "address": item.address,
        "action": item.verdict.name.lower(),
        "id": getattr(item.actual, "id", None),
        "refused": item.refused,
        "changes": [
            [
                change.field,
                change.noted,
                _plain(change.field, change.old, secrets),
                _plain(change.field, change.new, secrets),
            ]
            for change in item.changes
        ],
        "calls": [
            [call.operation, str(call.of) if call.of else None, _plain("", call.arguments, secrets)]
            for call in item.calls
        ],
    }


def _plain(name: str, value: Any, secrets: list[str]) -> Any:
    """Return a value as JSON has it; a secret is put aside, with all that a text with references holds.

    The fingerprints of secrets in labels are left out: they could be found by trying, and faster.
    """
    if isinstance(value, Secret) or (name in SECRET_FIELDS and isinstance(value, str)):
        secrets.append(value.reveal() if isinstance(value, Secret) else value)
        return HIDDEN
    if isinstance(value, Template):
        secrets += [part.reveal() if isinstance(part, Secret) else str(part) for part in value.parts]
        return {"after": [str(each) for each in value.references]}
    if isinstance(value, Unknown):
        return {"after": [str(each) for each in value.references]}
    if isinstance(value, Mapping):
        pairs = ((str(key), each) for key, each in value.items())
        return {key: _plain(key, each, secrets) for key, each in pairs if not is_mark(key)}
    if isinstance(value, list | tuple):
        return [_plain(name, each, secrets) for each in value]
    return value if value is None or type(value) in (bool, int, float, str) else str(value)
