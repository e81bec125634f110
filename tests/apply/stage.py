"""A sandbox of its own, documents as text, and runs of the whole way: look, plan, carry out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from copy import deepcopy
from textwrap import dedent
from typing import Any, TypeVar

import httpx

from hetzner import AsyncHetzner
from hetzner.apply import document as documents
from hetzner.apply.choice import Options
from hetzner.apply.converge import Prepared, prepare
from hetzner.apply.document import Document
from hetzner.apply.events import Event
from hetzner.apply.examine import examine
from hetzner.apply.execute import Execution, Result
from hetzner.apply.faces import faces
from hetzner.apply.plans import Plan
from hetzner.domain.specs import kinds
from hetzner.domain.specs.labels import PROJECT, REPLACES
from hetzner.sandbox import AsyncSandboxTransport, Sandbox, VirtualClock
from hetzner.sandbox.kinds import kind_names
from tests.sandbox.talk import Talk

T = TypeVar("T")
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEb0rQ2JdJr4Zl0yX1b7F3m5n9vYt8uQk2cW6xO4pLhS"
WRITES = frozenset({"POST", "PUT", "DELETE"})


def read(text: str, project: str = "shop") -> Document:
    """Read and check a document; a project is added unless it names one."""
    text = dedent(text)
    found = documents.loads(text if "project:" in text else f"project: {project}\n{text}", faces())
    examine(found)
    return found


class Stage:
    """One project in a sandbox, and what is done to it."""

    def __init__(self, sandbox: Sandbox | None = None) -> None:
        self.sandbox = sandbox or Sandbox()
        self.talk = Talk(self.sandbox)
        self.wrap: Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport] = lambda transport: (
            transport
        )
        self.events: list[Event] = []

    def copy(self) -> Stage:
        """Return another stage on which everything is as it is here."""
        twin = Stage(Sandbox(clock=VirtualClock(self.sandbox.clock.now())))
        with self.sandbox.inside() as here, twin.sandbox.inside() as there:
            there.meta.update(deepcopy(here.meta))
            for kind in kind_names():
                for row in here.table(kind):
                    there.load(kind, row["id"], deepcopy(row))
        return twin

    def client(self) -> AsyncHetzner:
        """Return a client of the sandbox."""
        return AsyncHetzner(api_token="made-up", transport=self.wrap(AsyncSandboxTransport(self.sandbox)))

    def go(self, work: Callable[[AsyncHetzner], Awaitable[T]]) -> T:
        """Run something with a client, on a loop of its own."""

        async def run() -> T:
            async with self.client() as client:
                return await work(client)

        return asyncio.run(run())

    def plan(self, text: str | Document, *, settle: bool = False, **options: Any) -> Plan:
        """Return the plan for a document."""
        return self.prepared(text, settle=settle, **options).plan

    def prepared(self, text: str | Document, *, settle: bool = False, **options: Any) -> Prepared:
        """Return the plan for a document with all that was seen."""

        async def work(client: AsyncHetzner) -> Prepared:
            return await self._prepared(client, text, options, settle)

        return self.go(work)

    def apply(self, text: str | Document, **options: Any) -> Result:
        """Carry out the plan for a document, whatever it destroys."""

        async def work(client: AsyncHetzner) -> Result:
            return await self.started(await self._prepared(client, text, options, True)).run()

        return self.go(work)

    def started(self, prepared: Prepared) -> Execution:
        """Return a run whose events are kept."""
        return prepared.execution(self.events.append)

    async def _prepared(
        self, client: AsyncHetzner, text: str | Document, options: dict[str, Any], settle: bool
    ) -> Prepared:
        document = read(text) if isinstance(text, str) else text
        return await prepare(client, document, Options(**options), settle=settle)

    def converge(self, text: str | Document, **options: bool) -> Result:
        """Apply a document, which must succeed and leave nothing to do."""
        result = self.apply(text, **options)
        assert result.complete, (result.failed, result.skipped)
        self.settled(text)
        return result

    def settled(self, text: str | Document) -> None:
        """Insist that a document is what is there."""
        plan = self.plan(text)
        assert plan.is_empty, [(item.address, item.changes, item.calls) for item in plan.pending]
        assert not plan.refused, [(item.address, item.refused) for item in plan.refused]

    @property
    def requests(self) -> int:
        """How many requests there were so far."""
        return len(self.sandbox.log)

    def writes(self, since: int = 0) -> list[str]:
        """Return the changing operations that were asked for."""
        return [entry.operation for entry in list(self.sandbox.log)[since:] if entry.method in WRITES]

    def rows(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return what the API shows of a kind, by name."""
        return {row["name"]: row for row in self.talk.get(f"/{kind}?per_page=50")[kind]}

    def row(self, kind: str, name: str) -> dict[str, Any]:
        """Return what the API shows of one object."""
        return self.rows(kind)[name]

    def state(self, *, owned: bool, project: str = "shop") -> dict[str, str]:
        """Return everything in the tables that a project owns, or does not own, as text.

        The addresses that come and go with what is owned are neither.
        """
        found = {}
        with self.sandbox.inside() as inside:
            rows = [(kind, row) for kind in kinds() for row in inside.table(kind)]
            ours = {(kind, row["id"]) for kind, row in rows if row["labels"].get(PROJECT) == project}
            for kind, row in rows:
                is_owned, of = (
                    (kind, row["id"]) in ours,
                    (f"{row.get('assignee_type')}s", row.get("assignee_id")),
                )
                if is_owned is owned and (is_owned or of not in ours):
                    found[f"{kind}.{row['name']}#{row['id']}"] = json.dumps(row, sort_keys=True)
        return found

    def insist_exact(self, text: str | Document) -> None:
        """Insist that exactly what is declared is owned, once each."""
        document = read(text) if isinstance(text, str) else text
        owned = sorted(address.partition("#")[0] for address in self.state(owned=True))
        assert owned == sorted(resource.address for resource in document.resources)


def steps(plan: Plan) -> dict[str, list[tuple[str, Any]]]:
    """Return what a plan is going to ask for, by address: operation and arguments, references as text."""
    return {
        item.address: [(call.operation, told(call.arguments)) for call in item.calls] for item in plan.pending
    }


def told(value: Any) -> Any:
    """Return arguments as plain data: references by their address, addresses as text, no ids in labels."""
    if isinstance(value, dict):
        return {key: "(id)" if key == REPLACES else told(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [told(item) for item in value]
    return (
        value if isinstance(value, str | int | bool | None) and type(value).__name__ != "Seen" else str(value)
    )
