"""Several projects in one run: a plan for each, one confirmation, everything at once, the worst exit code."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import click

from hetzner.api.client import AsyncHetzner
from hetzner.apply import Plan, Prepared
from hetzner.apply.consent import is_sweeping
from hetzner.apply.document import Document, DocumentError, Problem
from hetzner.apply.document.grouping import dealt
from hetzner.apply.lock import Held, Lock
from hetzner.cli.exits import DONE, PENDING, REFUSED
from hetzner.cli.guards import UNCHANGED, approved, refused
from hetzner.cli.locking import held, locked
from hetzner.cli.run import Run
from hetzner.cli.session import Session, ended
from hetzner.cli.showing import show_in_full
from hetzner.cli.stopping import Heard, interruptible, listening
from hetzner.cli.summary import Outcome
from hetzner.cli.wishes import Wishes


@dataclass(slots=True)
class Part:
    """One of the projects."""

    run: Run
    document: Document
    client: AsyncHetzner
    lock: Lock | None = None
    prepared: Any = None

    @property
    def plan(self) -> Plan:
        """What will be done."""
        prepared: Prepared = self.prepared
        return prepared.plan


class Several(Session):
    """Applies several documents, each with a token and a pace of its own."""

    def __init__(self, wishes: Wishes, groups: Sequence[tuple[str, ...]]) -> None:
        super().__init__(wishes)
        self.wishes = wishes
        self._runs = [
            Run(replace(wishes, paths=group, variables=variables))
            for group, variables in zip(groups, dealt(groups, wishes.variables), strict=True)
        ]
        self.interactive = self.interactive and not wishes.json
        if wishes.save is not None:
            raise click.UsageError("--save is for the files of one project")

    def run(self) -> int:
        """Go all the way; nothing is changed anywhere unless everything can be."""
        documents = self._documents()
        with asyncio.Runner() as runner, ExitStack() as stack:
            parts = [self._part(run, document, runner, stack) for run, document in documents]
            try:
                for part in parts:
                    part.lock = stack.enter_context(self._locked(part, runner))
            except Held as error:
                held(error, UNCHANGED, self.err)
                return REFUSED
            if (failed := self._look(parts, runner)) is not None:
                return failed
            if self.wishes.refresh_only:
                return max(part.run.drifted(part.plan) for part in parts)
            if (code := self._decided([part.plan for part in parts])) is not None:
                self._end_shown(parts, code)
                return code
            self._end_shown([part for part in parts if part.plan.is_empty], DONE)
            outcomes = runner.run(self._carried_out([part for part in parts if not part.plan.is_empty]))
            return max(outcome.code for outcome in outcomes)

    def _documents(self) -> list[tuple[Run, Document]]:
        found, problems = [], list[Problem]()
        for run in self._runs:
            try:
                found.append((run, run.document()))
            except DocumentError as error:
                problems += error.problems
        if problems:
            raise DocumentError(problems)
        return found

    def _part(self, run: Run, document: Document, runner: asyncio.Runner, stack: ExitStack) -> Part:
        run.err.label = document.project
        client = run.client(document)
        stack.callback(lambda: runner.run(client.close()))
        return Part(run, document, client)

    def _locked(self, part: Part, runner: asyncio.Runner) -> Any:
        document = part.document
        return locked(part.client, document.project, self.wishes, runner, part.run.err, wanted=document.lock)

    def _look(self, parts: Sequence[Part], runner: asyncio.Runner) -> int | None:
        """Look at all projects at once and show their plans; the exit code if one cannot be planned."""

        async def every() -> list[Any]:
            looking = (part.run.look(part.client, part.document) for part in parts)
            return await asyncio.gather(*looking, return_exceptions=True)

        with self.err.busy("looking at what is there ..."):
            found = runner.run(interruptible(every()))
        codes = [ended(part.run, partial(_raised, each)) for part, each in zip(parts, found, strict=True)]
        if any(codes):
            return max(codes)
        for part, each in zip(parts, found, strict=True):
            part.prepared = each
            part.run.show(each)
        return None

    def _decided(self, plans: Sequence[Plan]) -> int | None:
        """Return the exit code if nothing is to be carried out."""
        told = [refused(plan, self.wishes, self.err) for plan in plans]
        if any(told):
            return REFUSED
        pending = [plan for plan in plans if not plan.is_empty]
        if not pending:
            return DONE
        if self.wishes.only_plan:
            return PENDING if self.wishes.check else DONE
        losing = [plan for plan in pending if plan.needing_consent or is_sweeping(plan)]
        asked = [*losing, *[plan for plan in pending if plan not in losing][:1]]
        return None if all(map(self._approved, asked)) else REFUSED

    def _end_shown(self, parts: Sequence[Part], code: int) -> None:
        """End what was only shown."""
        for part in parts:
            part.run.end(Outcome.of_guards(code, part.plan))

    def _approved(self, plan: Plan) -> bool:
        details = partial(show_in_full, plan, self.wishes, self.out)
        return approved(plan, self.wishes, self.err, interactive=self.interactive, details=details)

    async def _carried_out(self, parts: Sequence[Part]) -> list[Outcome]:
        stops: list[Callable[[], object]] = []
        with listening(lambda: [stop() for stop in stops]) as heard:

            @contextmanager
            def stopping(stop: Callable[[], object]) -> Iterator[Heard]:
                stops.append(stop)
                yield heard

            running = (part.run.carry_out(part.prepared, part.client, part.lock, stopping) for part in parts)
            outcomes = await asyncio.gather(*running)
        for part, outcome in zip(parts, outcomes, strict=True):
            part.run.end(outcome)
        return outcomes


def _raised(found: Any, run: Run) -> int:
    """Raise what was found in place of a plan."""
    if isinstance(found, BaseException):
        raise found
    return DONE
