"""The plan and its events for programs: JSON, where whatever a terminal might obey is escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hetzner.apply import events
from hetzner.apply.document import Problem, Secret, Unknown
from hetzner.apply.figures import Bill, Work
from hetzner.apply.plans import FieldChange, Item, Plan, Verdict
from hetzner.cli.advice import command, next_step, reason
from hetzner.cli.chosen import selection_document
from hetzner.cli.output import is_fingerprint
from hetzner.cli.values import FINGERPRINTED, called, digest, waits_for
from hetzner.domain.money import Amount
from hetzner.domain.specs.effects import Effect
from hetzner.schema.facts import SECRET_FIELDS

VERSION = 1
"""Of the form; a field may be added without a new one."""


def dumped(value: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Return a JSON text in ASCII."""
    return json.dumps(value, indent=indent, ensure_ascii=True)


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return a plan."""
    return {
        "version": VERSION,
        "project": plan.project,
        "pending": not plan.is_empty,
        "summary": {verdict.name.lower(): plan.count(verdict) for verdict in Verdict},
        "cost": _bill(plan.bill),
        "work": _work(plan.work),
        "warnings": [_warning(warning) for warning in plan.warnings],
        "actions": [item_document(item) for item in plan],
        "selection": selection_document(plan.selection),
        "outputs": {name: value(name, each) for name, each in plan.outputs.items()},
    }


def _bill(bill: Bill | None) -> dict[str, Any] | None:
    if bill is None:
        return None
    amounts = {"now": bill.now, "then": bill.then, "increase": bill.increase, "snapshots": bill.snapshots}
    told = {name: _amount(amount) for name, amount in amounts.items()}
    return {"currency": bill.currency, **told, "unpriced": [*bill.unpriced]}


def _amount(amount: Amount) -> dict[str, str]:
    """Return an amount exactly, as decimal text, a month."""
    return {"net": f"{amount.net.normalize():f}", "gross": f"{amount.gross.normalize():f}"}


def _work(work: Work | None) -> dict[str, Any] | None:
    if work is None:
        return None
    address, operation, seconds = work.longest or (None, None, None)
    longest = address and {"address": address, "operation": operation, "seconds": round(seconds or 0, 1)}
    told = {"requests": work.requests, "polls": work.polls, "seconds": round(work.seconds, 1)}
    return {**told, "requests_left": work.left, "longest": longest}


def _warning(warning: Problem) -> dict[str, Any]:
    where = str(warning.mark) if warning.mark is not None else None
    return {"message": warning.message, "help": warning.help or None, "where": where}


def item_document(item: Item) -> dict[str, Any]:
    """Return what happens to one object."""
    return {
        "address": item.address,
        "kind": item.kind.name,
        "name": item.name,
        "action": item.verdict.name.lower(),
        "id": getattr(item.actual, "id", None),
        "why": item.why or None,
        "needs_consent": item.consent or None,
        "refused": item.refused or None,
        "where": str(item.resource.mark) if item.resource is not None else None,
        "changes": [_change(item, change) for change in item.changes],
        "effects": [_effect(effect) for effect in item.effects],
        "cost": _cost(item),
        "operations": [call.operation for call in item.calls],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    seconds = None if effect.seconds is None else round(effect.seconds, 1)
    told = {"effect": effect.toll.name.lower(), "what": effect.what or None, "seconds": seconds}
    return {**told, "field": effect.field or None}


def _cost(item: Item) -> dict[str, Any] | None:
    """Return what an object costs a month, now and then; nothing where nobody asked or it is free."""
    if not item.kind.billed or (item.now is None and item.then is None):
        return None
    both = {"now": item.now, "then": item.then}
    return {name: cost and _amount(cost.monthly) for name, cost in both.items()}


def _change(item: Item, change: FieldChange) -> dict[str, Any]:
    old = f"sha256:{change.old}" if is_fingerprint(item, change) else value(change.field, change.old)
    return {
        "field": change.field,
        "old": old,
        "new": value(change.field, change.new),
        "effect": change.effect or None,
        "noted": change.noted,
        "where": str(change.mark) if change.mark is not None else None,
    }


def value(name: str, given: Any) -> Any:
    """Return the value of a field; ``{"after": [...]}`` where it depends on what does not exist yet."""
    if isinstance(given, Unknown):
        return {"after": waits_for(given)}
    if name in SECRET_FIELDS and isinstance(given, str):
        return digest(given) if name in FINGERPRINTED else "(secret)"
    if isinstance(given, Mapping):
        return {called(key): value(called(key), each) for key, each in given.items()}
    if isinstance(given, list | tuple):
        return [value(name, each) for each in given]
    if given is None or isinstance(given, bool | int | float) or type(given) is str:
        return given
    return repr(given) if isinstance(given, Secret) else called(given)


def moment(wall: float) -> str:
    """Return a time, given in seconds since 1970, as it is written in JSON."""
    return datetime.fromtimestamp(wall, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def event(happened: events.Event, wall: float) -> dict[str, Any]:
    """Return something that happened; ``wall`` is the time in seconds since 1970."""
    item = happened.item
    return {
        "event": type(happened).__name__.lower(),
        "at": moment(wall),
        "address": item.address,
        "action": item.verdict.name.lower(),
        **_details(happened),
    }


def _details(happened: events.Event) -> dict[str, Any]:
    match happened:
        case events.Waiting(others=others):
            return {"for": list(others)}
        case events.Called(command=verb, number=number, of=of):
            return {"command": verb, "number": number, "of": of}
        case events.Progressed(command=verb, percent=percent):
            return {"command": verb, "percent": percent}
        case events.SoldOut(wanted=wanted, instead=instead):
            return {"wanted": dict(wanted), "instead": dict(instead)}
        case events.Done(commands=commands, seconds=seconds, told=told):
            return {"commands": list(commands), "seconds": round(seconds, 3), "told": told}
        case events.Failed(error=error, seconds=seconds):
            more = {"code": getattr(error, "code", None), "help": next_step(error) or None}
            return {"command": command(error), "error": reason(error), **more, "seconds": round(seconds, 3)}
        case events.Skipped(because=because):
            return {"because": because}
        case _:
            return {}
