"""One run of ``hetzner-apply``: read, look, show, ask, carry out, sum up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Any

from hetzner.api import settings
from hetzner.api.client import AsyncHetzner
from hetzner.apply import Options, Plan, Prepared, prepare
from hetzner.apply.choice import Choice
from hetzner.apply.document import Document
from hetzner.apply.document.grouping import grouped
from hetzner.apply.drift import drift
from hetzner.apply.execute import Result
from hetzner.apply.lock import Held, Lock
from hetzner.apply.outputs import outputs_after
from hetzner.apply.saved import Saved
from hetzner.cli.as_json import dumped
from hetzner.cli.board import Board
from hetzner.cli.exits import DONE, PENDING, REFUSED
from hetzner.cli.guards import UNCHANGED, approved, refused
from hetzner.cli.keeping import as_promised, is_kept, keep, promised
from hetzner.cli.locking import held, kept, locked
from hetzner.cli.outputs import output_lines
from hetzner.cli.progress import JSONLines, LiveRows, PlainLines, Progress
from hetzner.cli.session import Session, ended
from hetzner.cli.showing import show, show_drift, show_in_full
from hetzner.cli.stopping import Heard, interruptible, listening
from hetzner.cli.summary import Outcome
from hetzner.cli.wishes import Wishes
from hetzner.cli.wording import several


def run(wishes: Wishes) -> int:
    """Do what is asked for and return the exit code."""
    return ended(Run(wishes), _in_one_or_several)


def _in_one_or_several(run: Run) -> int:
    groups = grouped(run.wishes.paths)
    if len(groups) == 1:
        return run.run()
    from hetzner.cli.several import Several

    return Several(run.wishes, groups).run()


Stopping = Callable[[Callable[[], object]], AbstractContextManager[Heard]]


class Run(Session):
    """What one run of the command knows."""

    def __init__(self, wishes: Wishes) -> None:
        super().__init__(wishes)
        self.wishes, self.begun, self.heading = wishes, False, ""
        self.interactive = self.interactive and not wishes.json

    def run(self) -> int:
        """Go all the way; what goes wrong before anything is changed is raised."""
        if (promise := promised(self.wishes)) is not None:
            self.setting = self.wishes = as_promised(self.wishes, promise)
        document = self.document()
        with self.connected(document) as (client, runner):
            lock = locked(client, document.project, self.wishes, runner, self.err, wanted=document.lock)
            try:
                with lock as taken:
                    return self._with(client, document, runner, promise, taken)
            except Held as error:
                held(error, UNCHANGED, self.err)
                return REFUSED

    def _with(
        self,
        client: AsyncHetzner,
        document: Document,
        runner: asyncio.Runner,
        promise: Saved | None,
        lock: Lock | None,
    ) -> int:
        with self.err.busy("looking at what is there ..."):
            prepared = runner.run(interruptible(self.look(client, document)))
        self.show(prepared)
        if self.wishes.refresh_only:
            return self.drifted(prepared.plan)
        if (code := self._decided(prepared.plan, client, promise)) is not None:
            self.end(Outcome.of_guards(code, prepared.plan))
            return code
        outcome = runner.run(self.carry_out(prepared, client, lock))
        self.end(outcome)
        return outcome.code

    async def look(self, client: AsyncHetzner, document: Document) -> Prepared:
        """Look and plan."""
        wishes, began = self.wishes, client._core.port.clock.now()
        choice = Choice(wishes.target, wishes.exclude)
        options = Options(adopt=wishes.adopt, destroy=wishes.destroy, choice=choice)
        figures, waits = not wishes.refresh_only, not wishes.only_plan
        costs = figures and wishes.output in ("json", "yaml")  # programs want them of every plan
        prepared = await prepare(client, document, options, settle=waits, figures=figures, costs=costs)
        self.heading = self._heading(client, prepared, began)
        return prepared

    def show(self, prepared: Prepared) -> None:
        """Show the plan, unless only drift is wanted."""
        if not self.wishes.refresh_only:
            show(prepared.plan, self.wishes, self.out, where=self.heading, consent=self._consent())

    def drifted(self, plan: Plan) -> int:
        """Show drift and return the exit code."""
        found = drift(plan)
        show_drift(found, self.wishes, self.out, where=self.heading)
        return PENDING if self.wishes.check and not found.is_empty else DONE

    def _decided(self, plan: Plan, client: AsyncHetzner, promise: Saved | None) -> int | None:
        """Return the exit code if nothing is to be carried out."""
        wishes, err, endpoint = self.wishes, self.err, self.endpoint(client)
        if promise is not None and not is_kept(promise, plan, endpoint, err):
            return REFUSED
        if refused(plan, wishes, err):
            return REFUSED
        if wishes.save is not None:
            keep(plan, wishes, endpoint, client._core.port.wall(), err)
        if plan.is_empty:
            return DONE
        if wishes.only_plan:
            return PENDING if wishes.check else DONE
        details = partial(show_in_full, plan, wishes, self.out)
        asked = wishes if promise is None else replace(wishes, yes=True)  # it was looked at when it was saved
        said = approved(plan, asked, err, interactive=self.interactive, details=details)
        return None if said else REFUSED

    def _heading(self, client: AsyncHetzner, prepared: Prepared, began: float) -> str:
        """Say whose project it is, and what looking at it took; time in a sandbox is not the user's."""
        port = client._core.port
        took = several(port.requests, "request")
        if not self.endpoint(client).startswith(settings.SANDBOX):
            took += f", {port.clock.now() - began:.1f} s"
        where, seen = self.where(client, prepared.plan.document), len(prepared.observed.objects)
        return f" · {where} · read {several(seen, 'kind')}, {took}"

    def _consent(self) -> str:
        """Say how losses are allowed; nothing when they are."""
        if self.wishes.allow_destroy:
            return ""
        return "type the project's name, or --allow-destroy" if self.interactive else "needs --allow-destroy"

    async def carry_out(
        self, prepared: Prepared, client: AsyncHetzner, lock: Lock | None, stopping: Stopping | None = None
    ) -> Outcome:
        """Carry a plan out; ``stopping`` is who listens to signals, if somebody does for several."""
        port = client._core.port
        pending = prepared.plan.pending
        board = Board(len(pending), max(len(item.address) for item in pending))
        before = port.requests
        with self._progress(board, port, prepared.plan.project) as progress:
            port.on_pause = progress.pausing
            execution = prepared.execution(progress, self.wishes.parallel)
            async with kept(lock, execution.stop) as lost:
                self.begun = True
                with (stopping or listening)(execution.stop) as heard:
                    result: Result = await execution.run()
        for error in lost:
            self.err.error(f"stopped: {error}")
        sent = port.requests - before
        outputs = {} if self.wishes.destroy or result.stopped else await outputs_after(execution)
        return Outcome(board, result, sent, heard.number, outputs=outputs)

    def _progress(self, board: Board, port: Any, project: str) -> Progress:
        if self.wishes.json:
            return JSONLines(self.out, board, port, self.err.label)
        if self.err.is_terminal and not self.err.label:
            return LiveRows(self.err, board, port, project)
        return PlainLines(self.err, board, port)

    def end(self, outcome: Outcome) -> None:
        """Tell how it ended."""
        if not self.wishes.json:
            for line in outcome.lines():
                self.err.wrapped(*line)
            for line in output_lines(outcome.outputs, self.err.label) if outcome.result else ():
                self.out.wrapped(*line)
        elif not self.wishes.only_plan:
            named = {"project": self.err.label} if self.err.label else {}
            print(dumped({**outcome.document(), **named}), flush=True)
