"""What an armed fault makes of an answer."""

from __future__ import annotations

import json

from hetzner.sandbox.errors import Refusal, conflict, locked
from hetzner.sandbox.faults import Fault
from hetzner.sandbox.message import Answer, Fate

FOREVER = 3600.0
JSON = "application/json"

_SILENT: dict[str, Fate] = {
    "refuse": "refused", "reset_before": "reset", "hang_before": "hang", "late": "hang",
    "reset_after": "reset", "hang": "hang", "truncated_body": "cut", "slow": "slow", "drip": "drip",
}  # fmt: skip

_REFUSALS = {
    "500": Refusal(500, "server_error", "an internal error occurred"),
    "502": Refusal(502, "bad_gateway", "bad gateway"),
    "503": Refusal(503, "unavailable", "the service is unavailable"),
    "504": Refusal(504, "timeout", "request timeout"),
    "rate_limit": Refusal(429, "rate_limit_exceeded", "limit of requests per hour reached"),
    "conflict": conflict(),
    "locked": locked("resource"),
    "maintenance": Refusal(403, "maintenance", "the project is under maintenance"),
    "error": Refusal(500, "server_error", "an internal error occurred"),
}


def silent(fault: Fault, patience: float | None) -> Answer | None:
    """The answer of a fault that keeps the request from ever arriving, else None."""
    if fault.executes or fault.name not in _SILENT:
        return None
    return Answer(0, fate=_SILENT[fault.name], seconds=fault.seconds or patience or FOREVER)


def distorted(answer: Answer, fault: Fault, patience: float | None) -> Answer:
    """Turn the proper answer into what the fault leaves of it."""
    name = fault.name.removesuffix("_after") if fault.name not in _SILENT else fault.name
    if name in _SILENT:
        answer.fate = _SILENT[name]
        answer.seconds = fault.seconds or (patience or FOREVER if answer.fate == "hang" else 1.0)
        return answer
    if name == "truncated_json":
        answer.body = answer.body[: len(answer.body) // 2]
    elif name == "empty":
        answer.body = b""
    elif name == "redirect":
        answer.status, answer.body = 302, b""
        answer.headers["Location"] = "https://elsewhere.invalid/"
    elif name == "html_502":
        page = b"<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
        answer.status, answer.body = 502, page
        answer.headers["Content-Type"] = "text/html"
    else:
        refusal = fault.error or _REFUSALS[name]
        answer.status, answer.body = refusal.status, json.dumps(refusal.body()).encode()
        answer.headers["Content-Type"] = JSON
        if name == "rate_limit":
            answer.headers["RateLimit-Remaining"] = "0"
    return answer
