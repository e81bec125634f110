"""What is going on while a plan is carried out: one row for every object that is not done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hetzner.apply import events
from hetzner.apply.events import Event
from hetzner.cli.advice import command, next_step, reason
from hetzner.cli.screen import Line

STOPPED = "stopped"
"""Why an item was not finished, in the words of the execution."""


@dataclass(slots=True)
class Row:
    """An object that is not done."""

    address: str
    began: float
    waits_for: tuple[str, ...] = ()
    command: str = ""
    percent: int = 0
    number: int = 1
    of: int = 1
    told: bool = False
    """Whether it was said that it is going on."""


@dataclass(slots=True)
class Board:
    """All of them, and how many are done; told everything that happens, and when."""

    total: int
    width: int = 0
    """Columns of the longest address."""
    rows: dict[str, Row] = field(default_factory=dict)
    done: int = 0

    def learn(self, event: Event, now: float) -> None:
        """Take over what happened."""
        row = self.rows.setdefault(event.item.address, Row(event.item.address, now))
        match event:
            case events.Waiting(others=others):
                row.waits_for = others
            case events.Called(command=verb, number=number, of=of):
                row.waits_for, row.command, row.percent, row.number, row.of = (), verb, 0, number, of
            case events.Progressed(command=verb, percent=percent):
                row.command, row.percent = verb, percent
            case events.Done():
                self.done += 1
                del self.rows[row.address]
            case events.Failed():
                del self.rows[row.address]
            case events.Skipped(because=because) if because != STOPPED or not row.command:
                del self.rows[row.address]  # what was stopped half-way goes on at Hetzner

    @property
    def running(self) -> list[Row]:
        """The rows for which something was begun."""
        return [row for row in [*self.rows.values()] if row.command and not row.waits_for]

    @property
    def waiting(self) -> list[Row]:
        """The rows that cannot begin yet."""
        return [row for row in [*self.rows.values()] if row.waits_for]


def ended(event: Event, width: int = 0) -> list[Line]:
    """Return the lines that stay when something is over; none for what is not."""
    address = event.item.address.ljust(width)
    match event:
        case events.Done(commands=commands, seconds=seconds, told=told):
            verbs = ", ".join(commands) or event.item.verdict.name.lower()
            words = f" {verbs} {seconds:.1f} s" + (f"  {told}" if told else "")
            return [(("✓", "green"), f" {address}{words}")]
        case events.Failed(error=error):
            return [*_failed(event, error, address)]
        case events.SoldOut(wanted=wanted, instead=instead):
            words = f" {_listed(wanted)} is sold out: trying {_listed(instead)}"
            return [(("!", "bold"), f" {address}{words}")]
        case events.Skipped(because=because) if because != STOPPED:
            return [(("·", "dim"), f" {address} not begun: {because}")]
    return []


def _listed(offer: Mapping[str, object]) -> str:
    return " in ".join(str(value) for value in reversed([*offer.values()]))


def _failed(event: Event, error: Exception, address: str) -> list[Line]:
    verb = f" {command(error)}" if command(error) else ""
    lines: list[Line] = [(("✗", "bold red"), f" {address}{verb}: ", (reason(error), "red"))]
    if event.item.resource is not None:
        lines.append((f"  at {event.item.resource.mark}",))
    if step := next_step(error):
        lines.append((f"  help: {step}",))
    return lines
