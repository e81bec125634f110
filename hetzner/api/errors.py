"""What can go wrong, as one tree.

::

    HetznerError
    ├── ConfigError                       no token, a token or an endpoint that cannot be used
    └── APIError                          .message .request
        ├── APIConnectionError            no answer; .__cause__ is what the HTTP library raised
        │   └── APITimeoutError
        ├── APIResponseValidationError    an answer that is not what the API promises
        ├── APIStatusError                .status_code .code .details .correlation_id .response .body
        │   ├── BadRequestError 400       ├── NotFoundError 404
        │   ├── AuthenticationError 401   ├── ConflictError 409
        │   ├── PermissionDeniedError 403 ├── UnprocessableEntityError 422
        │   ├── RateLimitError 429        └── InternalServerError 500 and above
        ├── ActionFailed                  .action .failures
        └── ActionTimeout                 .actions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hetzner.api.logs import one_line

if TYPE_CHECKING:
    from hetzner.api.message import Response, Sent
    from hetzner.schema.actions import Action


class HetznerError(Exception):
    """The root of everything this package raises on purpose."""


class ConfigError(HetznerError):
    """A client cannot be made like this: what is missing or wrong, and where it was looked for."""


class APIError(HetznerError):
    """Something went wrong between this program and the API."""

    code: str | None = None
    """The API's error code, where it gave one."""

    def __init__(self, message: str, request: Sent | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.request = request
        self.maybe_done = False
        """Whether the request may have been carried out although it failed."""

    @property
    def hint(self) -> str:
        """What to do about it, where there is something to say; it is part of the message too."""
        from hetzner.api.hints import hint_for  # only what went wrong needs it

        return hint_for(self.code)

    def tell_maybe_done(self) -> None:
        """Say in the message too that the request may have been carried out."""
        from hetzner.api.hints import MAYBE_DONE

        self.message = f"{self.message}; {MAYBE_DONE}"
        self.args = (self.message,)

    def __reduce__(self) -> Any:
        return _rebuilt, (type(self), self.args, self.__dict__)


class APIConnectionError(APIError):
    """No answer came; ``__cause__`` is what the HTTP library raised."""

    def __init__(self, message: str = "Connection error.", request: Sent | None = None) -> None:
        super().__init__(message, request)

    @property
    def hint(self) -> str:
        """What to do about it."""
        from hetzner.api.hints import hint_without_answer

        return hint_without_answer(self.message, isinstance(self, APITimeoutError))


class APITimeoutError(APIConnectionError):
    """No answer came in time."""

    def __init__(self, message: str = "Request timed out.", request: Sent | None = None) -> None:
        super().__init__(message, request)


class APIResponseValidationError(APIError):
    """The answer is not what the API promises."""

    def __init__(self, message: str, response: Response) -> None:
        super().__init__(message, response.request)
        self.response = response
        self.status_code = response.status_code


class APIStatusError(APIError):
    """The API refused: ``code`` says why, ``details`` what is wrong where."""

    def __init__(self, message: str, response: Response, body: object, error: Mapping[str, Any]) -> None:
        super().__init__(message, response.request)
        self.response = response
        self.status_code = response.status_code
        self.body = body
        code = error.get("code")
        self.code = code if isinstance(code, str) else None
        self.details: Any = error.get("details")
        self.correlation_id: str | None = response.headers.get("x-correlation-id")

    @property
    def fields(self) -> dict[str, list[str]]:
        """What is wrong with which field of the request, from ``details``."""
        details = self.details if isinstance(self.details, Mapping) else {}
        fields = details.get("fields")
        return {
            str(field.get("name")): [str(message) for message in field["messages"]]
            for field in (fields if isinstance(fields, list) else [])
            if isinstance(field, Mapping) and isinstance(field.get("messages"), list)
        }


class BadRequestError(APIStatusError):
    """400: the request could not be understood."""


class AuthenticationError(APIStatusError):
    """401: the token is missing, wrong, or may only read."""


class PermissionDeniedError(APIStatusError):
    """403: not allowed, or a limit of the project is reached."""


class NotFoundError(APIStatusError):
    """404: there is no such object."""


class ConflictError(APIStatusError):
    """409: the name is taken, or something else is changing the object."""


class UnprocessableEntityError(APIStatusError):
    """422: the request is understood and cannot be carried out."""


class RateLimitError(APIStatusError):
    """429: too many requests; one more is allowed each second."""


class InternalServerError(APIStatusError):
    """500 and above: the API has a problem of its own."""


class ActionFailed(APIError):
    """An action ended in an error."""

    def __init__(self, failures: Sequence[Action]) -> None:
        self.failures = tuple(failures)
        self.action = self.failures[0]
        self.code = self.action.error.code if self.action.error else None
        told = "; ".join(_failure(action) for action in self.failures)
        super().__init__(one_line(f"{told}; {self.hint}" if self.hint else told))


class ActionTimeout(APIError):
    """Actions are still running after the time they were given; the API goes on with them."""

    def __init__(self, actions: Sequence[Action], seconds: float) -> None:
        self.actions = tuple(actions)
        names = ", ".join(f"{action.command} (id {action.id})" for action in self.actions)
        super().__init__(f"still running after {seconds:g} s: {names}")


def _failure(action: Action) -> str:
    reason = f"{action.error.message} ({action.error.code})" if action.error else "no reason given"
    about = ", ".join(f"{resource.type} {resource.id}" for resource in action.resources or [])
    return f"{action.command} failed{f' on {about}' if about else ''}: {reason}"


def _rebuilt(kind: type[APIError], args: tuple[Any, ...], attributes: dict[str, Any]) -> APIError:
    """Make a pickled error again; its constructor takes other arguments than its text."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


LONGEST = 2000
"""Characters that an answer may add to a message."""
STATUS_CLASSES: Mapping[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def status_error(response: Response, body: object, scrub: Any) -> APIStatusError:
    """Return the error that an answer outside 2xx stands for; ``scrub`` takes secrets out of text."""
    found = body.get("error") if isinstance(body, Mapping) else None
    error: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    message, code = error.get("message"), error.get("code")
    error = {
        **error,
        "code": one_line(code)[:LONGEST] if isinstance(code, str) else None,
        "message": one_line(scrub(message))[:LONGEST] if isinstance(message, str) else "",
        "details": scrub(error.get("details")),
    }
    status = response.status_code
    kind = STATUS_CLASSES.get(status) or (InternalServerError if status >= 500 else APIStatusError)
    return kind(_message(response, error), response, scrub(body), error)


def _message(response: Response, error: Mapping[str, Any]) -> str:
    status = response.status_code
    if not error.get("code"):
        hint = " (redirects are never followed; is the endpoint right?)" if 300 <= status < 400 else ""
        return f"{response.request}: the server answered with status {status}{hint}"
    text = f"{response.request}: {error['message']} ({error['code']}, status {status}"
    if correlation := response.headers.get("x-correlation-id"):
        text += f", correlation id {correlation}"
    probe = APIStatusError("", response, None, error)
    about = one_line("; ".join(_told_anew(probe.fields, error["message"])))[:LONGEST]
    return "; ".join(part for part in (text + ")" + (f": {about}" if about else ""), probe.hint) if part)


def _told_anew(fields: Mapping[str, list[str]], message: str) -> Iterator[str]:
    """Yield what is wrong with each field, unless the message has said it."""
    for name, messages in fields.items():
        if told := ", ".join(each for each in messages if each not in message):
            yield f"{name}: {told}"
