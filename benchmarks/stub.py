"""A stub of the API for timing clients: fixed answers made beforehand, on loopback, in a process of its own.

``python benchmarks/stub.py`` prints its port and serves until its standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from urllib.parse import parse_qs, urlsplit

PAGE = 50
ACTION_SECONDS = 5.0


def server(number: int) -> dict[str, object]:
    """Return a server as the API shows it."""
    price = {"net": "5.4900000000", "gross": "6.5331000000"}
    location = {
        "id": 1, "name": "fsn1", "description": "Falkenstein DC Park 1", "country": "DE", "city": "Falkenstein",
        "latitude": 50.47612, "longitude": 12.370071, "network_zone": "eu-central",
    }  # fmt: skip
    prices = [
        {"location": name, "price_hourly": price, "price_monthly": price, "included_traffic": 21990232555520,
         "price_per_tb_traffic": price}
        for name in ("fsn1", "nbg1", "hel1")
    ]  # fmt: skip
    address = f"100.64.{number // 250 % 250}.{number % 250}"
    return {
        "id": number, "name": f"server-{number}", "status": "running", "created": "2026-09-08T13:44:08Z",
        "public_net": {
            "ipv4": {"id": number, "ip": address, "blocked": False, "dns_ptr": f"static.{address}.example"},
            "ipv6": {"id": 10**6 + number, "ip": f"2001:db8:{number:x}::/64", "blocked": False, "dns_ptr": []},
            "floating_ips": [], "firewalls": [{"id": 38, "status": "applied"}],
        },
        "private_net": [
            {"network": 4711, "ip": f"10.0.{number // 250 % 250}.{number % 250}", "alias_ips": [],
             "mac_address": "86:00:00:2a:7d:e1"}
        ],
        "server_type": {
            "id": 114, "name": "cx23", "description": "CX23", "category": "cost_optimized", "cores": 2, "memory": 4.0,
            "disk": 40, "prices": prices, "storage_type": "local", "cpu_type": "shared", "architecture": "x86",
            "deprecation": None,
            "locations": [
                {"id": 1, "name": "fsn1", "deprecation": None, "recommended": True, "available": True},
                {"id": 2, "name": "nbg1", "deprecation": None, "recommended": False, "available": True},
            ],
        },
        "location": location,
        "image": {
            "id": 114690387, "type": "system", "status": "available", "name": "debian-13", "description": "Debian 13",
            "image_size": None, "disk_size": 5, "created": "2025-08-09T12:00:00Z", "created_from": None,
            "bound_to": None, "os_flavor": "debian", "os_version": "13", "rapid_deploy": True,
            "protection": {"delete": False}, "deprecation": None, "deleted": None, "labels": {}, "architecture": "x86",
        },
        "iso": None, "rescue_enabled": False, "locked": False, "backup_window": "22-02", "outgoing_traffic": 123456,
        "ingoing_traffic": 654321, "included_traffic": 21990232555520,
        "protection": {"delete": False, "rebuild": False}, "labels": {"env": "prod", "role": "web"}, "volumes": [],
        "load_balancers": [], "primary_disk_size": 40, "placement_group": None,
    }  # fmt: skip


class Answers:
    """What is answered, made once."""

    def __init__(self) -> None:
        self.requests = 0
        self.started: dict[int, float] = {}
        self._servers = [json.dumps(server(number)).encode() for number in range(1, 10_001)]

    def body(self, target: str) -> bytes:
        """Return the answer to a GET."""
        parts = urlsplit(target)
        query = {name: values for name, values in parse_qs(parts.query).items()}
        path = parts.path.removeprefix("/v1")
        if path == "/count":
            return str(self.requests).encode()
        self.requests += 1
        if path == "/servers":
            return self._page(parts.path, query)
        if path.startswith("/actions"):
            return self._actions(path, query)
        return b'{"server": ' + self._servers[0] + b"}"

    def _page(self, path: str, query: dict[str, list[str]]) -> bytes:
        total = int(query.get("label_selector", ["n=1000"])[0].partition("=")[2])
        page, size = int(query.get("page", ["1"])[0]), int(query.get("per_page", ["25"])[0])
        items = self._servers[(page - 1) * size : min(total, page * size)]
        last = -(-total // size)
        meta = {"pagination": {
            "page": page, "per_page": size, "previous_page": page - 1 or None,
            "next_page": page + 1 if page < last else None, "last_page": last, "total_entries": total,
        }}  # fmt: skip
        return b'{"servers": [' + b", ".join(items) + b'], "meta": ' + json.dumps(meta).encode() + b"}"

    def _actions(self, path: str, query: dict[str, list[str]]) -> bytes:
        if path != "/actions":
            return json.dumps({"action": self._action(int(path.rpartition("/")[2]))}).encode()
        actions = [self._action(int(id)) for id in query.get("id", [])]
        meta = {"pagination": {"page": 1, "per_page": 50, "previous_page": None, "next_page": None, "last_page": 1,
                               "total_entries": len(actions)}}  # fmt: skip
        return json.dumps({"actions": actions, "meta": meta}).encode()

    def _action(self, id: int) -> dict[str, object]:
        began = self.started.setdefault(id, time.monotonic())
        progress = min(100, int(100 * (time.monotonic() - began) / ACTION_SECONDS))
        over = progress >= 100
        return {
            "id": id, "command": "create_server", "status": "success" if over else "running", "progress": progress,
            "started": "2026-11-23T12:00:00Z", "finished": "2026-11-23T12:00:05Z" if over else None,
            "resources": [{"id": id, "type": "server"}], "error": None,
        }  # fmt: skip


class Protocol(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as much as a GET needs."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.buffer = answers, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            body = self.answers.body(head.split(b" ", 2)[1].decode())
            header = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            assert isinstance(self.transport, asyncio.Transport)  # noqa: S101
            self.transport.write(header.encode() + body)


async def main() -> None:
    """Serve until the parent is gone."""
    answers, loop = Answers(), asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Protocol(answers), "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
