"""From a request to its decoded answer: authorise, pace, exchange, classify, retry, decode."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from random import Random
from typing import Any

from hetzner.api.decode import decode
from hetzner.api.delivery import Delivery
from hetzner.api.limits import Pace
from hetzner.api.logs import log, one_line
from hetzner.api.message import Outgoing, Patience, Response, Sent
from hetzner.api.retry import Budget
from hetzner.api.secrets import Secret, scrubber
from hetzner.schema.operation import DEFAULT, Request, query_pairs
from hetzner.schema.pages import Page

@cache
def user_agent() -> str:
    """Return how this library introduces itself."""
    try:
        release = version("hetzner")
    except PackageNotFoundError:
        release = "0"
    return f"hetzner-python/{release} python/{sys.version_info.major}.{sys.version_info.minor}"


class Core:
    """What a client is made of, whatever its face; shared by all its collections."""

    def __init__(
        self,
        port: Any,
        *,
        bases: Mapping[str, str],
        token: Secret,
        timeout: Any = DEFAULT,
        max_retries: int = 2,
        headers: Mapping[str, str | None] | None = None,
        query: Mapping[str, Any] | None = None,
        strict: bool = False,
        random: Random | None = None,
    ) -> None:
        self.port, self.bases, self.token, self.timeout = port, bases, token, timeout
        self.max_retries, self.headers, self.query, self.strict = max_retries, headers or {}, query or {}, strict
        self.random = random or Random()  # noqa: S311  jitter, not secrets
        self.budget = Budget()
        self.paces: dict[str, Pace] = {host: Pace() for host in bases}
        self.date: tuple[str, float] | None = None
        """The newest Date header and the wall-clock time it was read at."""

    def like(self, **changes: Any) -> Core:
        """Return a core with other options that shares connections, pacing and retry budget."""
        options: dict[str, Any] = {
            "bases": self.bases,
            "token": self.token,
            "timeout": self.timeout,
            "max_retries": self.max_retries,
            "headers": self.headers,
            "query": self.query,
            "strict": self.strict,
            "random": self.random,
        }
        twin = Core(self.port, **{**options, **changes})
        twin.budget, twin.paces = self.budget, self.paces
        return twin

    async def send(self, request: Request) -> Any:
        """Send a request and return its decoded answer."""
        answer, _ = await Delivery(self, request).run()
        if isinstance(answer, Page):
            answer._core, answer._request, answer._blocking = self, request, self.port.blocking
        return answer

    async def send_raw(self, request: Request) -> Response:
        """Send a request and return its answer as it came (retried all the same, and errors are raised)."""
        _, response = await Delivery(self, request).run()
        return response

    def outgoing(self, request: Request) -> Outgoing:
        """Put a request into the form that goes over the wire."""
        query = _joined(query_pairs(self.query), request.query)
        url = request.path if "://" in request.path else self.bases[request.operation.host] + request.path
        if query:
            from urllib.parse import urlencode

            url = f"{url}?{urlencode(query)}"
        content = None if request.body is None else json.dumps(request.body, default=_plain).encode()
        headers = {"accept": "application/json", "user-agent": user_agent()}
        if content is not None:
            headers["content-type"] = "application/json"
        for name, value in (*self.headers.items(), *request.headers.items()):
            if value is not None:
                headers[name.lower()] = value
            elif name.lower() == "authorization":
                headers["authorization"] = ""
            else:
                headers.pop(name.lower(), None)
        patience = patience_of(self.timeout if request.timeout is DEFAULT else request.timeout)
        return Outgoing(Sent(request.operation.verb, url), headers, content, patience)

    async def exchange(self, request: Request) -> Response:
        """Make one attempt, in time with the rate limit; raises Failure when no answer comes."""
        clock, pace = self.port.clock, self.paces[request.operation.host]
        if (pause := pace.wait(clock.now())) > 0:
            log.info("waiting %.1f s for the rate limit", pause)
            await self.port.sleep(pause)
        outgoing = self.outgoing(request)
        began = clock.now()
        response: Response = await self.port.exchange(outgoing)
        now = clock.now()
        pace.learn(response.headers, now)
        if response.status_code == 429:
            pace.drained(now)
        if (date := response.headers.get("date")) is not None:
            self.date = (date, clock.wall())
        if log.isEnabledFor(logging.DEBUG):
            correlation = response.headers.get("x-correlation-id")
            line = "%s -> %s in %.0f ms (correlation id %s)"
            log.debug(line, one_line(str(outgoing.sent)), response.status_code, 1000 * (now - began), correlation)
        return response

    def decode(self, request: Request, response: Response) -> Any:
        """Return an answer in the type that the operation promises."""
        return decode(response, request.returns, self.strict)

    def scrub(self, request: Request) -> Any:
        """Return a function that takes this request's secrets out of text and data."""
        return scrubber(self.token, request.body)

    def __repr__(self) -> str:
        return f"<Core {self.bases.get('cloud')}>"


def _joined(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> list[tuple[str, str]]:
    replaced = {name for name, _ in second}
    return [pair for pair in first if pair[0] not in replaced] + second


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def patience_of(timeout: Any) -> Patience:
    """Return what a caller's timeout means: seconds for the whole attempt, or an httpx.Timeout for its phases."""
    if timeout is DEFAULT:
        return Patience()
    if timeout is None:
        return Patience(None, None, None, None, None)
    if isinstance(timeout, int | float):
        seconds = float(timeout)
        return Patience(min(5.0, seconds), seconds, seconds, seconds, seconds)
    phases = (timeout.connect, timeout.read, timeout.write, timeout.pool)
    return Patience(*phases, None if None in phases else max(phases))
