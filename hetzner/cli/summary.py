"""How a run ended: in the words, the exit code and the JSON of its last line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from hetzner.apply.execute import Result
from hetzner.apply.plans import Plan
from hetzner.cli.advice import reason
from hetzner.cli.as_json import value
from hetzner.cli.board import Board
from hetzner.cli.exits import DONE, PENDING, REFUSED, SIGNALLED, UNFINISHED
from hetzner.cli.screen import Line
from hetzner.cli.wording import several

WORDS = {DONE: "done", PENDING: "pending", UNFINISHED: "unfinished", REFUSED: "refused"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan; without a result nothing was carried out."""

    board: Board
    result: Result | None
    requests: int
    signal: int | None = None
    decided: int = DONE
    """The exit code when nothing was carried out."""
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """What the document wants to be told, as far as it is known."""

    @classmethod
    def of_guards(cls, code: int, plan: Plan) -> Self:
        """Return the outcome of a plan that ends with its being shown."""
        return cls(Board(0), None, 0, decided=code, outputs=plan.outputs if plan.is_empty else {})

    @property
    def code(self) -> int:
        """The exit code."""
        if self.result is None:
            return self.decided
        if self.result.complete:
            return DONE
        return SIGNALLED + self.signal if self.signal is not None else UNFINISHED

    def lines(self) -> Iterator[Line]:
        """Yield what is said at the end."""
        if self.result is None:
            return
        done, total = len(self.result.done), self.board.total
        told = f"{done} of {total} in {self.result.seconds:.1f} s, {several(self.requests, 'request')}."
        if self.signal is not None and not self.result.complete:
            yield from self._interrupted(told)
        elif self.result.complete:
            yield ("Applied ", "bold green"), told
        else:
            failed, skipped = len(self.result.failed), len(self.result.skipped)
            counts = f"{failed} failed" + (f", {skipped} not begun" if skipped else "")
            yield ("Applied ", "bold"), f"{told} ", (counts, "bold red"), _AGAIN

    def _interrupted(self, told: str) -> Iterator[Line]:
        yield ("Interrupted: ", "bold red"), f"applied {told}"
        for row in self.board.running:
            yield (f"  in flight: {row.address} {row.command} {row.percent} %",)
        if self.board.running:
            yield ("  Hetzner goes on with it; the next run waits for that.",)
        yield ("Run it again to go on; finished work is kept.",)

    def document(self) -> dict[str, Any]:
        """Return the same for programs."""
        told: dict[str, Any] = {"event": "summary", "exit_code": self.code}
        told["status"] = WORDS.get(self.code, "interrupted")
        outputs = {name: value(name, each) for name, each in self.outputs.items()}
        if self.result is None:
            return {**told, "outputs": outputs} if outputs else told
        return {
            **told,
            "done": [item.address for item in self.result.done],
            "failed": {item.address: reason(error) for item, error in self.result.failed},
            "not_done": {item.address: because for item, because in self.result.skipped},
            "in_flight": [{"address": row.address, "command": row.command} for row in self.board.running],
            "outputs": outputs,
            "seconds": round(self.result.seconds, 3),
            "requests": self.requests,
        }


_AGAIN = ": fix it and run again, finished work is kept."
