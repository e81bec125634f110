"""The control path of a served sandbox, `/_sandbox/...`: its verbs as JSON, for holders of the control token.

`GET /_sandbox` lists the verbs. `POST /_sandbox/NAME` calls one with its arguments as a JSON object (a read
such as `requests` or `snapshot` as well), and answers 200 with `{"result": ...}` or 204. Errors have the
envelope of the API. Nothing of it is in the request log or counts against the rate limit.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from typing import Any

from hetzner.sandbox.answering import encoded
from hetzner.sandbox.checking import read_body
from hetzner.sandbox.errors import Refusal
from hetzner.sandbox.message import Answer, Ask
from hetzner.sandbox.page import page
from hetzner.sandbox.steering import Steering
from hetzner.sandbox.tokens import bearer
from hetzner.sandbox.verbs import described, perform

logger = logging.getLogger("hetzner.sandbox")
PREFIX = "/_sandbox"


class Control:
    """Answers what is not the API: the control path, and the page at `/`."""

    def __init__(self, sandbox: Steering, token: str | None = None) -> None:
        self._sandbox = sandbox
        self.token = token or secrets.token_urlsafe(24)

    def __repr__(self) -> str:
        return "<Control>"

    def answer(self, ask: Ask) -> Answer | None:
        """Answer a request; None for one to the API."""
        if ask.path == "/" and ask.method == "GET":
            return page()
        if ask.path != PREFIX and not ask.path.startswith(f"{PREFIX}/"):
            return None
        try:
            body = self._reply(ask, ask.path.removeprefix(PREFIX).strip("/"))
            return encoded(body, 204 if body is None else 200, {"Cache-Control": "no-store"})
        except Refusal as refusal:
            return encoded(refusal.body(), refusal.status, {"Cache-Control": "no-store"})
        except Exception as problem:
            logger.exception("the control path failed at %s", ask.path)
            failure = Refusal(500, "server_error", f"the sandbox failed: {type(problem).__name__}")
            return encoded(failure.body(), failure.status, {})

    def _reply(self, ask: Ask, name: str) -> dict[str, Any] | None:
        if not hmac.compare_digest(bearer(ask.headers).encode(), self.token.encode()):
            raise Refusal(401, "unauthorized", "the control path needs the control token")
        verbs = self._sandbox.verbs
        if ask.method != ("POST" if name else "GET"):
            raise Refusal(405, "method_not_allowed", "verbs are called by POST, listed by GET")
        if not name:
            return {"verbs": {verb: described(method) for verb, method in sorted(verbs.items())}}
        if name not in verbs:
            raise Refusal(404, "not_found", f"there is no verb '{name}', only {', '.join(sorted(verbs))}")
        with self._sandbox.lock:
            result = perform(verbs[name], read_body(ask.body))
            return None if result is None else {"result": _plain(result)}


def _plain(result: Any) -> Any:
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(result)
