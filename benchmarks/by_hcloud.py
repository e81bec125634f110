"""The work, done by hcloud-python; see ``by_hetzner``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hcloud import Client
from hcloud.actions import BoundAction

TOKEN = "x" * 64


class Work:
    """One method a case; each returns what has to stay in memory."""

    def __init__(self, base: str, slow: str) -> None:
        self.slow, self.client = slow, Client(TOKEN, api_endpoint=base)

    def warm(self) -> None:
        """Do what only a first call has to do."""
        self.client.servers.get_by_id(1)

    def calls(self, count: int) -> None:
        """One call after another."""
        for _ in range(count):
            self.client.servers.get_by_id(1)

    def concurrent(self, count: int, together: int) -> None:
        """So many calls, so many of them at a time, in threads."""
        with ThreadPoolExecutor(together) as pool:
            list(pool.map(lambda _: self.client.servers.get_by_id(1), range(count)))

    def servers(self, count: int) -> list[Any]:
        """The list of all servers."""
        return self.client.servers.get_all(label_selector=f"n={count}")

    def far_servers(self, count: int) -> list[Any]:
        """The same with latency."""
        return Client(TOKEN, api_endpoint=self.slow).servers.get_all(label_selector=f"n={count}")

    def wait(self, ids: list[int]) -> None:
        """Wait until these actions are over."""
        actions = self.client.actions
        for action in [BoundAction(actions, {"id": id, "status": "running"}, complete=True) for id in ids]:
            action.wait_until_finished(max_retries=1000)
