"""Watching at the command line: lines or JSON on stdout, and a command that is told the same."""

from __future__ import annotations

import asyncio
import json
import shlex
import time
from collections.abc import Iterator, Sequence
from typing import Any

from hetzner.api.client import AsyncHetzner
from hetzner.api.errors import ConfigError
from hetzner.apply.plans import Item, Plan
from hetzner.apply.watching import Habits, Notice, Watch
from hetzner.cli.advice import next_step, reason
from hetzner.cli.as_json import dumped, item_document, moment
from hetzner.cli.exits import DONE, SIGNALLED
from hetzner.cli.output import change_lines
from hetzner.cli.screen import Line
from hetzner.cli.session import Session
from hetzner.cli.stopping import listening
from hetzner.cli.wishes import Setting
from hetzner.cli.wording import duration

STYLES = {"drift": "yellow", "settled": "green", "applied": "green", "failed": "red", "held": "red"}
STDERR = 2
"""Where a command prints: stdout is for the news."""
PATIENCE = 60.0
"""Seconds that a command may take."""


class Watching(Session):
    """Tells what a watch sees."""

    habits = Habits()

    def __init__(self, setting: Setting, *, json: bool, command: str | None) -> None:
        super().__init__(setting)
        self._json, self._command, self._port = json, command, None

    def run(self) -> int:
        """Watch until somebody stops it, and return the exit code.

        Raises:
            ConfigError: the command cannot be understood.
        """
        words = self._words()
        document = self.document()  # what is wrong with the files now ends it; later it is told
        if not self._json:
            often = f"a look every {duration(self.habits.every)}"
            self.err.line(
                (f"watching {document.project}: {often}; what drifts is told, ctrl-c ends it", "dim")
            )
        with self.connected(document) as (client, runner):
            return runner.run(self._watched(client, words))

    def _words(self) -> list[str]:
        try:
            return shlex.split(self._command or "")
        except ValueError as error:
            raise ConfigError(f"--exec: {error}") from None

    async def _watched(self, client: AsyncHetzner, words: Sequence[str]) -> int:
        port = client._core.port

        async def tell(news: Sequence[Notice], plan: Plan | None) -> None:
            self._say(news, port.wall())
            if words:
                await self._run(words, news, plan, port)

        watch = Watch(client, self.document, self.habits, tell)
        with listening(watch.stop) as heard:
            await watch.run()
        return SIGNALLED + heard.number if watch.interrupted and heard.number else DONE

    def _say(self, news: Sequence[Notice], wall: float) -> None:
        for notice in news:
            if self._json:
                print(dumped(_document(notice, wall)), file=self.out.stream, flush=True)
            else:
                self.out.wrapped(time.strftime("%H:%M:%S ", time.localtime(wall)), *_line(notice))
                for line in _differences(notice):
                    self.out.wrapped(*line)
        self.out.stream.flush()

    async def _run(self, words: Sequence[str], news: Sequence[Notice], plan: Plan | None, port: Any) -> None:
        """Run the command, without a shell, with the news on its input; its failure is told and no more."""
        project = plan.project if plan else None
        told = {"project": project, "news": [_document(notice, port.wall()) for notice in news]}
        try:
            process = await asyncio.create_subprocess_exec(
                *words, stdin=asyncio.subprocess.PIPE, stdout=STDERR
            )
        except OSError as error:
            self.err.error(f"--exec: {words[0]}: {error.strerror}")
            return
        try:
            await asyncio.wait_for(process.communicate(json.dumps(told).encode() + b"\n"), PATIENCE)
        except TimeoutError:
            process.kill()
            await process.wait()
            self.err.error(f"--exec: {words[0]} took longer than {PATIENCE:.0f} s")
            return
        if process.returncode:
            self.err.error(f"--exec: {words[0]} ended with {process.returncode}")


def _line(notice: Notice) -> Line:
    style = STYLES.get(notice.event, "bold")
    if notice.item is not None and notice.event == "drift":
        return (notice.item.verdict.value, style), f" {notice.address}", _why(notice.item)
    what = f" {notice.address}" if notice.address else ""
    told = reason(notice.error) if notice.error is not None else notice.told
    step = next_step(notice.error) if notice.error is not None else ""
    more = (f": {told}" if told else "") + (f" (help: {step})" if step else "")
    return (notice.event, style), what, more


def _why(item: Item) -> str:
    told = [text for text in (item.refused, item.why) if text]
    return f": {'; '.join(told)}" if told else ""


def _differences(notice: Notice) -> Iterator[Line]:
    """Yield in what an object that is there differs, old and new as in a plan."""
    item = notice.item
    if item is not None and item.actual is not None and notice.event == "drift":
        for change in item.changes:
            yield from change_lines(item, change)


def _document(notice: Notice, wall: float) -> dict[str, Any]:
    told = reason(notice.error) if notice.error is not None else notice.told
    found = {
        "event": notice.event,
        "at": moment(wall),
        "address": notice.address or None,
        "told": told or None,
        "item": item_document(notice.item) if notice.item is not None and notice.event == "drift" else None,
    }
    return {name: value for name, value in found.items() if value is not None}
