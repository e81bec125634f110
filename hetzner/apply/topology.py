"""A project as people draw it: from the Internet over names and ways in to servers and their storage; pure.

What a kind is in the picture, and what its objects lead to, stands on its `Kind`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hetzner.apply.document import Document, Resource
from hetzner.apply.observe import Observed
from hetzner.apply.planning import natural
from hetzner.apply.plans import Item, Plan, Verdict
from hetzner.apply.references import spelled
from hetzner.apply.scene import Object, Scene, completed
from hetzner.domain.specs import kinds
from hetzner.domain.specs.drawing import COLUMNS, Role
from hetzner.domain.specs.kind import Kind

INTERNET = "internet"
"""Where everything begins; the only source of a line that is no node."""


@dataclass(frozen=True, slots=True)
class Node:
    """One object, or several that are alike."""

    kind: Kind
    name: str
    spec: Mapping[str, Any] = field(repr=False)
    """What is wanted of it, completed by what it is."""
    base: str
    """What its replicas are called together."""
    resource: Resource | None = None
    item: Item | None = None
    """What the plan does to it."""
    verdict: Verdict | None = None
    """None when nothing was planned."""
    actual: Any = field(default=None, repr=False)
    boxes: tuple[tuple[str, str], ...] = ()
    """The frames that it is in, each with its address there; it is drawn in the first."""
    outline: str = ""
    badges: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Names of those that are drawn with it, because they are alike."""

    @property
    def address(self) -> str:
        """How it is called: ``servers.web``."""
        return f"{self.kind.name}.{self.name}"

    @property
    def role(self) -> Role:
        """What it is in the picture."""
        return self.kind.role

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that it stands for."""
        return (self.name, *self.others)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line, from left to right."""

    source: str
    target: str
    labels: tuple[str, ...] = ()
    verdict: Verdict | None = None
    """CREATE and DELETE for lines that come and go; None for those that stay."""


@dataclass(frozen=True)
class Topology:
    """What is in a picture: objects by address, and lines between those that stand in columns."""

    project: str
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    planned: bool = False
    """Whether the verdicts are those of a plan."""

    def in_role(self, *roles: Role) -> list[Node]:
        """Return the nodes with one of these roles, in order."""
        return [node for node in self.nodes.values() if node.role in roles]

    @property
    def placed(self) -> list[Node]:
        """Return the nodes that stand in columns."""
        return self.in_role(*COLUMNS)

    @cached_property
    def used(self) -> frozenset[str]:
        """The addresses of frames and badges that something in a column has."""
        every = (
            address
            for node in self.placed
            for address in (*node.badges, node.outline, *(box for box, _ in node.boxes))
        )
        return frozenset(every)

    @property
    def aside(self) -> list[Node]:
        """Return the nodes that are only listed: nothing in a column has them."""
        return [
            node for node in self.nodes.values() if node.role not in COLUMNS and node.address not in self.used
        ]

    def wearing(self, address: str) -> list[Node]:
        """Return the nodes in columns that have this frame or badge."""
        return [
            node
            for node in self.placed
            if address in node.badges or address == node.outline or address in dict(node.boxes)
        ]

    def count(self, verdict: Verdict) -> int:
        """Return how many objects have a verdict."""
        return sum(len(node.names) for node in self.nodes.values() if node.verdict is verdict)


def topology(document: Document, plan: Plan | None = None, observed: Observed | None = None) -> Topology:
    """Return the picture of a document; with a plan, and what it saw, that of what the plan does to it."""
    objects = {each.address: each for each in _objects(document, plan, observed)}
    place = {name: index for index, name in enumerate(kinds())}
    order = sorted(
        objects.values(), key=lambda each: (place.get(each.kind.name, len(place)), *natural(each.name))
    )
    after = Scene(document.project, {each.address: each for each in order})
    for address, each in after.strangers(observed):
        objects[address] = each
    after = Scene(document.project, {**after.objects, **objects})
    before = after.earlier(observed)
    nodes = {address: _node(after, before, each) for address, each in after.objects.items()}
    edges = _edges(after, before)
    return Topology(document.project, nodes, (*_from_outside(nodes, edges), *edges), plan is not None)


def _objects(document: Document, plan: Plan | None, observed: Observed | None) -> Iterator[Object]:
    items = {item.address: item for item in plan or ()}
    for resource in document.resources:
        item = items.pop(resource.address, None)
        kind = kinds()[resource.kind]
        wanted = spelled(document, resource).spec
        actual = item.actual if item else None
        have = kind.read(actual, observed.names) if actual is not None and observed is not None else {}
        spec = {**have, **completed(wanted, have)}
        yield Object(kind, resource.name, spec, resource.base_name, resource, item, actual, wanted)
    for item in items.values():
        spec = item.kind.read(item.actual, observed.names) if observed is not None else {}
        base = natural(item.name)[0].rstrip("-") or item.name
        yield Object(item.kind, item.name, spec, base, None, item, item.actual)


def _node(after: Scene, before: Scene, each: Object) -> Node:
    going = before.wears(each.address, Role.BADGE).items()
    badges = after.wears(each.address, Role.BADGE) | {
        address: words for address, words in going if after.objects[address].is_going
    }
    return Node(
        each.kind,
        each.name,
        each.spec,
        each.base,
        each.resource,
        each.item,
        each.verdict,
        each.actual,
        boxes=tuple(_in_order(after, after.wears(each.address, Role.BOX)).items()),
        outline=next(iter(_in_order(after, after.wears(each.address, Role.OUTLINE))), ""),
        badges=tuple(_in_order(after, badges)),
    )


def _in_order(scene: Scene, worn: Mapping[str, str]) -> dict[str, str]:
    return {address: worn[address] for address in sorted(worn, key=scene.rank.__getitem__)}


def _edges(after: Scene, before: Scene) -> tuple[Edge, ...]:
    found, old = after.lines(), before.lines()
    every = [
        Edge(
            *ends,
            tuple(found[ends] if ends in found else old[ends]),
            _fate(after, ends, ends in found, ends in old),
        )
        for ends in {**found, **old}
    ]
    return tuple(sorted(every, key=lambda edge: (after.rank[edge.source], after.rank[edge.target])))


def _fate(scene: Scene, ends: tuple[str, str], is_now: bool, was: bool) -> Verdict | None:
    """Tell whether a line comes, goes or stays; nothing comes or goes unless something was planned."""
    sides = [scene.objects[end] for end in ends]
    if any(side.is_going for side in sides) or not is_now:
        return Verdict.DELETE
    if any(side.verdict is Verdict.CREATE for side in sides) or not was:
        return Verdict.CREATE
    return None


def _from_outside(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield lines from the Internet to what it reaches and no other line leads to."""
    led_to = {edge.target for edge in edges if edge.verdict is not Verdict.DELETE}
    for address, node in nodes.items():
        if address not in led_to and node.role in COLUMNS and node.kind.is_public(node.spec):
            fate = node.verdict if node.verdict in (Verdict.CREATE, Verdict.DELETE) else None
            yield Edge(INTERNET, address, verdict=fate)
