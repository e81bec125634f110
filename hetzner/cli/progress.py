"""Telling what happens while a plan is carried out: as JSON, as plain lines, or live on a terminal."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from hetzner.apply.events import Event, Progressed, Waiting
from hetzner.cli.as_json import dumped, moment
from hetzner.cli.as_json import event as as_json
from hetzner.cli.board import Board, Row, ended
from hetzner.cli.screen import Line, Screen, cut

if TYPE_CHECKING:
    from rich.console import Group

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
NOTICED = 1.0
"""Seconds of waiting for the rate limit that are told."""
QUIET = 30.0
"""Seconds in which that is told once."""
BAR = 16
"""Columns of a progress bar."""


class Progress:
    """Is told everything that happens; that nobody reads it any more stops nothing."""

    def __init__(self, screen: Screen, board: Board, port: Any) -> None:
        self.screen, self.board, self.port = screen, board, port
        self._lost = False
        self.resumes = self.quiet_until = 0.0
        """Until when requests wait for the rate limit, and until when nothing new is said of that."""

    def __call__(self, event: Event) -> None:
        """Take over what happened, and tell it as long as somebody listens."""
        self.board.learn(event, self.port.clock.now())
        if self._lost:
            return
        try:
            self.show(event)
        except (OSError, SystemExit):  # the other end of the pipe is gone
            self._lost = True

    def show(self, event: Event) -> None:
        """Tell of something that happened."""
        raise NotImplementedError

    def pausing(self, seconds: float) -> None:
        """Take over that requests wait for the rate limit, and tell it when that is news."""
        now = self.port.clock.now()
        is_news = seconds >= NOTICED and now >= self.quiet_until
        self.resumes = max(self.resumes, now + seconds)
        if not is_news or self._lost:
            return
        self.quiet_until = now + QUIET
        try:
            self.show_pause(seconds)
        except (OSError, SystemExit):
            self._lost = True

    def show_pause(self, seconds: float) -> None:
        """Tell that requests wait for the rate limit."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the screen as it is."""


class JSONLines(Progress):
    """One JSON document a line; it names the project when there are several."""

    def __init__(self, screen: Screen, board: Board, port: Any, project: str = "") -> None:
        super().__init__(screen, board, port)
        self._named = {"project": project} if project else {}

    def show(self, event: Event) -> None:
        """Print what happened."""
        told = {**as_json(event, self.port.wall()), **self._named}
        print(dumped(told), file=self.screen.stream, flush=True)

    def show_pause(self, seconds: float) -> None:
        """Print for how long."""
        told = {"event": "paused", "at": moment(self.port.wall()), "seconds": round(seconds, 1)}
        print(dumped({**told, "why": "rate limit", **self._named}), file=self.screen.stream, flush=True)


class PlainLines(Progress):
    """One line when something takes a while, one when it is over, each with the time."""

    def show(self, event: Event) -> None:
        """Print what is begun or over."""
        now = time.strftime("%H:%M:%S ", time.localtime(self.port.wall()))
        if isinstance(event, Progressed) and event.percent < 100 and self._is_new(event):
            self.screen.line(now, f"· {event.item.address} {event.command} ...")
        row = self.board.rows.get(event.item.address)
        if isinstance(event, Waiting) and row is not None and row.command:
            self.screen.line(now, f"· {row.address} waits for {', '.join(event.others)}")
        for line in ended(event):
            self.screen.wrapped(now, *line)

    def show_pause(self, seconds: float) -> None:
        """Print for how long."""
        now = time.strftime("%H:%M:%S ", time.localtime(self.port.wall()))
        self.screen.line(now, f"· waiting for the rate limit, {seconds:.0f} s")

    def _is_new(self, event: Progressed) -> bool:
        row = self.board.rows.get(event.item.address)
        new = row is not None and not row.told
        if row is not None:
            row.told = True
        return new


class LiveRows(Progress):
    """A row for everything that is going on; what is over moves up and stays."""

    def __init__(self, screen: Screen, board: Board, port: Any, title: str) -> None:
        from rich.live import Live

        super().__init__(screen, board, port)
        self.title, self._began, self._sent = title, port.clock.now(), port.requests
        self._live = Live(
            get_renderable=self.picture,
            console=screen.console,
            refresh_per_second=12,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the rows away."""
        self._live.stop()

    def show(self, event: Event) -> None:
        """Print what is over above the rows."""
        for line in ended(event, self._width):
            self.screen.line(" ", *line)

    @property
    def _width(self) -> int:
        return self.board.width

    def picture(self) -> Group:
        """Return the rows as they are now, as many as fit."""
        from rich.console import Group

        now, room = self.port.clock.now(), max(3, self.screen.console.height - 3)
        lines = [self._running(row, now) for row in self.board.running]
        lines += [self._waiting(row) for row in self.board.waiting]
        more: list[Line] = [((f"   and {len(lines) - room} more", "dim"),)] if len(lines) > room else []
        return Group(*(cut(line) for line in (self._head(now), *lines[:room], *more)))

    def _head(self, now: float) -> Line:
        board, sent = self.board, self.port.requests - self._sent
        told = f"  {board.done}/{board.total} · {sent} requests · {elapsed(now - self._began)}"
        if (left := self.resumes - now) >= NOTICED:
            told += f" · waiting for the rate limit, {left:.0f} s"
        return (self.title, "bold"), told, ("    ctrl-c: begin nothing new and stop", "dim")

    def _running(self, row: Row, now: float) -> Line:
        frame = FRAMES[int(time.monotonic() * 10) % len(FRAMES)]
        step = f"{row.number}/{row.of}" if row.of > 1 else ""
        filled = BAR * row.percent // 100
        bar = ("█" * filled, "green"), ("░" * (BAR - filled), "dim")
        address = f" {row.address.ljust(self._width)} {step:<4} {row.command:<22} "
        return " ", (frame, "cyan"), address, *bar, f" {row.percent:>3} %  {elapsed(now - row.began)}"

    def _waiting(self, row: Row) -> Line:
        others = ", ".join(row.waits_for)
        return ((f" · {row.address.ljust(self._width)} waits for {others}", "dim"),)


def elapsed(seconds: float) -> str:
    """Return a length of time as people write it: 0:24, 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
