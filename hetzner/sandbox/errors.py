"""Refusals: every way the API says no, with the status, code and words it uses.

https://docs.hetzner.cloud/reference/cloud#description/errors
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """A handler raises one to answer with an error; whatever it changed before is taken back."""

    def __init__(self, status: int, code: str, message: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details

    def body(self) -> dict[str, Any]:
        """The error envelope."""
        return {"error": {"code": self.code, "message": self.message, "details": self.details}}


_STATUSES = {
    400: ("json_error", "bad_request"),
    401: ("unauthorized", "token_readonly"),
    403: ("forbidden", "resource_limit_exceeded", "maintenance"),
    404: ("not_found",),
    405: ("method_not_allowed",),
    409: ("conflict", "uniqueness_error"),
    410: ("deprecated_api_endpoint",),
    412: ("resource_unavailable",),
    423: ("locked", "protected"),
    429: ("rate_limit_exceeded",),
    500: ("server_error",),
    502: ("bad_gateway",),
    503: ("unavailable",),
    504: ("timeout",),
}


def status_of(code: str) -> int:
    """The status that goes with an error code; 422 for the many that say what is wrong with a request."""
    return next((status for status, codes in _STATUSES.items() if code in codes), 422)


def not_found(singular: str, ident: object) -> Refusal:
    """404: there is no such object in this project."""
    return Refusal(404, "not_found", f"{singular.replace('_', ' ')} with ID '{ident}' not found")


def invalid(field: str, reason: str) -> Refusal:
    """422: one field of the request is wrong."""
    details = {"fields": [{"name": field, "messages": [reason]}]}
    return Refusal(422, "invalid_input", f"invalid input in field '{field}': {reason}", details)


def invalid_fields(problems: Sequence[tuple[str, str]]) -> Refusal:
    """422: several fields of the request are wrong."""
    if len({name for name, _ in problems}) == 1:
        refusal = invalid(*problems[0])
    else:
        names = ", ".join(f"'{name}'" for name in dict.fromkeys(name for name, _ in problems))
        refusal = Refusal(422, "invalid_input", f"invalid input in fields {names}")
    messages: dict[str, list[str]] = {}
    for name, reason in problems:
        messages.setdefault(name, []).append(reason)
    refusal.details = {"fields": [{"name": name, "messages": texts} for name, texts in messages.items()]}
    return refusal


def taken(field: str, message: str) -> Refusal:
    """409: the name (or fingerprint, ...) belongs to another object of the kind."""
    return Refusal(409, "uniqueness_error", message, {"fields": [{"name": field}]})


def locked(singular: str) -> Refusal:
    """423: an action on the object is still running."""
    return Refusal(423, "locked", f"{singular.replace('_', ' ')} is locked")


def protected(message: str) -> Refusal:
    """423: protection forbids it until it is switched off."""
    return Refusal(423, "protected", message)


def conflict(message: str = "the resource changed during the request, try again") -> Refusal:
    """409: something else is changing the object; the same request may succeed a moment later."""
    return Refusal(409, "conflict", message)


def unprocessable(code: str, message: str) -> Refusal:
    """422 with a code of its own, such as `server_not_stopped`."""
    return Refusal(422, code, message)


def unavailable(message: str) -> Refusal:
    """412: the cloud has no room for it right now."""
    return Refusal(412, "resource_unavailable", message)


def limit_exceeded(kind: str, message: str) -> Refusal:
    """403: the project's quota is used up."""
    return Refusal(403, "resource_limit_exceeded", message, {"limits": [{"name": kind}]})


def gone(message: str, announcement: str) -> Refusal:
    """410: the endpoint was removed from the API."""
    return Refusal(410, "deprecated_api_endpoint", message, {"announcement": announcement})


def unsupported(what: str) -> Refusal:
    """422: the real API can do this and the sandbox cannot (yet)."""
    return Refusal(422, "unsupported_error", f"the sandbox does not simulate {what}")
