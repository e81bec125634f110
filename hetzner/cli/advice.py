"""What to do about what went wrong: the next step for every error that people meet."""

from __future__ import annotations

from collections.abc import Mapping

from hetzner.api.errors import ActionFailed, ActionTimeout, APIConnectionError, APIError, APIStatusError
from hetzner.api.hints import HINTS
from hetzner.apply.consent import Refused
from hetzner.apply.document import DocumentError

AGAIN = "run it again a little later; finished work is kept"
NEXT_STEPS: Mapping[str, str] = {
    **HINTS,
    "uniqueness_error": "it exists, and is not owned: --adopt takes over what has this very name; if the "
    "clash is about something else (a key, an address), use what exists by its name",
    "rate_limit_exceeded": f"the hourly requests of the project are used up, perhaps by other tools: {AGAIN}",
    "invalid_input": "correct the fields named above in the file",
    "server_not_stopped": f"somebody switched it on meanwhile: {AGAIN}",
    "protected": "it is protected in the API; declare it with 'protect: false' and apply that first",
    "locked": f"something else is changing it: {AGAIN}",
    "conflict": f"something else is changing it: {AGAIN}",
    "resource_in_use": "something that is not owned still uses it: detach that first",
    "must_be_unassigned": "something that is not owned still uses it: detach that first",
    "no_subnet_available": "the network has no subnet in the zone of this location: add one to its 'subnets'",
    "maintenance": f"Hetzner is working on it: {AGAIN}",
    "unavailable": f"the API has a problem of its own (https://status.hetzner.com): {AGAIN}",
    "server_error": f"the API has a problem of its own (https://status.hetzner.com): {AGAIN}",
    "service_error": f"a service behind the API refused: {AGAIN}",
    "bad_gateway": f"the API has a problem of its own (https://status.hetzner.com): {AGAIN}",
    "timeout": f"the API took too long: {AGAIN}",
    "action_failed": f"it failed at Hetzner: {AGAIN}; if it fails again, their support knows the action's id",
    "not_found": "somebody deleted it meanwhile: run it again",
}
"""By the API's error code, with what can be said better to those who run a file."""
LONGEST = 400
"""Characters of a message that are shown."""
CONNECTION = "check the network, a proxy, and HCLOUD_ENDPOINT if it is set; finished work is kept"


def next_step(error: Exception) -> str:
    """Return what to do about an error, or nothing."""
    if isinstance(error, Refused):
        return f"{error.option} allows it" if error.option else ""
    if isinstance(error, ActionTimeout):
        return "the API goes on with it: run it again later to see what became of it"
    if isinstance(error, APIStatusError | ActionFailed):
        if step := NEXT_STEPS.get(error.code or ""):
            return step
        if isinstance(error, ActionFailed):
            return NEXT_STEPS["action_failed"]
        return NEXT_STEPS["server_error"] if error.status_code >= 500 else ""
    return CONNECTION if isinstance(error, APIConnectionError) else ""


def reason(error: Exception) -> str:
    """Return what the API said, without the address that was asked."""
    if isinstance(error, ActionFailed):
        failure = error.action.error
        return _short(f"{failure.message} ({failure.code})") if failure else "failed without a reason"
    if isinstance(error, APIStatusError) and error.code:
        return f"{_short(_message(error))} ({error.code}){_fields(error)}{_correlation(error)}"
    if isinstance(error, Refused):
        return error.why
    if isinstance(error, DocumentError):
        return "; ".join(problem.message for problem in error.problems)
    if isinstance(error, APIConnectionError):
        return str(error).removesuffix(f"; {error.hint}")  # what to do is said by next_step()
    return str(error)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."


def _message(error: APIStatusError) -> str:
    body = error.body if isinstance(error.body, Mapping) else {}
    told = body.get("error")
    return str(told.get("message") or "") if isinstance(told, Mapping) else error.message


def _fields(error: APIStatusError) -> str:
    told = [f"{name}: {', '.join(messages)}" for name, messages in error.fields.items() if messages]
    return "".join(f"; {each}" for each in told if each.partition(": ")[2] not in _message(error))


def _correlation(error: APIStatusError) -> str:
    unforeseen = error.status_code >= 500 or error.code not in NEXT_STEPS
    return f", correlation id {error.correlation_id}" if unforeseen and error.correlation_id else ""


def command(error: Exception) -> str:
    """Return what was asked for when an error came: the API's own verb."""
    if isinstance(error, ActionFailed):
        return str(error.action.command)
    if not isinstance(error, APIError) or error.request is None:
        return ""
    path = error.request.url.partition("?")[0].rstrip("/")
    if "/actions/" in path:
        return path.rpartition("/")[2]
    return {"POST": "create", "PUT": "update", "DELETE": "delete"}.get(error.request.method, "read")
