"""How large the parts of a drawn picture are, in its own units; all letters are equally wide."""

from __future__ import annotations

from dataclasses import dataclass

from hetzner.cli.graph_words import Card, cells, cut, flowed

LETTER = 0.605
"""Width of a letter by its height; monospaced fonts differ little from this, and none is wider."""
TITLE, FACT, SMALL = 13.0, 11.5, 10.0
"""Sizes of letters: names, what is told of them, and captions and badges."""
LINE, ROW = 16.0, 20.0
"""Heights of a line of facts and of a row of badges."""
INSET = 14.0
"""Between the border of a node and what is in it."""
WIDEST, NARROWEST = 32, 16
"""Letters of a fact that fit into a node, at most and at least."""
BETTER = 28
"""Letters that a line of several facts should have room for."""
MARK = 24.0
"""What the marker takes beside the caption and the name."""


def span(text: str, size: float) -> float:
    """Return how wide a text is."""
    return cells(text) * size * LETTER


def fitted(text: str, size: float, width: float) -> str:
    """Return as much of a text as fits into a width."""
    return cut(text, int(width / (size * LETTER)))


@dataclass(frozen=True, slots=True)
class Rect:
    """A place in the picture."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Its right border."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Its lower border."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.h / 2

    def overlaps(self, other: Rect) -> bool:
        """Tell whether it has some area in common with another one."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def holds(self, other: Rect) -> bool:
        """Tell whether another one is inside of it."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written on a node, fitted into its width."""

    card: Card
    width: float
    title: str
    facts: tuple[str, ...]
    badges: tuple[tuple[tuple[str, int], ...], ...]
    """By row: a text, and which badge of the card it is."""

    @property
    def height(self) -> float:
        """How high the node is."""
        return 46 + LINE * len(self.facts) + ROW * len(self.badges) + (2 if self.badges else 0)


def natural_width(card: Card) -> float:
    """Return how wide a node would be best."""
    longest = max(map(cells, (*flowed(card.facts, BETTER), *card.facts)), default=0)
    badges = max(
        (span(badge_text(card, number), SMALL) + 14 for number in range(len(card.badges))), default=0
    )
    facts = min(max(longest, NARROWEST), WIDEST) * FACT * LETTER
    most = WIDEST * FACT * LETTER
    return 2 * INSET + min(max(facts, span(card.title, TITLE) + MARK, badges), most)


def sheet(card: Card, width: float) -> Sheet:
    """Return what is written on a node that is so wide."""
    room = width - 2 * INSET
    facts = flowed(card.facts, int(room / (FACT * LETTER)))
    return Sheet(card, width, fitted(card.title, TITLE, room - MARK), tuple(facts), _rows(card, room))


def badge_text(card: Card, number: int) -> str:
    """Return what is written on a badge."""
    text, verdict = card.badges[number]
    mark = verdict.value.strip() if verdict else ""
    return f"{mark} {text}" if mark else text


def badge_width(text: str) -> float:
    """Return how wide a badge is."""
    return span(text, SMALL) + 12


def _rows(card: Card, room: float) -> tuple[tuple[tuple[str, int], ...], ...]:
    rows: list[list[tuple[str, int]]] = []
    left = 0.0
    for number in range(len(card.badges)):
        text = fitted(badge_text(card, number), SMALL, room - 12)
        needed = badge_width(text) + 5
        if not rows or needed > left + 5:
            rows.append([])
            left = room
        rows[-1].append((text, number))
        left -= needed
    return tuple(map(tuple, rows))
