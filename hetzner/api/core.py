"""From a request to its decoded answer: authorise, pace, exchange, classify, retry, decode."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any
from urllib.parse import urlencode

from hetzner import __version__
from hetzner.api.decode import decode
from hetzner.api.delivery import Delivery
from hetzner.api.errors import APIError, APIResponseValidationError
from hetzner.api.limits import Pace
from hetzner.api.logs import log, one_line
from hetzner.api.message import Outgoing, Patience, Response, Sent
from hetzner.api.recovery import Claims
from hetzner.api.retry import Budget
from hetzner.api.secrets import Secret, forget_frames, scrubber
from hetzner.schema.model import Model
from hetzner.schema.operation import DEFAULT, Request, query_pairs
from hetzner.schema.pages import Page
from hetzner.schema.sharing import Known

LAST_PAGE = 100_000
"""The number of a page that no list reaches."""


@cache
def user_agent(application: str | None = None, version: str | None = None) -> str:
    """Return how this library introduces itself, after the application that uses it."""
    ours = f"hetzner-python/{__version__} python/{sys.version_info.major}.{sys.version_info.minor}"
    if application is None:
        return ours
    first = _header("user-agent", application if version is None else f"{application}/{version}")
    return f"{first} {ours}"


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
        agent: str | None = None,
        source: str = "",
        poll_interval: float | None = None,
        patient: bool = False,
        random: Random | None = None,
    ) -> None:
        patience_of(timeout)  # what is none is told here, before there is any request
        self.port, self.bases, self.token, self.timeout = port, bases, token, timeout
        self.max_retries, self.strict = max_retries, strict
        self.agent, self.source, self.poll_interval = agent or user_agent(), source, poll_interval
        self.patient = patient
        """Whether it waits for the rate limit as long as it takes, which counts as no retry."""
        self.headers, self.query = dict(headers or {}), dict(query or {})
        self.random = random or Random()  # noqa: S311  jitter, not secrets
        self.budget = Budget()
        self.paces: dict[str, Pace] = {host: Pace() for host in bases}
        self.claims = Claims()
        self.known = Known()
        self.date: tuple[str, float] | None = None
        """The newest Date header and the wall-clock time it was read at."""

    def like(self, **changes: Any) -> Core:
        """Return a core with other options that shares connections, pacing and retry budget."""
        options: dict[str, Any] = {
            "port": self.port,
            "bases": self.bases,
            "token": self.token,
            "timeout": self.timeout,
            "max_retries": self.max_retries,
            "headers": self.headers,
            "query": self.query,
            "strict": self.strict,
            "agent": self.agent,
            "source": self.source,
            "poll_interval": self.poll_interval,
            "patient": self.patient,
            "random": self.random,
        }
        twin = Core(**{**options, **changes})
        twin.claims, twin.known = self.claims, self.known
        if not changes.keys() & {"bases", "token"}:  # else it is another project, with limits of its own
            twin.budget, twin.paces, twin.date = self.budget, self.paces, self.date
        return twin

    async def send(self, request: Request) -> Any:
        """Send a request and return its decoded answer."""
        answer, _ = await self._deliver(request)
        if isinstance(answer, Page):
            answer._core, answer._request, answer._blocking = self, request, request.blocking
        return answer

    async def send_raw(self, request: Request) -> Response:
        """Send a request and return its answer as it came (retried all the same, and errors are raised)."""
        _, response = await self._deliver(request)
        return response

    async def _deliver(self, request: Request) -> tuple[Any, Response]:
        try:
            answer, response = await Delivery(self, request).run()
            if isinstance(answer, Page):
                _insist_on_progress(answer, request, response)
        except APIError as error:
            forget_frames(error)
            raise error.with_traceback(None) from error.__cause__
        return answer, response

    def outgoing(self, request: Request) -> Outgoing:
        """Put a request into the form that goes over the wire."""
        content = None
        headers = {"accept": "application/json", "accept-encoding": "gzip", "user-agent": self.agent}
        if request.body is not None:
            content = json.dumps(request.body, default=_plain, allow_nan=False).encode()
            headers["content-type"] = "application/json"
        token: Secret | None = self.token
        for name, value in (*self.headers.items(), *request.headers.items()):
            if (name := name.lower()) == "authorization":
                token = None
            if value is None:
                headers.pop(name, None)
            else:
                headers[name] = _header(name, value)
        patience = patience_of(self.timeout if request.timeout is DEFAULT else request.timeout)
        sent = Sent(request.operation.verb, self._url(request))
        return Outgoing(sent, headers, content, patience, token)

    def _url(self, request: Request) -> str:
        url = self.bases[request.operation.host] + request.path
        query = _joined(query_pairs(self.query), request.query) if self.query else request.query
        if not query:
            return url
        return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"

    def pausing(self, seconds: float) -> None:
        """Tell that a request waits for the rate limit."""
        log.info("waiting %.1f s for the rate limit", seconds)
        if self.port.on_pause is not None:
            self.port.on_pause(seconds)

    async def paced(self, request: Request) -> None:
        """Wait until the rate limit has room for one more request."""
        pace, clock = self.paces[request.operation.host], self.port.clock
        if (pause := pace.wait(clock.now())) <= 0:
            return
        place, waited = pace.queue_up(), 0.0
        try:
            while pause > 0:
                self.pausing(pause)
                await self.port.sleep(pause)
                waited += pause
                pause = pace.wait(clock.now(), place, waited)
        finally:
            pace.leave(place)

    async def exchange(self, request: Request) -> Response:
        """Make one attempt; raises Failure when no answer comes."""
        clock, outgoing = self.port.clock, self.outgoing(request)
        began = clock.now()
        pace = self.paces[request.operation.host]
        pace.flying += 1
        try:
            response: Response = await self.port.exchange(outgoing)
        finally:
            pace.flying -= 1
        self._learn(request, response)
        if log.isEnabledFor(logging.DEBUG):
            log.debug(
                "%s -> %s in %.0f ms (correlation id %s)",
                one_line(str(outgoing.sent)),
                response.status_code,
                1000 * (clock.now() - began),
                one_line(response.headers.get("x-correlation-id") or "none"),
            )
        return response

    def _learn(self, request: Request, response: Response) -> None:
        now, pace = self.port.clock.now(), self.paces[request.operation.host]
        pace.learn(response.headers, now)
        if response.status_code == 429:
            pace.drained(now)
        if (sent_at := response.headers.get("date")) is not None:
            self.date = (sent_at, self.port.wall())

    def decode(self, request: Request, response: Response) -> Any:
        """Return an answer in the type that the operation promises."""
        return decode(response, request.returns, self.strict, self.known)

    def scrub(self, request: Request) -> Any:
        """Return a function that takes this request's secrets out of text and data."""
        return scrubber(self.token, request.body)

    def __repr__(self) -> str:
        return f"<Core {self.bases.get('cloud')}>"


