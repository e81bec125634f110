"""One call: its attempts, what is known after each of them, and whether another one is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenacity import AsyncRetrying, RetryCallState

from hetzner.api import recovery
from hetzner.api.decode import Unreadable
from hetzner.api.errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    NotFoundError,
    status_error,
)
from hetzner.api.logs import log, one_line
from hetzner.api.message import Failure, Response, Sent
from hetzner.api.retry import Budget, Outcome, backoff, outcome_of
from hetzner.schema.facts import Repeat

if TYPE_CHECKING:
    from hetzner.api.core import Core
    from hetzner.schema.operation import Request

CALL_DEADLINE = 120.0
"""Seconds after which a call is not tried again."""
THROTTLED_DEADLINE = 300.0
"""The same while the API only says that there were too many requests."""


class Delivery:
    """A request on its way, with what its attempts have told so far."""

    def __init__(self, core: Core, request: Request) -> None:
        self.core, self.request = core, recovery.prepared(core, request)
        self.attempts = 0
        self.ambiguous = False
        """Whether an earlier attempt may have been carried out."""
        self.outcome = Outcome.NOT_SENT
        self.began = core.port.clock.now()
        self.first_sent = core.port.clock.wall()

    async def run(self) -> tuple[Any, Response]:
        """Deliver the request; returns the decoded answer and the answer as it came."""
        retrying = AsyncRetrying(
            sleep=self.core.port.sleep, stop=self._stop, wait=self._wait, retry=self._retry, reraise=True
        )
        try:
            answer: tuple[Any, Response] = await retrying(self._attempt)
        except APIError as error:
            error.maybe_done = self.ambiguous
            found = await self._last_look(error)
            if found is None:
                raise
            return found
        if self.attempts == 1:
            self.core.budget.success()
        return answer

    async def _attempt(self) -> tuple[Any, Response]:
        if self.outcome is Outcome.AMBIGUOUS and (found := await self._found_in_time()) is not None:
            return found
        self.attempts += 1
        try:
            response = await self.core.exchange(self.request)
        except Failure as failure:
            self._learn(Outcome.AMBIGUOUS if failure.sent else Outcome.NOT_SENT)
            raise _connection_error(failure, self._sent()) from failure.__cause__
        if not response.is_success:
            return await self._refused(response)
        try:
            return self.core.decode(self.request, response), response
        except Unreadable as error:
            self._learn(Outcome.AMBIGUOUS)
            raise APIResponseValidationError(f"{response.request}: unreadable answer: {error}", response) from error
        except APIResponseValidationError:
            self.outcome = Outcome.FATAL
            raise

    async def _refused(self, response: Response) -> tuple[Any, Response]:
        try:
            body = response.json()
        except ValueError:
            body = response.text
        error = status_error(response, body, self.core.scrub(self.request))
        if self.ambiguous and (found := await self._explained(error, response)) is not None:
            return found
        self._learn(outcome_of(error.status_code, error.code))
        raise error

    async def _explained(self, error: APIStatusError, response: Response) -> tuple[Any, Response] | None:
        """Return the answer when the refusal only shows that an earlier attempt was carried out."""
        if self.request.operation.verb == "DELETE" and isinstance(error, NotFoundError):
            gone = Response(204, {}, b"", response.request)
            return self.core.decode(self.request, gone), gone
        if self.request.operation.repeat is Repeat.SAFE or outcome_of(error.status_code, error.code) is not Outcome.FATAL:
            return None
        return await self._adopted()

    async def _adopted(self) -> tuple[Any, Response] | None:
        if self.request.operation.repeat is Repeat.SAFE:
            return None
        response = await recovery.find(self.core, self.request, self.first_sent)
        return None if response is None else (self.core.decode(self.request, response), response)

    async def _last_look(self, error: APIError) -> tuple[Any, Response] | None:
        """Look for the result of a last attempt whose outcome is unknown, for as long as it may take to show."""
        if self.outcome is not Outcome.AMBIGUOUS:
            return None
        try:
            return await self._found_in_time()
        except APIError:
            return None

    async def _found_in_time(self) -> tuple[Any, Response] | None:
        for pause in recovery.pauses(self.request):
            await self.core.port.sleep(pause)
            if (found := await self._adopted()) is not None:
                return found
        return None

    def _learn(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.ambiguous = self.ambiguous or outcome is Outcome.AMBIGUOUS

    def _sent(self) -> Sent:
        return self.core.outgoing(self.request).sent

    def _retry(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        closed: bool = self.core.port.closed
        if not isinstance(error, APIError) or self.outcome is Outcome.FATAL or closed:
            return False
        if self.outcome is Outcome.AMBIGUOUS and self.request.operation.repeat is Repeat.NEVER:
            return False
        if state.attempt_number > self.core.max_retries:
            return False
        budget: Budget = self.core.budget
        return budget.spend(self.outcome)

    def _stop(self, state: RetryCallState) -> bool:
        limit = THROTTLED_DEADLINE if self._throttled(state) else CALL_DEADLINE
        return self.core.port.clock.now() - self.began > limit

    def _wait(self, state: RetryCallState) -> float:
        throttled = self._throttled(state)
        pause = backoff(state.attempt_number, self.outcome, throttled, self.core.random)
        error = state.outcome.exception() if state.outcome else None
        pause = max(pause, _retry_after(error))
        log.info("%s: %s, trying again in %.1f s", one_line(str(self._sent())), self.outcome.value, pause)
        return pause

    def _throttled(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        return isinstance(error, APIStatusError) and error.status_code == 429


def _retry_after(error: BaseException | None) -> float:
    """Return the seconds that the answer asks to wait, at most a minute."""
    if not isinstance(error, APIStatusError):
        return 0.0
    asked = error.response.headers.get("retry-after", "")
    return min(60.0, float(asked)) if asked.isdecimal() else 0.0


def _connection_error(failure: Failure, sent: Sent) -> APIConnectionError:
    if failure.timed_out:
        return APITimeoutError(f"{sent}: Request timed out.", sent)
    return APIConnectionError(f"{sent}: Connection error. {failure}".rstrip(), sent)
