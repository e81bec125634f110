"""A transport that answers from a script, for tests that need no socket."""

from collections.abc import Callable
from typing import Any

import httpx

from tests.faulty import SkippingClock

Step = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Scripted(httpx.MockTransport):
    """Answers each request with the next step (the last one for ever); serves both clients."""

    def __init__(self, *steps: Step) -> None:
        super().__init__(self._next)
        self.steps, self.requests, self.clock = list(steps), list[httpx.Request](), SkippingClock()

    def _next(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        if isinstance(step, httpx.Response):  # a copy, since a step may be used again
            return httpx.Response(step.status_code, headers=step.headers, content=step.content)
        return step(request)

    @property
    def asked(self) -> list[str]:
        """The requests so far as text: verb and path with query."""
        return [f"{each.method} {each.url.raw_path.decode()}" for each in self.requests]


def ok(**body: Any) -> httpx.Response:
    """Return a 200."""
    return httpx.Response(200, json=body)


def error(status: int, code: str = "", message: str = "no", **more: Any) -> httpx.Response:
    """Return a refusal as the API words it."""
    headers = more.pop("headers", {})
    return httpx.Response(status, headers=headers, json={"error": {"code": code, "message": message, **more}})


def page(name: str, items: list[Any], number: int = 1, following: int | None = None) -> httpx.Response:
    """Return one page of a list."""
    pagination = {"page": number, "per_page": 50, "next_page": following}
    pagination |= {"previous_page": None, "last_page": None, "total_entries": None}
    return ok(**{name: items, "meta": {"pagination": pagination}})


def action(id: int, status: str = "running", **more: Any) -> dict[str, Any]:
    """Return an action as the API shows it."""
    more = {"command": "start_server", "progress": 0, "error": None, "resources": [], **more}
    return {"id": id, "status": status, "started": "2026-11-23T12:00:00Z", "finished": None, **more}