def _joined(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> list[tuple[str, str]]:
    replaced = {name for name, _ in second}
    return [pair for pair in first if pair[0] not in replaced] + second


def _insist_on_progress(page: Page[Any, Any], request: Request, response: Response) -> None:
    """Refuse a list that goes in circles or never ends; only pages after the first can show it."""
    asked = next((int(value) for name, value in request.query if name == "page" and value.isdecimal()), 1)
    said = getattr(getattr(page.meta, "pagination", None), "next_page", None)
    if asked > 1 and isinstance(said, int) and (said <= asked or asked >= LAST_PAGE):
        raise APIResponseValidationError(
            f"{response.request}: page {asked} is followed by page {said}", response
        )


def _header(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"the header {name!r} must be text, not {type(value).__name__}")
    if any(letter in value for letter in "\r\n\0"):
        raise ValueError(f"the header {name!r} must be one line")
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def patience_of(timeout: Any) -> Patience:
    """Read a caller's timeout: seconds for the whole attempt, or an httpx.Timeout for its phases.

    Raises TypeError and ValueError for what is neither.
    """
    if timeout is DEFAULT:
        return Patience()
    if timeout is None:
        return Patience(None, None, None, None, None)
    if isinstance(timeout, int | float):
        if not timeout > 0 or isinstance(timeout, bool):
            raise ValueError(f"timeout is seconds, more than 0, or None for no end: not {timeout!r}")
        seconds = float(timeout)
        return Patience(min(5.0, seconds), seconds, seconds, seconds, seconds)
    if not hasattr(timeout, "connect"):
        raise TypeError(f"timeout is seconds or an httpx.Timeout, not {type(timeout).__name__}")
    phases = (timeout.connect, timeout.read, timeout.write, timeout.pool)
    return Patience(*phases, None if None in phases else max(phases))
