"""Talking to a sandbox in JSON, without any HTTP library."""

from __future__ import annotations

import json
from typing import Any

from hetzner.sandbox import Ask, Sandbox
from hetzner.sandbox.message import Answer

LONG = 3600.0


class Talk:
    """One client of a sandbox; answers come as dicts, refusals as their error object."""

    def __init__(self, sandbox: Sandbox | None = None, token: str | None = "token") -> None:  # noqa: S107
        self.sandbox = sandbox or Sandbox(requests_per_hour=1_000_000)
        self.headers = {"authorization": f"Bearer {token}"} if token else {}

    def send(self, method: str, path: str, body: object = None) -> Answer:
        """Send a request and return the answer as it is."""
        content = b"" if body is None else json.dumps(body).encode()
        return self.sandbox.handle(Ask.of(method, f"/v1{path}", self.headers, content))

    def get(self, path: str) -> Any:
        """GET, which must succeed."""
        return self.good("GET", path)

    def post(self, path: str, body: object = None) -> Any:
        """POST, which must succeed."""
        return self.good("POST", path, body if body is not None else {})

    def put(self, path: str, body: object) -> Any:
        """PUT, which must succeed."""
        return self.good("PUT", path, body)

    def delete(self, path: str) -> Any:
        """DELETE, which must succeed."""
        return self.good("DELETE", path)

    def good(self, method: str, path: str, body: object = None) -> Any:
        """Send a request that must succeed, and return the body."""
        answer = self.send(method, path, body)
        assert answer.status < 300, answer.body
        return json.loads(answer.body) if answer.body else None

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Send a request that must be refused, and return status and code."""
        status, error = self.error(method, path, body)
        return status, error["code"]

    def error(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        """Send a request that must be refused, and return status and the whole error."""
        answer = self.send(method, path, body)
        assert answer.status >= 400, answer.body
        return answer.status, json.loads(answer.body)["error"]

    def wait(self, seconds: float = LONG) -> None:
        """Let time pass."""
        self.sandbox.clock.sleep(seconds)

    def act(self, path: str, body: object = None) -> Any:
        """POST an action and let an hour pass; its end result is returned."""
        action = self.post(path, body)["action"]
        self.wait()
        return self.get(f"/actions/{action['id']}")["action"]

    def server(self, name: str = "web", **fields: Any) -> Any:
        """Create a server and let it come up."""
        body = {"name": name, "server_type": "cx23", "image": "debian-13", "location": "fsn1", **fields}
        ident = self.post("/servers", body)["server"]["id"]
        self.wait()
        return self.get(f"/servers/{ident}")["server"]
