"""What to be warned of that a document alone does not show: what goes, is sold out, or will be full; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hetzner.apply.document import Mark, Problem, holds_unknown
from hetzner.apply.making import wanted
from hetzner.apply.observe import Catalogue, Observed
from hetzner.apply.plans import MADE, Item, Plan, Verdict
from hetzner.domain.specs import kinds
from hetzner.domain.specs.worth import Circumstances

SILENT = frozenset({Verdict.DELETE, Verdict.USE})
NAMED = 3
"""So many addresses are named in a sentence that is true of several."""


@dataclass(slots=True)
class _Warned:
    """The same warning, for one object or several."""

    mark: Mark | None
    addresses: dict[str, None] = field(default_factory=dict)


def cautions(plan: Plan, observed: Observed, catalogue: Catalogue, now: datetime) -> tuple[Problem, ...]:
    """Return the warnings of a plan, the same for several objects once."""
    found: dict[tuple[str, str], _Warned] = {}
    for item in plan:
        if item.resource is None or item.refused or item.verdict in SILENT:
            continue
        spec = wanted(item.kind, item.resource)
        if item.verdict is not Verdict.KEEP:
            spec = {name: value for name, value in spec.items() if not holds_unknown(value)}
        about = Circumstances(catalogue, observed.get, observed.applied, now, creates=item.verdict in MADE)
        for path, message, help in item.kind.cautions(spec, item.actual, about):
            mark = item.resource.mark_at(*path) if path else item.resource.mark
            found.setdefault((message, help), _Warned(mark)).addresses[item.address] = None
    problems = [
        Problem(f"{listed([*warned.addresses])}: {message}", warned.mark, help)
        for (message, help), warned in found.items()
    ]
    return (
        *problems,
        *_renumbered(plan),
        *_renamed_in_vain(plan),
        *_full(plan, observed),
    )


def _renamed_in_vain(plan: Plan) -> Iterator[Problem]:
    """Yield what is made anew although it says that it was called otherwise: that one is declared, too."""
    for item in plan:
        if item.verdict is not Verdict.CREATE or item.resource is None:
            continue
        for old in item.resource.meta.renamed_from:
            if (other := plan.document.get(item.kind.name, old)) is not None:
                what = f"{item.address} is made anew: {other.address} is declared as well, and keeps its name"
                yield Problem(what, item.resource.mark, f"take {old} away, or 'renamed_from: {old}'")


def _renumbered(plan: Plan) -> Iterator[Problem]:
    """Yield what goes only because it is called otherwise since there are several of it, or one again."""
    made = [item for item in plan if item.verdict is Verdict.CREATE and item.resource is not None]
    for item in plan:
        if item.verdict is not Verdict.DELETE or item.resource is not None or plan.options.destroy:
            continue
        for new in made:
            assert new.resource is not None  # noqa: S101  they are those that have one
            base = new.resource.base_name
            several = new.name != base == item.name
            one_again = new.name == base and item.name.removeprefix(f"{base}-").isdecimal()
            if new.kind is item.kind and (several or one_again):
                what = f"{item.address} is destroyed and {new.address} is made anew"
                yield Problem(
                    what, new.resource.mark, f"'renamed_from: {item.name}' keeps it under the new name"
                )
                break


def listed(addresses: Sequence[str]) -> str:
    """Return addresses as a sentence names them: all of a few, else the first and how many more."""
    if len(addresses) <= NAMED:
        return ", ".join(addresses)
    return f"{addresses[0]} and {len(addresses) - 1} more"


def _full(plan: Plan, observed: Observed) -> Iterator[Problem]:
    """Yield what more objects will refer to than it takes, counting those that are there already."""
    limits = {
        (kind.name, name): each.refers
        for kind in kinds().values()
        for name, each in kind.fields.items()
        if each.refers is not None and each.refers.most is not None
    }
    changing = {change.field for item in plan for change in item.changes if not change.noted}
    if not changing & {name for _, name in limits}:
        return  # nothing gets fuller
    items = {item.address: item for item in plan}
    users: Mapping[tuple[str, str, str], list[str]] = _users(items, observed, limits)
    for (kind, name, target), addresses in sorted(users.items()):
        refers = limits[kind, name]
        joining = [items[each] for each in addresses if each in items and _changes(items[each], name)]
        if refers.most is None or len(addresses) <= refers.most or not joining:
            continue
        resource = joining[-1].resource
        mark = resource.mark_at(name) if resource is not None else None
        what = f"{refers.kind}.{target} takes at most {refers.most} {kind}, and {len(addresses)} are wanted"
        help = f"{len(addresses) - len(joining)} are there already" if len(joining) < len(addresses) else ""
        yield Problem(what, mark, help)


def _changes(item: Item, name: str) -> bool:
    return any(change.field == name and not change.noted for change in item.changes)


def _users(
    items: Mapping[str, Item], observed: Observed, limits: Mapping[tuple[str, str], Any]
) -> Mapping[tuple[str, str, str], list[str]]:
    """Return who refers to what when the plan is carried out, by kind, field and target."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    specs: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for kind in {kind for kind, _ in limits}:
        for name, actual in observed.objects.get(kind, {}).items():
            specs[f"{kind}.{name}"] = kind, kinds()[kind].read(actual, observed.names)
    for address, item in items.items():
        if item.verdict is Verdict.DELETE:
            specs.pop(address, None)
        elif item.resource is not None and item.verdict is not Verdict.USE:
            have = specs.get(address, ("", {}))[1] if item.verdict not in MADE else {}
            specs[address] = item.kind.name, {**have, **item.resource.spec}
    for address, (kind, spec) in specs.items():
        for name, _, ref in kinds()[kind].refs(spec):
            if (kind, name) in limits:
                found[kind, name, str(ref)].append(address)
    return found
