"""One call: its attempts, what is known after each of them, and whether another one is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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
    from tenacity import RetryCallState

    from hetzner.api.core import Core
    from hetzner.schema.operation import Request

CALL_DEADLINE = 120.0
"""Seconds after which a call is not tried again."""
THROTTLED_DEADLINE = 300.0
"""The same while the API only says that there were too many requests."""
BUSY = frozenset({"locked", "conflict"})
"""What the API says of an object while an action changes it."""


class Delivery:
    """A request on its way, with what its attempts have told so far."""

    def __init__(self, core: Core, request: Request) -> None:
        self.core, self.request = core, recovery.prepared(core, request)
        self.attempts = 0
        self.ambiguous = False
        """Whether an earlier attempt may have been carried out."""
        self.outcome = Outcome.NOT_SENT
        self.unknown: APIError | None = None
        """Why nobody knows what became of the last attempt."""
        self.blind = False
        """Whether looking for it failed too."""
        self.first_error: APIError | None = None
        self.began = core.port.clock.now()
        self.first_sent = 0.0
        self.waits = 0
        """How often it was only told to wait, which counts as no retry."""

    async def run(self) -> tuple[Any, Response]:
        """Deliver the request; returns the decoded answer and the answer as it came."""
        try:
            found = await self._tried()
        except APIError as error:
            error.maybe_done = self.ambiguous
            last = await self._last_look()
            if last is None:
                if self.outcome is Outcome.AMBIGUOUS and recovery.repeat_of(self.request) is not Repeat.SAFE:
                    error.tell_maybe_done()
                raise
            found = last
        if self.attempts == 1:
            self.core.budget.success()
        if self.request.operation.verb != "GET":
            self.core.claims.add(found[0])
        return found

    async def _tried(self) -> tuple[Any, Response]:
        """Make a first attempt, and only when it fails set up what decides about more: that is not cheap."""
        try:
            return await self._attempt()
        except APIError as error:
            self.first_error = error
        from tenacity import AsyncRetrying

        retrying = AsyncRetrying(
            sleep=self.core.port.sleep,
            stop=self._stop,
            wait=self._wait,
            retry=self._retry,
            before_sleep=self._note,
            reraise=True,
        )
        answer: tuple[Any, Response] = await retrying(self._next)
        return answer

    async def _next(self) -> tuple[Any, Response]:
        if (error := self.first_error) is not None:
            self.first_error = None
            raise error
        return await self._attempt()

    async def _attempt(self) -> tuple[Any, Response]:
        if self.outcome is Outcome.AMBIGUOUS and (found := await self._found_in_time()) is not None:
            return found
        await self.core.paced(self.request)
        if not self.attempts:
            self.first_sent = self.core.port.wall()
        self.attempts += 1
        try:
            response = await self.core.exchange(self.request)
        except Failure as failure:
            error = _connection_error(failure, self._sent(), self.core.scrub(self.request))
            self._learn(_outcome_of_failure(failure), error)
            raise error from failure.__cause__
        if not response.is_success:
            return await self._refused(response)
        try:
            return self.core.decode(self.request, response), response
        except Unreadable as unreadable:
            text = f"{response.request}: unreadable answer: {unreadable}"
            broken = APIResponseValidationError(text, response)
            self._learn(Outcome.AMBIGUOUS, broken)
            raise broken from unreadable
        except APIResponseValidationError:
            self.ambiguous, self.outcome = True, Outcome.FATAL
            raise

    async def _refused(self, response: Response) -> tuple[Any, Response]:
        try:
            body = response.json()
        except ValueError:
            body = response.text
        error = status_error(response, body, self.core.scrub(self.request))
        if self.ambiguous and (found := await self._explained(error, response)) is not None:
            return found
        self._learn(outcome_of(error.status_code, error.code), error)
        if self._is_held_up_by_itself(error):
            self.outcome = Outcome.REJECTED
            self.waits += 1
        raise error

    def _is_held_up_by_itself(self, error: APIStatusError) -> bool:
        """Tell whether the action of an earlier attempt may be what the object is busy with."""
        operation = self.request.operation
        begins_an_action = operation.repeat is Repeat.SAFE and operation.command is not None
        return self.ambiguous and begins_an_action and error.code in BUSY

    async def _explained(self, error: APIStatusError, response: Response) -> tuple[Any, Response] | None:
        """Return the answer when the refusal only shows that an earlier attempt was carried out."""
        if self.request.operation.verb == "DELETE" and isinstance(error, NotFoundError):
            gone = Response(204, {}, b"", response.request)
            return self.core.decode(self.request, gone), gone
        if outcome_of(error.status_code, error.code) is not Outcome.FATAL:
            return None
        return await self._adopted()

    async def _adopted(self) -> tuple[Any, Response] | None:
        response = await recovery.find(self.core, self.request, self.first_sent)
        return None if response is None else (self.core.decode(self.request, response), response)

    async def _last_look(self) -> tuple[Any, Response] | None:
        """Look for the result of a last attempt whose outcome is unknown, as long as it may take to show."""
        if self.outcome is not Outcome.AMBIGUOUS or self.blind or not self.core.max_retries:
            return None
        try:
            return await self._found_in_time()
        except APIError:
            return None

    async def _found_in_time(self) -> tuple[Any, Response] | None:
        """Look for what an earlier attempt did; raises the error of that attempt when looking fails."""
        try:
            for pause in recovery.pauses(self.request):
                await self.core.port.sleep(pause)
                if (found := await self._adopted()) is not None:
                    return found
            return None
        except APIError as error:
            failure = error
        self.blind = True  # out here, since neither error shall become the reason of the other one
        raise self.unknown or failure

    def _learn(self, outcome: Outcome, error: APIError) -> None:
        self.outcome = outcome
        if outcome is Outcome.AMBIGUOUS:
            self.ambiguous, self.unknown, self.blind = True, error, False

    def _sent(self) -> Sent:
        return self.core.outgoing(self.request).sent

    def _retry(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        closed: bool = self.core.port.closed
        if not isinstance(error, APIError) or self.outcome is Outcome.FATAL or closed:
            return False
        if self.core.patient and self._throttled(state):
            self.waits += 1
            return True
        if self.outcome is Outcome.AMBIGUOUS and recovery.repeat_of(self.request) is Repeat.NEVER:
            return False
        if state.attempt_number - self.waits > self.core.max_retries:
            return False
        budget: Budget = self.core.budget
        return budget.spend(self.outcome)

    def _stop(self, state: RetryCallState) -> bool:
        if self.core.patient and self._throttled(state):
            self.began += state.upcoming_sleep  # waiting for the rate limit is no part of the call
            return False
        limit = THROTTLED_DEADLINE if self._throttled(state) else CALL_DEADLINE
        spent: float = self.core.port.clock.now() - self.began
        return spent + state.upcoming_sleep > limit

    def _wait(self, state: RetryCallState) -> float:
        throttled = self._throttled(state)
        pause = backoff(state.attempt_number, self.outcome, throttled, self.core.random)
        error = state.outcome.exception() if state.outcome else None
        return max(pause, _retry_after(error))

    def _note(self, state: RetryCallState) -> None:
        pause = state.upcoming_sleep
        log.info("%s: %s, trying again in %.1f s", one_line(str(self._sent())), self.outcome.value, pause)
        if self._throttled(state):
            self.core.pausing(pause)

    def _throttled(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        return isinstance(error, APIStatusError) and error.status_code == 429


def _retry_after(error: BaseException | None) -> float:
    """Return the seconds that the answer asks to wait, at most a minute."""
    if not isinstance(error, APIStatusError):
        return 0.0
    asked = error.response.headers.get("retry-after", "")
    return min(60.0, float(asked)) if asked.isdecimal() else 0.0


def _outcome_of_failure(failure: Failure) -> Outcome:
    if failure.hopeless:
        return Outcome.FATAL
    return Outcome.AMBIGUOUS if failure.sent else Outcome.NOT_SENT


def _connection_error(failure: Failure, sent: Sent, scrub: Callable[[str], str]) -> APIConnectionError:
    from hetzner.api.hints import hint_without_answer  # only what went wrong needs it

    kind, text = APIConnectionError, f"Connection error. {one_line(scrub(str(failure)))}".rstrip()
    if failure.timed_out:
        kind, text = APITimeoutError, "Request timed out."
    hint = hint_without_answer(text, failure.timed_out)
    return kind(f"{sent}: {text.removesuffix('.')}; {hint}", sent)
