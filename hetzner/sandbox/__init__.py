"""A stateful Hetzner Cloud on this machine: no account, no network, no cost, and time that can be skipped.

    sandbox = Sandbox()                                  # in memory, virtual time
    sandbox = Sandbox(store=FileStore("state.db"), clock=ScaledClock(60))
    answer = sandbox.handle(Ask.of("GET", "/servers", {"authorization": "Bearer any"}))

Fronts around that one function: `hetzner.sandbox.transport` (httpx, without a socket) and
`hetzner.sandbox.serve` (HTTP on loopback). `connect("sandbox:")` and `connect("sandbox:FILE")` are what a
client's base_url finds.

How a kind is made
------------------
One file in `kinds/`, one line in `kinds/__init__.py`. Routes, placeholders, required fields and types come
from the schema; a kind says what happens. Everything is reached through `self.project`:

    class Boxes(Kind):
        name, singular = "boxes", "box"      # operations boxes.*, lists "boxes", resource type "box"
        filters = ("status",)                            # ?status=a&status=b
        editable = ("description",)                      # PUT sets it, besides name and labels

        def keys(self, row):                             # what a row can be found by: table.by("server", 42)
            yield ("name", row["name"])
            yield ("server", row["server"])

        def render(self, row):                           # a row -> what the API shows
            return {**self.common(row), "server": row["server"], "status": row["status"]}

        @answers("create")                               # the handler of the operation boxes.create
        def create(self, call):
            row = self.table.add(self.fresh(call.body, server=None, status="creating"))
            action = self.project.start("create_box", ("box", row["id"]), done="boxes.created")
            return {**self.one(row), "action": self.project.actions.render(action)}

        def created(self, action):                       # the effect, when the action ends well
            self.table.update(action["resources"][0]["id"], status="ready")

        @answers("actions.open")
        def open(self, call):
            row = self.find(call.id)                     # or 404 not_found
            self.project.actions.insist_unlocked("box", row["id"])   # or 423 locked
            ...

`list`, `retrieve`, `update`, `delete` work as inherited (`forbid_delete`, `deleted` to redefine), reads of
actions need nothing at all. Raise a `Refusal` (see `hetzner.sandbox.errors`) to say no: what the handler
changed is taken back. Rows are JSON objects; look at them freely but change them only by `table.add / update
/ edit / remove`. Time is `project.now` (rendered by `clock.stamp`), randomness is `project.random`, ids come
from `project.new_id()`. Kinds hear of each other by `project.tell("server_deleted", row)`, which calls
`on_server_deleted(row)` wherever defined. An operation that is declared but has no handler answers 422
`unsupported_error` with its name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.sandbox.clock import ScaledClock as ScaledClock
    from hetzner.sandbox.clock import VirtualClock as VirtualClock
    from hetzner.sandbox.connection import connect as connect
    from hetzner.sandbox.core import Sandbox as Sandbox
    from hetzner.sandbox.message import Answer as Answer
    from hetzner.sandbox.message import Ask as Ask
    from hetzner.sandbox.store import FileStore as FileStore
    from hetzner.sandbox.transport import AsyncSandboxTransport as AsyncSandboxTransport
    from hetzner.sandbox.transport import SandboxTransport as SandboxTransport

_HOMES = {
    "Answer": "message",
    "Ask": "message",
    "AsyncSandboxTransport": "transport",
    "FileStore": "store",
    "Sandbox": "core",
    "SandboxTransport": "transport",
    "ScaledClock": "clock",
    "VirtualClock": "clock",
    "connect": "connection",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"hetzner.sandbox.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'hetzner.sandbox' has no attribute '{name}'")
