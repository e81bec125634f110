"""From a request to an answer, step by step: route, token, rate limit, time, body, handler, envelope."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from hetzner.sandbox.call import Call, Reply
from hetzner.sandbox.checking import check_body, check_query, read_body
from hetzner.sandbox.errors import Refusal, unsupported
from hetzner.sandbox.kinds import kind_class, kind_names
from hetzner.sandbox.limits import take
from hetzner.sandbox.message import Answer, Ask, LogEntry
from hetzner.sandbox.project import Project
from hetzner.sandbox.routing import Declared, Route, Router, path_values

if TYPE_CHECKING:
    from hetzner.sandbox.core import Sandbox

Handler = Callable[[Call], "dict[str, Any] | Reply | None"]
NO_ROUTE = Refusal(404, "not_found", "api route not found")
NO_METHOD = Refusal(405, "method_not_allowed", "method not allowed")
TOO_MANY = Refusal(429, "rate_limit_exceeded", "limit of requests per hour reached")


class Answering:
    """Answers requests for a sandbox."""

    def __init__(self, sandbox: Sandbox, router: Router) -> None:
        self.router = router
        self._sandbox = sandbox
        self._methods: dict[str, tuple[str, str] | None] = {}

    def answer(self, ask: Ask, executes: bool, fault: str) -> Answer:
        """Answer a request; one that must not execute goes as far as the rate limit."""
        found = self.router.match(ask.path)
        project, refusal = self._admit(ask, found)
        meta = project.meta if project else self._sandbox.metas["anonymous"]
        now = self._sandbox.clock.now()
        if project:
            project.next_request()
        else:
            meta["requests"] += 1
        allowed, headers = take(meta, self._sandbox.requests_per_hour, now)
        headers["X-Correlation-Id"] = self._correlation_id(project, meta["requests"])
        try:
            if not allowed or refusal or not project or not found:
                raise TOO_MANY if not allowed else refusal or NO_ROUTE
            reply = self._reply(ask, project, *found) if executes else Reply(None, 200)
        except Refusal as error:
            reply = Reply(error.body(), error.status)
        answer = encoded(reply.body, reply.status or 200, {**headers, **reply.headers})
        operation = found[0].operations.get(ask.method) if found else None
        entry = LogEntry(
            now,
            project.name if project else "",
            ask.method,
            ask.path,
            answer.status if executes else 0,
            headers["X-Correlation-Id"],
            operation.name if operation else "",
            fault,
        )
        self._sandbox.log.append(entry)
        return answer

    def _admit(
        self, ask: Ask, found: tuple[Route, list[str]] | None
    ) -> tuple[Project | None, Refusal | None]:
        if found is None:
            return None, NO_ROUTE
        try:
            return self._sandbox.project(self._sandbox.tokens.project(ask.headers)), None
        except Refusal as refusal:
            return None, refusal

    def _reply(self, ask: Ask, project: Project, route: Route, values: list[str]) -> Reply:
        operation = route.operations.get(ask.method)
        if operation is None:
            return Reply(NO_METHOD.body(), NO_METHOD.status, {"Allow": ", ".join(sorted(route.operations))})
        path = path_values(route, ask.method, values)
        if path is None:
            raise NO_ROUTE
        if ask.method != "GET":
            self._sandbox.tokens.insist_write(ask.headers)
        project.settle(self._sandbox.clock.now())
        try:
            reply = self._handler(project, operation)(_call(ask, project, operation, path))
        except Refusal:
            project.undo()
            raise
        if not isinstance(reply, Reply):
            reply = Reply(reply)
        if reply.status is None:
            reply.status = 204 if reply.body is None else 201 if ask.method == "POST" else 200
        return reply

    def _handler(self, project: Project, operation: Declared) -> Handler:
        if operation.verb == "GET" and (about := _actions_of(operation.path)):
            kind = project.kind(about[0])
            if about[1]:
                return lambda call: project.actions.of_one(call, kind)
            return lambda call: project.actions.of_kind(call, kind.singular)
        if operation.name not in self._methods:
            self._methods[operation.name] = _method(operation.name)
        method = self._methods[operation.name]
        if method is None:
            raise unsupported(operation.name)
        handler: Handler = getattr(project.kind(method[0]), method[1])
        return handler

    def _correlation_id(self, project: Project | None, number: int) -> str:
        text = f"{self._sandbox.seed}/{project.name if project else ''}/{number}"
        return blake2b(text.encode(), digest_size=16).hexdigest()


def operation_name(router: Router, ask: Ask) -> str:
    """The name of the operation a request is for; empty when there is none."""
    found = router.match(ask.path)
    operation = found[0].operations.get(ask.method) if found else None
    return operation.name if operation else ""


def encoded(body: dict[str, Any] | None, status: int, headers: dict[str, str]) -> Answer:
    """Write an answer as JSON; without a body there is no content type either."""
    if body is None:
        return Answer(status, headers)
    return Answer(status, {"Content-Type": "application/json", **headers}, _writer()(body))


@cache
def _writer() -> Callable[[Any], bytes]:
    """What writes JSON four times as fast as the standard library; loaded with the first answer."""
    from pydantic_core import to_json

    return to_json


def _call(ask: Ask, project: Project, operation: Declared, path: dict[str, Any]) -> Call:
    query: dict[str, list[str]] = {}
    for name, value in ask.query:
        query.setdefault(name, []).append(value)
    body: dict[str, Any] = {}
    if ask.method == "GET":
        check_query(operation, query)
    else:
        body = check_body(operation, read_body(ask.body))
    target = ask.path.removeprefix("/v1")
    call = Call(project, operation.name, target, path, query, body)
    if host := ask.headers.get("host"):
        call.base = f"{'http' if ':' in host else 'https'}://{host}/v1"
    return call


def _method(name: str) -> tuple[str, str] | None:
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        kind = ".".join(parts[:length])
        if kind in kind_names():
            method = kind_class(kind).handlers().get(".".join(parts[length:]))
            return (kind, method) if method else None
    return None


def _actions_of(path: str) -> tuple[str, bool] | None:
    """For reads of actions below a kind: the kind, and whether it is about one object."""
    segments = path.strip("/").split("/")
    if "actions" not in segments[1:]:
        return None
    at = segments.index("actions", 1)
    return (segments[0], at == 2) if at in (1, 2) else None
