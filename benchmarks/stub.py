"""A stub of the API for timing clients: fixed answers made beforehand, on loopback, in a process of its own.

``python benchmarks/stub.py CERTIFICATE KEY`` prints three addresses (HTTP, HTTPS, HTTP with 50 ms of latency)
and serves until its standard input closes.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
import time
from urllib.parse import parse_qs, urlsplit

PAGE = 50
ACTION_SECONDS = 5.0
LATENCY = 0.05


def server(number: int) -> dict[str, object]:
    """Return a server as the API shows it."""
    price = {"net": "5.4900000000", "gross": "6.5331000000"}
    location = {
        "id": 1,
        "name": "fsn1",
        "description": "Falkenstein DC Park 1",
        "country": "DE",
        "city": "Falkenstein",
        "latitude": 50.47612,
        "longitude": 12.370071,
        "network_zone": "eu-central",
    }
    prices = [
        {
            "location": name,
            "price_hourly": price,
            "price_monthly": price,
            "included_traffic": 21990232555520,
            "price_per_tb_traffic": price,
        }
        for name in ("fsn1", "nbg1", "hel1")
    ]
    address = f"100.64.{number // 250 % 250}.{number % 250}"
    return {
        "id": number,
        "name": f"server-{number}",
        "status": "running",
        "created": "2026-09-08T13:44:08Z",
        "public_net": {
            "ipv4": {"id": number, "ip": address, "blocked": False, "dns_ptr": f"static.{address}.example"},
            "ipv6": {
                "id": 10**6 + number,
                "ip": f"2001:db8:{number:x}::/64",
                "blocked": False,
                "dns_ptr": [],
            },
            "floating_ips": [],
            "firewalls": [{"id": 38, "status": "applied"}],
        },
        "private_net": [
            {
                "network": 4711,
                "ip": f"10.0.{number // 250 % 250}.{number % 250}",
                "alias_ips": [],
                "mac_address": "86:00:00:2a:7d:e1",
            }
        ],
        "server_type": {
            "id": 114,
            "name": "cx23",
            "description": "CX23",
            "category": "cost_optimized",
            "cores": 2,
            "memory": 4.0,
            "disk": 40,
            "prices": prices,
            "storage_type": "local",
            "cpu_type": "shared",
            "architecture": "x86",
            "deprecation": None,
            "locations": [
                {"id": 1, "name": "fsn1", "deprecation": None, "recommended": True, "available": True},
                {"id": 2, "name": "nbg1", "deprecation": None, "recommended": False, "available": True},
            ],
        },
        "location": location,
        "image": {
            "id": 114690387,
            "type": "system",
            "status": "available",
            "name": "debian-13",
            "description": "Debian 13",
            "image_size": None,
            "disk_size": 5,
            "created": "2025-08-09T12:00:00Z",
            "created_from": None,
            "bound_to": None,
            "os_flavor": "debian",
            "os_version": "13",
            "rapid_deploy": True,
            "protection": {"delete": False},
            "deprecation": None,
            "deleted": None,
            "labels": {},
            "architecture": "x86",
        },
        "iso": None,
        "rescue_enabled": False,
        "locked": False,
        "backup_window": "22-02",
        "outgoing_traffic": 123456,
        "ingoing_traffic": 654321,
        "included_traffic": 21990232555520,
        "protection": {"delete": False, "rebuild": False},
        "labels": {"env": "prod", "role": "web"},
        "volumes": [],
        "load_balancers": [],
        "primary_disk_size": 40,
        "placement_group": None,
    }


class Answers:
    """What is answered, made once."""

    def __init__(self) -> None:
        self.requests = 0
        self.started: dict[int, float] = {}
        self.actions = 0
        self._servers = [json.dumps(server(number)).encode() for number in range(1, 10_001)]

    def body(self, target: str) -> bytes:
        """Return the answer to a GET."""
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        path = parts.path.removeprefix("/v1")
        if path == "/count":
            return str(self.requests).encode()
        if path == "/begin":
            return self._begin(int(query["count"][0]))
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
        meta = {
            "pagination": {
                "page": page,
                "per_page": size,
                "previous_page": page - 1 or None,
                "next_page": page + 1 if page < last else None,
                "last_page": last,
                "total_entries": total,
            }
        }
        return b'{"servers": [' + b", ".join(items) + b'], "meta": ' + json.dumps(meta).encode() + b"}"

    def _begin(self, count: int) -> bytes:
        """Start actions; returns their ids."""
        ids = range(self.actions + 1, self.actions + count + 1)
        self.actions += count
        self.started.update(dict.fromkeys(ids, time.monotonic()))
        return json.dumps(list(ids)).encode()

    def _actions(self, path: str, query: dict[str, list[str]]) -> bytes:
        if path != "/actions":
            return json.dumps({"action": self._action(int(path.rpartition("/")[2]))}).encode()
        actions = [self._action(int(id)) for id in query.get("id", [])]
        meta = {
            "pagination": {
                "page": 1,
                "per_page": 50,
                "previous_page": None,
                "next_page": None,
                "last_page": 1,
                "total_entries": len(actions),
            }
        }
        return json.dumps({"actions": actions, "meta": meta}).encode()

    def _action(self, id: int) -> dict[str, object]:
        progress = min(100, int(100 * (time.monotonic() - self.started[id]) / ACTION_SECONDS))
        over = progress >= 100
        return {
            "id": id,
            "command": "create_server",
            "status": "success" if over else "running",
            "progress": progress,
            "started": "2026-11-23T12:00:00Z",
            "finished": "2026-11-23T12:00:05Z" if over else None,
            "resources": [{"id": id, "type": "server"}],
            "error": None,
        }


class Protocol(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as much as a GET needs."""

    def __init__(self, answers: Answers, latency: float = 0.0) -> None:
        self.answers, self.latency, self.buffer = answers, latency, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            body = self.answers.body(head.split(b" ", 2)[1].decode())
            header = (
                f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            if self.latency:
                asyncio.get_running_loop().call_later(
                    self.latency, self.transport.write, header.encode() + body
                )
            else:
                self.transport.write(header.encode() + body)


async def main() -> None:
    """Serve until the parent is gone."""
    answers, loop = Answers(), asyncio.get_running_loop()
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(*sys.argv[1:3])
    for scheme, latency, context in (("http", 0.0, None), ("https", 0.0, secure), ("http", LATENCY, None)):
        listening = await loop.create_server(
            lambda late=latency: Protocol(answers, late), "127.0.0.1", 0, ssl=context
        )
        print(f"{scheme}://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
