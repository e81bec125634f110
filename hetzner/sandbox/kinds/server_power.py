"""Switching servers on and off, rescue system, passwords and consoles.

https://docs.hetzner.cloud/reference/cloud#server-actions
"""

from __future__ import annotations

from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import unprocessable
from hetzner.sandbox.kind import answers
from hetzner.sandbox.kinds.server_base import ServerBase, password, server_id
from hetzner.sandbox.table import Row

RESCUE_SECONDS = 3600.0
GUEST_SECONDS = (2.0, 30.0)
"""How long an operating system takes to shut down."""


class ServerPower(ServerBase):
    """The power button and what depends on it."""

    @answers("actions.poweron")
    def poweron(self, call: Call) -> dict[str, Any]:
        """Switch on; nothing happens to a server that runs."""
        row = self.free(call)
        if not row["private_net"] and not self.primary_ips.of("server", row["id"]):
            raise unprocessable("invalid_input", "a server needs a public address or a network to start")
        status = None if self.status(row) == "running" else "starting"
        return self.answer(self.begin(row, "start_server", status=status, done="servers.running"))

    @answers("actions.poweroff")
    def poweroff(self, call: Call) -> dict[str, Any]:
        """Cut the power."""
        row = self.free(call)
        status = "off" if self.status(row) == "off" else "stopping"
        return self.answer(self.begin(row, "stop_server", status=status, done="servers.stopped"))

    @answers("actions.reset")
    def reset(self, call: Call) -> dict[str, Any]:
        """Cut the power and switch on again."""
        return self.answer(
            self.begin(self.free(call), "reset_server", status="starting", done="servers.running")
        )

    @answers("actions.reboot")
    def reboot(self, call: Call) -> dict[str, Any]:
        """Ask the guest to reboot; a server that is off does not react."""
        row = self.free(call)
        done = "servers.running" if self.status(row) == "running" else None
        return self.answer(self.begin(row, "reboot_server", done=done))

    @answers("actions.shutdown")
    def shutdown(self, call: Call) -> dict[str, Any]:
        """Ask the guest to shut down; the action is done when it was asked, the guest some time later."""
        row = self.free(call)
        done = "servers.asked_to_stop" if self.status(row) == "running" else None
        return self.answer(self.begin(row, "shutdown_server", done=done))

    def running(self, action: Row) -> None:
        """Effect of a start: it runs, and has used up the rescue system it was to boot."""
        self.set(action, status="running", off_at=None, rescue_until=None)

    def stopped(self, action: Row) -> None:
        """Effect of cutting the power."""
        self.set(action, status="off", off_at=None)

    def asked_to_stop(self, action: Row) -> None:
        """Effect of a shutdown: the guest goes down in its own time."""
        off_at = self.project.now + self.project.random.uniform(*GUEST_SECONDS)
        self.set(action, status="stopping", off_at=off_at)

    @answers("actions.reset_password")
    def reset_password(self, call: Call) -> dict[str, Any]:
        """Give a running server a new root password."""
        row = self.free(call)
        if self.status(row) != "running":
            raise unprocessable("invalid_input", "server must be running")
        return self.answer(self.begin(row, "reset_password"), root_password=password(self.project.random))

    @answers("actions.request_console")
    def request_console(self, call: Call) -> dict[str, Any]:
        """Answer with an address of a console that does not exist."""
        row = self.find(call.id)
        token = password(self.project.random, 32)
        url = f"wss://console.hetzner.cloud/?server_id={row['id']}&token={token}"
        secret = password(self.project.random, 32)
        action = self.begin(row, "request_console", lock=False)
        return self.answer(action, wss_url=url, password=secret)

    @answers("actions.enable_rescue")
    def enable_rescue(self, call: Call) -> dict[str, Any]:
        """Boot the rescue system next time, if that is within the hour."""
        row = self.free(call)
        for key in call.body.get("ssh_keys", ()):
            self.project.kind("ssh_keys").pick("ssh_keys", key)
        self.table.update(row["id"], rescue_until=self.project.now + RESCUE_SECONDS)
        action = self.begin(row, "enable_rescue", failed="servers.no_rescue")
        return self.answer(action, root_password=password(self.project.random))

    @answers("actions.disable_rescue")
    def disable_rescue(self, call: Call) -> dict[str, Any]:
        """Boot from disk again."""
        row = self.free(call)
        self.table.update(row["id"], rescue_until=None)
        return self.answer(self.begin(row, "disable_rescue"))

    def no_rescue(self, action: Row) -> None:
        """Effect of an enable_rescue that failed."""
        self.table.update(server_id(action), rescue_until=None)
