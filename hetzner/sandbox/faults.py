"""Faults to order: lost answers, broken bodies, failing actions, sold-out types, exhausted quotas.

    sandbox.faults.arm("servers.create", "reset_after")          # once, on the next such request
    sandbox.faults.arm("*", "hang", times=2, skip=5)             # requests number 6 and 7 from now
    sandbox.faults.fail_action("start_server", message="no")     # the next such action ends in error
    sandbox.faults.sell_out("cx23", "fsn1")

Faults live in this process only; they are never written to a state file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

NotExecuted = Literal[
    "refuse", "reset_before", "hang_before", "late", "redirect",
    "html_502", "500", "502", "503", "504", "rate_limit", "conflict", "locked", "maintenance",
]  # fmt: skip
"""Faults that keep a request from being executed; `late` executes it, but only after the client gave up."""

Executed = Literal[
    "reset_after", "hang", "truncated_body", "truncated_json", "empty", "drip",
    "html_502_after", "500_after", "502_after", "503_after", "504_after",
]  # fmt: skip
"""Faults that hit the answer of a request that was executed; `drip` sends it in small chunks."""

FaultName = NotExecuted | Executed
_NOT_EXECUTED = frozenset(get_args(NotExecuted))


@dataclass(slots=True)
class Fault:
    """One armed fault.

    `seconds`: between the chunks of a `drip`; how long a `hang` lasts (default: as long as the client waits);
    how long after the client gave up a `late` request is executed.
    """

    name: FaultName
    operation: str = "*"
    times: int = 1
    skip: int = 0
    seconds: float = 0.0

    @property
    def executes(self) -> bool:
        """Whether the request is carried out all the same."""
        return self.name not in _NOT_EXECUTED


Chooser = Callable[[str, str], Fault | FaultName | None]


@dataclass(slots=True)
class Faults:
    """What is to go wrong, asked by the core for every request and every action."""

    choose: Chooser | None = None
    """Decides for every request by operation name and method, after the armed faults.

    What it raises goes through to the client's caller, as a crash of the process would.
    """
    quotas: dict[str, int] = field(default_factory=dict)
    """Most objects of a kind in a project; one more answers 403 `resource_limit_exceeded`."""
    sold_out: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of server type and location without stock."""
    _armed: list[Fault] = field(default_factory=list)
    _actions: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)

    def arm(
        self, operation: str, name: FaultName, *, times: int = 1, skip: int = 0, seconds: float = 0.0
    ) -> Fault:
        """Arm a fault for operations that match a name or pattern (`servers.create`, `servers.*`, `*`)."""
        fault = Fault(name, operation, times, skip, seconds)
        self._armed.append(fault)
        return fault

    def disarm(self) -> None:
        """Take all faults back, quotas and stock included."""
        self._armed.clear()
        self._actions.clear()
        self.quotas.clear()
        self.sold_out.clear()
        self.choose = None

    def next_request(self, operation: str, method: str) -> Fault | None:
        """The fault that hits a request, used up by asking."""
        for fault in self._armed:
            if fnmatchcase(operation, fault.operation):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._armed.remove(fault)
                return fault
        chosen = self.choose(operation, method) if self.choose else None
        return Fault(chosen) if isinstance(chosen, str) else chosen

    def fail_action(
        self, command: str, *, code: str = "action_failed", message: str = "the action failed", times: int = 1
    ) -> None:
        """Let the next actions of a command end in error (`*`: of any command)."""
        self._actions.append((command, times, {"code": code, "message": message}))

    def hang_action(self, command: str, *, times: int = 1) -> None:
        """Let the next actions of a command never end (until `Sandbox.release`)."""
        self._actions.append((command, times, {"hang": True}))

    def next_action(self, command: str) -> dict[str, Any] | None:
        """The fate of a new action, used up by asking."""
        for number, (pattern, times, fate) in enumerate(self._actions):
            if fnmatchcase(command, pattern):
                self._actions[number] = (pattern, times - 1, fate)
                if times <= 1:
                    del self._actions[number]
                return dict(fate)
        return None

    def sell_out(self, server_type: str, location: str) -> None:
        """Let creates of a type in a location fail with 412 `resource_unavailable` until `restock`.

        With "volumes" as type, creates of volumes fail with 422 `no_space_left_in_location`.
        """
        self.sold_out.add((server_type, location))

    def restock(self, server_type: str, location: str) -> None:
        """Make a sold-out type available again."""
        self.sold_out.discard((server_type, location))
