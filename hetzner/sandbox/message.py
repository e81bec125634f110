"""What goes into the sandbox and what comes out, free of any HTTP library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

Fate = Literal["sent", "refused", "reset", "hang", "cut", "slow", "drip"]
"""What becomes of an answer on the wire: all but `sent` are faults that a front acts out."""


@dataclass(slots=True)
class Ask:
    """A request: method, path with or without /v1, query pairs, headers with lower-case names, body.

    `patience` is how many seconds the client waits for the answer, where a front knows it.
    """

    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    patience: float | None = None

    @classmethod
    def of(cls, method: str, target: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Ask:
        """Make one from a request target such as `/v1/servers?name=web`."""
        parts = urlsplit(target)
        query = parse_qsl(parts.query, keep_blank_values=True) if parts.query else []
        return cls(method, parts.path, query, headers or {}, body)


@dataclass(slots=True)
class Answer:
    """A response; `seconds`: how long a `hang` lasts, how long a `drip` waits between chunks, ..."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    fate: Fate = "sent"
    seconds: float = 0.0


@dataclass(slots=True, frozen=True)
class LogEntry:
    """One line of the request log: never a header, a query or a body, so never a secret.

    `status` is how the request was answered before any fault, 0 when a fault kept it from being executed.
    """

    at: float
    project: str
    method: str
    path: str
    status: int
    correlation_id: str
    operation: str
    fault: str = ""
