"""What is wrong with a document, and the error that carries all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hetzner.api.errors import HetznerError
from hetzner.apply.document.marks import Mark

MOST = 100
"""So many problems are collected, then reading stops: a broken file must not cost more than a good one."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the message, where it is, what to try (printed at the caret), and further notes."""

    message: str
    mark: Mark | None = None
    help: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        from hetzner.apply.document.frames import render

        return render([self])


class DocumentError(HetznerError):
    """The document cannot be used; `problems` holds everything found in it, sorted by place."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_place))
        super().__init__(self.problems)

    def __str__(self) -> str:
        from hetzner.apply.document.frames import render

        return render(self.problems)


class Problems:
    """Collects problems, each once.

    Raises:
        DocumentError: from `add`, as soon as `MOST` are there; from `settle`, if there are any.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, Mark | None], Problem] = {}

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found.values())

    def add(self, message: str, mark: Mark | None = None, help: str = "", notes: Iterable[str] = ()) -> None:
        """Note a problem and go on."""
        self.take(Problem(message, mark, help, tuple(notes)))

    def take(self, problem: Problem) -> None:
        """Note a problem that was made elsewhere and go on."""
        self._found.setdefault((problem.message, problem.mark), problem)
        if len(self._found) >= MOST:
            self.settle()

    def settle(self) -> None:
        """Go on only if nothing was found."""
        if self._found:
            raise DocumentError(self._found.values())


def _place(problem: Problem) -> tuple[int, int, int]:
    return problem.mark.order if problem.mark else (-1, 0, 0)
