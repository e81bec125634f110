"""Whether a server runs: off for the changes that need it, then as before, whatever comes in between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hetzner.domain.reference import Named
from hetzner.domain.specs import server_changes as change
from hetzner.domain.specs.facts import Call, Change
from hetzner.domain.specs.labels import RESUME
from hetzner.domain.specs.server_picture import ServerPicture

ON, OFF = "running", "off"
STATES = {"on": ON, "off": OFF}
LAST = 2
POWER = frozenset({"start_server", "stop_server", "shutdown_server", "reset_server", "reboot_server"})
REMADE = frozenset({"rebuild_server", "change_server_type"})
"""Commands that decide whether a server runs; with those that also install or move it."""
START = timedelta(minutes=10)
"""A start that failed so soon after the creation was part of it."""


DOWN = (OFF, "stopping")
UNCLEAR = ("unknown", "deleting")
"""States that do not tell whether a server runs."""


class ServerPower(ServerPicture):
    """The part of a server that is about its power, and about what stands in the way of deleting it."""

    decisive = POWER | REMADE

    def is_unsettled(self, actual: Any) -> bool:
        """Tell whether a server does not run, be it that it shall not."""
        return bool(actual.status != ON)

    def unprotect(self, of: Named) -> Call:
        """Return the call that lets a protected server be deleted."""
        return change.protected(of, False)

    def comes_back(self, actual: Any, spec: Mapping[str, Any]) -> str:
        """Return whether the server shall run after a change, be it one that an interrupted run began."""
        if (wanted := spec.get("power")) in STATES:
            return STATES[wanted]
        return str(actual.labels.get(RESUME, OFF if actual.status in DOWN else ON))

    def window(
        self, of: Named, actual: Any, changes: Sequence[Call], spec: Mapping[str, Any]
    ) -> tuple[list[Call], list[Call]]:
        """Shut down, cut the power if that took too long; afterwards bring back the state there was."""
        down = [] if actual.status == OFF else shutdown(of)
        if self.comes_back(actual, spec) == ON:
            return down, [poweron(of)]
        starts = any(call.operation == "servers.actions.change_type" for call in changes)
        return down, [change.poweroff(of)] if starts else []

    def is_doubtful(self, actual: Any, failed: Sequence[Any]) -> bool:
        """Tell whether a server is off and may be so because its first start failed."""
        return super().is_doubtful(actual, failed) or (
            actual.status == OFF and any(_is_first_start(actual, each) for each in failed)
        )

    def unfinished(
        self, of: Named, actual: Any, failed: Sequence[Any], spec: Mapping[str, Any]
    ) -> Iterable[Call]:
        """Bring back the state that an interrupted run left, or start what failed to start at first."""
        if "power" in spec:  # then that is a change like any other
            return
        wanted = actual.labels.get(RESUME)
        is_off = actual.status in DOWN
        if wanted == OFF and not is_off:
            yield change.poweroff(of)
        is_awaited = wanted == ON and actual.status != ON  # what is still being made will be off as well
        if is_awaited or (is_off and any(_is_first_start(actual, each) for each in failed)):
            yield poweron(of)


def shown(actual: Any) -> dict[str, Any]:
    """Return whether a server runs, in the terms of the spec, if it is known."""
    return {} if actual.status in UNCLEAR else {"power": "off" if actual.status in DOWN else "on"}


def power(change: Change) -> Iterator[Call]:
    """Start it, or shut it down, gracefully if it can; last of all, so that it starts with what is new."""
    for call in [poweron(change.of)] if change.new == "on" else shutdown(change.of):
        yield replace(call, turn=LAST)


def shutdown(of: Named) -> list[Call]:
    """Return the calls that switch a server off, gently if it obeys."""
    off = ("status", OFF)
    return [
        Call("servers.actions.shutdown", {}, of, until=(*off, 30.0), unless=off, seconds=12),
        Call("servers.actions.poweroff", {}, of, unless=off, seconds=3, rarely=True),
    ]


def poweron(of: Named) -> Call:
    """Return the call that starts a server, left out when it runs."""
    return Call("servers.actions.poweron", {}, of, unless=("status", ON), seconds=6.5, always=True)


def _is_first_start(server: Any, action: Any) -> bool:
    return bool(action.command == "start_server" and action.started - server.created < START)
