"""A request and an answer on the wire, without the HTTP library's types and without secrets.

Plain classes: each dataclass or named tuple would cost a program's first call some of a millisecond.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hetzner.api.secrets import Secret


class Sent:
    """What was asked, for messages and errors: never a header, never a body."""

    __slots__ = ("method", "url")

    def __init__(self, method: str, url: str) -> None:
        self.method, self.url = method, url

    def __str__(self) -> str:
        return f"{self.method} {self.url.partition('?')[0]}"


class Patience:
    """How long one attempt may take, in seconds; None means without limit."""

    __slots__ = ("connect", "deadline", "pool", "read", "write")

    def __init__(
        self,
        connect: float | None = 5.0,
        read: float | None = 30.0,
        write: float | None = 30.0,
        pool: float | None = 30.0,
        deadline: float | None = 60.0,
    ) -> None:
        self.connect, self.read, self.write, self.pool = connect, read, write, pool
        self.deadline = deadline
        """Wall-clock time for the whole attempt, whatever each phase does."""


class Outgoing:
    """One attempt, ready for a port."""

    __slots__ = ("content", "headers", "patience", "sent", "token")

    def __init__(
        self,
        sent: Sent,
        headers: dict[str, str],
        content: bytes | None,
        patience: Patience,
        token: Secret | None,
    ) -> None:
        self.sent, self.headers, self.content, self.patience = sent, headers, content, patience
        self.token = token
        """What to sign it with; None when the caller's headers say otherwise."""

    def __repr__(self) -> str:
        return f"<Outgoing {self.sent}>"


class Response:
    """An answer as it came."""

    __slots__ = ("content", "headers", "request", "status_code")

    def __init__(self, status_code: int, headers: Mapping[str, str], content: bytes, request: Sent) -> None:
        self.status_code = status_code
        self.headers = headers
        self.content = content
        self.request = request

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code < 300

    def json(self) -> Any:
        """Decode the body; raises ValueError when it is not JSON."""
        try:
            return json.loads(self.content, parse_constant=_no_number)
        except RecursionError as error:
            raise ValueError("the JSON is nested too deeply") from error

    def __repr__(self) -> str:
        return f"<Response {self.status_code} to {self.request}>"


class Failure(Exception):
    """No answer: raised by a port, with what the HTTP library raised as its cause."""

    def __init__(self, reason: str, *, sent: bool, timed_out: bool = False, hopeless: bool = False) -> None:
        super().__init__(reason)
        self.sent = sent
        """Whether the request may have reached the API."""
        self.timed_out = timed_out
        self.hopeless = hopeless
        """Whether another attempt would end the same way."""


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
