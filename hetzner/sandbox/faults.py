"""Faults to order: lost answers, broken bodies, failing actions, sold-out types, exhausted quotas.

    sandbox.faults.arm("servers.create", "reset_after")          # once, on the next such request
    sandbox.faults.arm("*", "hang", times=2, skip=5)             # requests number 6 and 7 from now
    sandbox.faults.arm("*", "503", times=None, probability=0.1)  # one in ten, by a seed of its own
    sandbox.faults.refuse("servers.create", code="resource_limit_exceeded")
    sandbox.faults.fail_action("start_server", message="no")     # the next such action ends in error
    sandbox.faults.sell_out("cx23", "fsn1")

Each method marked `verb` is also a request to the control path of a served sandbox, with the same arguments.
Faults live in this process only; they are never written to a state file, a snapshot does not hold them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random
from typing import Any, Literal, get_args

from hetzner.sandbox.catalogue import Catalogue
from hetzner.sandbox.errors import Refusal, status_of
from hetzner.sandbox.verbs import check_command, check_kind, check_name, check_operation, verb

NotExecuted = Literal[
    "refuse", "reset_before", "hang_before", "late", "redirect",
    "html_502", "500", "502", "503", "504", "rate_limit", "conflict", "locked", "maintenance", "error",
]  # fmt: skip
"""Faults that keep a request from being executed; `late` executes it, but only after the client gave up.

`error` answers with an error of one's choice; `refuse` (the method) arms it.
"""

Executed = Literal[
    "reset_after", "hang", "truncated_body", "truncated_json", "empty", "slow", "drip",
    "html_502_after", "500_after", "502_after", "503_after", "504_after",
]  # fmt: skip
"""Faults that hit the answer of a request that was executed.

`slow` sends it after some seconds, `drip` in small chunks.
"""

FaultName = NotExecuted | Executed
_NOT_EXECUTED = frozenset(get_args(NotExecuted))
_NAMES = _NOT_EXECUTED | frozenset(get_args(Executed))


@dataclass(slots=True)
class Fault:
    """One armed fault; see `Faults.arm`."""

    name: FaultName
    operation: str = "*"
    times: int | None = 1
    skip: int = 0
    seconds: float = 0.0
    probability: float = 1.0
    error: Refusal | None = None
    dice: Random = field(default_factory=Random, repr=False)

    @property
    def executes(self) -> bool:
        """Whether the request is carried out all the same."""
        return self.name not in _NOT_EXECUTED

    def hits(self, operation: str) -> bool:
        """Whether it is this request's turn."""
        if not fnmatchcase(operation, self.operation):
            return False
        if self.probability < 1 and self.dice.random() >= self.probability:
            return False
        self.skip -= 1
        return self.skip < 0


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

    @verb
    def arm(
        self,
        operation: str,
        name: FaultName,
        *,
        times: int | None = 1,
        skip: int = 0,
        seconds: float = 0.0,
        probability: float = 1.0,
        seed: int | str = 0,
    ) -> None:
        """Arm a fault for operations that match a name or pattern (`servers.create`, `servers.*`, `*`).

        `times`: how many requests it hits, None for all until `disarm`. `skip`: how many it spares first.
        `probability`: how likely it hits each one, by dice of its own that start from `seed`. `seconds`: how
        long a `slow` answer takes; between the chunks of a `drip`; how long a `hang` lasts (default: as long
        as the client waits); how long after the client gave up a `late` request is executed.

        Raises `ValueError` for a fault or an operation that does not exist.
        """
        check_name("fault", name, _NAMES)
        if (times is not None and times < 1) or not 0 < probability <= 1:
            raise ValueError(f"cannot arm {name!r} {times} times with probability {probability}")
        check_operation(operation)
        dice = Random(str(seed))  # noqa: S311
        self._armed.append(Fault(name, operation, times, skip, seconds, probability, dice=dice))

    @verb
    def refuse(
        self, operation: str, *, code: str, message: str = "", status: int | None = None, times: int = 1
    ) -> None:
        """Let the next requests of an operation be refused with an error code of the API.

        `status`: what the API answers with that code, unless given.
        """
        error = Refusal(status or status_of(code), code, message or code.replace("_", " "))
        check_operation(operation)
        self._armed.append(Fault("error", operation, times, error=error))

    @verb
    def disarm(self) -> None:
        """Take all faults back, quotas and stock included."""
        self._armed.clear()
        self._actions.clear()
        self.quotas.clear()
        self.sold_out.clear()
        self.choose = None

    @property
    def is_awaited(self) -> bool:
        """Whether some request may be hit at all."""
        return bool(self._armed or self.choose)

    def next_request(self, operation: str, method: str) -> Fault | None:
        """The fault that hits a request, used up by asking."""
        for fault in self._armed:
            if fault.hits(operation):
                if fault.times is not None:
                    fault.times -= 1
                    if not fault.times:
                        self._armed.remove(fault)
                return fault
        chosen = self.choose(operation, method) if self.choose else None
        return Fault(chosen) if isinstance(chosen, str) else chosen

    @verb
    def fail_action(
        self, command: str, *, code: str = "action_failed", message: str = "the action failed", times: int = 1
    ) -> None:
        """Let the next actions of a command end in error (`*`: of any command)."""
        self._order(command, times, {"code": code, "message": message})

    @verb
    def hang_action(self, command: str, *, times: int = 1) -> None:
        """Let the next actions of a command never end (until `Sandbox.release`)."""
        self._order(command, times, {"hang": True})

    @verb
    def delay_action(self, command: str, seconds: float, *, times: int = 1) -> None:
        """Let the next actions of a command take that much longer."""
        self._order(command, times, {"delay": seconds})

    def _order(self, command: str, times: int, fate: dict[str, Any]) -> None:
        check_command(command)
        self._actions.append((command, times, fate))

    def next_action(self, command: str) -> dict[str, Any] | None:
        """The fate of a new action, used up by asking."""
        for number, (pattern, times, fate) in enumerate(self._actions):
            if fnmatchcase(command, pattern):
                self._actions[number] = (pattern, times - 1, fate)
                if times <= 1:
                    del self._actions[number]
                return dict(fate)
        return None

    @verb
    def sell_out(self, server_type: str, location: str) -> None:
        """Let creates of a type in a location fail with 412 `resource_unavailable` until `restock`.

        With "volumes" as type, creates of volumes fail with 422 `no_space_left_in_location`. Raises
        `ValueError` for a type or a location that does not exist.
        """
        known = Catalogue()
        types = {row["name"] for row in known.rows("server_types").values()}
        check_name("server type", server_type, types | {"volumes"})
        check_name("location", location, known.locations)
        self.sold_out.add((server_type, location))

    @verb
    def restock(self, server_type: str, location: str) -> None:
        """Make a sold-out type available again."""
        self.sold_out.discard((server_type, location))

    @verb
    def quota(self, kind: str, limit: int | None) -> None:
        """Allow at most so many objects of a kind (`servers`) in each project; None for any number."""
        check_kind(kind)
        if limit is None:
            self.quotas.pop(kind, None)
        else:
            self.quotas[kind] = limit
