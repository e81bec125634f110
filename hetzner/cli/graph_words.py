"""What a picture says: the same words for every form of it, no secret and no control character in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from hetzner.apply.document import harmless
from hetzner.apply.plans import Verdict
from hetzner.apply.scene import addresses
from hetzner.apply.topology import Edge, Node, Topology
from hetzner.cli.values import scalar
from hetzner.domain.specs.drawing import COLUMNS, Role
from hetzner.domain.specs.kind import Kind

FATES = {
    Verdict.CREATE: "added",
    Verdict.UPDATE: "changed",
    Verdict.REPLACE: "replaced",
    Verdict.DELETE: "destroyed",
    Verdict.USE: "used as it is",
    Verdict.NOTE: "noted",
}
"""What becomes of an object, in a word; the others stay as they are."""

COLOURS = {
    Verdict.CREATE: "#15803d",
    Verdict.UPDATE: "#a16207",
    Verdict.REPLACE: "#a21caf",
    Verdict.DELETE: "#b91c1c",
    Verdict.USE: "#0e7490",
    Verdict.NOTE: "#4338ca",
}
"""Of what something becomes of, on light ground; the style sheets have the same, and others for the dark."""
CLASSES = {verdict: verdict.name.lower() for verdict in COLOURS}
"""What is drawn in such a colour is of this class."""

ACRONYMS = {"ip": "IP", "ips": "IPs", "ssh": "SSH"}


@dataclass(frozen=True, slots=True)
class Card:
    """What is written on one node."""

    address: str
    caption: str
    """What it is: ``load balancer``."""
    title: str
    facts: tuple[str, ...]
    badges: tuple[tuple[str, Verdict | None], ...]
    verdict: Verdict | None
    count: int = 1
    """How many it stands for."""

    @property
    def marker(self) -> str:
        """The letter of the plan, or nothing."""
        return marker(self.verdict)

    @property
    def spoken(self) -> str:
        """Everything in one line."""
        fate = FATES.get(self.verdict) if self.verdict else None
        badges = [text for text, _ in self.badges]
        return ", ".join([f"{self.caption} {self.title}", *([fate] if fate else []), *self.facts, *badges])


def card(topology: Topology, node: Node) -> Card:
    """Return what is written on a node."""
    facts = [*told(node)] if node.others else [*told(node), *places(topology, node)]
    badges = tuple(_badge(topology.nodes[each]) for each in node.badges)
    return Card(
        node.address,
        caption(node),
        title(node),
        tuple(facts),
        badges,
        node.verdict,
        len(node.names),
    )


def caption(node: Node) -> str:
    """Return what an object is called by its kind, such as `floating IP`."""
    return _words(node.kind.singular)


def plural(kind: Kind) -> str:
    """Return what objects of a kind are called, such as `floating IPs`."""
    return _words(kind.name)


def _words(name: str) -> str:
    return " ".join(ACRONYMS.get(word, word) for word in name.split("_"))


def title(node: Node) -> str:
    """Return the name; of several that are alike the first and last, and how many there are."""
    if not node.others:
        return harmless(node.name)
    return harmless(f"{node.name} … {node.others[-1]} \N{MULTIPLICATION SIGN}{len(node.names)}")


def told(node: Node) -> list[str]:
    """Return what is told of a node: its type, size and the like."""
    return [harmless(scalar(each)) for each in node.kind.gist(node.spec)]


def places(topology: Topology, node: Node) -> Iterator[str]:
    """Yield the addresses of a node, public ones first."""
    private = {ip for _, ip in node.boxes if ip}
    own = [ip for ip, name in addresses(node.kind, node.actual).items() if ip not in private]
    yield from map(harmless, own)
    for number, (address, ip) in enumerate(node.boxes):
        is_around = number == 0 and node.role is Role.MACHINE
        name = "" if is_around else topology.nodes[address].name
        if words := f"{name} {ip}".strip():
            yield harmless(words)


def _badge(node: Node) -> tuple[str, Verdict | None]:
    ips = addresses(node.kind, node.actual)
    words = [title(node), *(ips or told(node))]
    return " ".join(map(harmless, words)), node.verdict


def heading(topology: Topology, address: str) -> str:
    """Return what is written on a frame."""
    node = topology.nodes[address]
    return " · ".join([title(node), *told(node)])


def marker(verdict: Verdict | None) -> str:
    """Return the letter of the plan, or nothing for what stays as it is."""
    return verdict.value.strip() if verdict else ""


def legend(topology: Topology) -> list[tuple[Verdict, str]]:
    """Return the markers that are used, each with its meaning and how often."""
    counts = {verdict: topology.count(verdict) for verdict in FATES}
    return [(verdict, f"{count} {FATES[verdict]}") for verdict, count in counts.items() if count]


def listed_aside(topology: Topology) -> list[tuple[str, list[Node]]]:
    """Return what is not in the picture, by kind."""
    found: dict[str, list[Node]] = {}
    for node in topology.aside:
        found.setdefault(plural(node.kind), []).append(node)
    return [*found.items()]


def described(topology: Topology) -> str:
    """Return in a sentence or two what is in the picture, for those who do not see it."""
    kinds: dict[str, int] = {}
    for node in topology.in_role(*COLUMNS, Role.BOX):
        name = plural(node.kind)
        kinds[name] = kinds.get(name, 0) + len(node.names)
    parts = [f"{name}: {count}" for name, count in kinds.items()]
    lines = f"{len(topology.edges)} lines" if len(topology.edges) != 1 else "1 line"
    text = f"{', '.join(parts) or 'nothing'}; {lines} between them."
    marks = ", ".join(words for _, words in legend(topology))
    return f"{text} Planned: {marks or 'no change'}." if topology.planned else text


def label(edge: Edge) -> str:
    """Return what is written beside a line."""
    return harmless(", ".join(edge.labels))


def cells(text: str) -> int:
    """Return how many columns a text takes on a terminal, or with letters that are equally wide."""
    return sum(map(width, text)) if not text.isascii() else len(text)


def width(char: str) -> int:
    """Return how many columns a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, most: int) -> str:
    """Return as much of a text as fits into so many columns, with `…` for the rest."""
    if cells(text) <= most:
        return text
    kept, used = "", 0
    for char in text:
        used += width(char)
        if used > most - 1:
            break
        kept += char
    return f"{kept.rstrip()}…" if most > 0 else ""


def flowed(words: tuple[str, ...] | list[str], most: int, between: str = " · ") -> list[str]:
    """Return words in as few lines as hold them."""
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]}{between}{word}" if lines else word
        if lines and cells(joined) <= most:
            lines[-1] = joined
        else:
            lines.append(cut(word, most))
    return lines
