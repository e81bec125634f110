"""The tree of errors: which one is raised, what it carries, where it can go."""

import asyncio
import copy
import pickle

import httpx
import pytest

import hetzner
from hetzner import APIError, APIStatusError, Hetzner
from hetzner.api import errors
from hetzner.api.hints import HINTS
from hetzner.schema.actions import Action
from tests.scripted import Scripted, error

CLASSES = {
    400: hetzner.BadRequestError, 401: hetzner.AuthenticationError, 403: hetzner.PermissionDeniedError,
    404: hetzner.NotFoundError, 409: hetzner.ConflictError, 422: hetzner.UnprocessableEntityError,
    429: hetzner.RateLimitError, 500: hetzner.InternalServerError, 503: hetzner.InternalServerError,
    405: APIStatusError, 412: APIStatusError, 423: APIStatusError, 302: APIStatusError,
}  # fmt: skip
INVALID = error(
    422,
    "invalid_input",
    "invalid input in field 'name'",
    details={"fields": [{"name": "name", "messages": ["is too long", "is taken"]}]},
    headers={"x-correlation-id": "abc123"},
)


def raised(answer: httpx.Response) -> APIStatusError:
    """Return the error that this answer becomes."""
    with pytest.raises(APIStatusError) as caught:
        Hetzner(api_token="token", transport=Scripted(answer), max_retries=0).servers.retrieve(1)
    return caught.value


@pytest.mark.parametrize("status", CLASSES)
def test_each_status_has_its_class(status: int) -> None:
    """A status becomes exactly the documented class, below APIStatusError and APIError."""
    found = raised(error(status, "some_code"))
    assert type(found) is CLASSES[status]
    assert isinstance(found, APIError)
    assert (found.status_code, found.code) == (status, "some_code")


def test_an_error_tells_all_it_knows() -> None:
    """What the API says, what was asked and what came are attributes, and the text has the gist."""
    found = raised(INVALID)
    assert found.fields == {"name": ["is too long", "is taken"]}
    assert found.details == {"fields": [{"name": "name", "messages": ["is too long", "is taken"]}]}
    assert found.correlation_id == "abc123"
    assert found.response.status_code == 422
    assert found.response.json()["error"]["code"] == "invalid_input"
    assert isinstance(found.body, dict)
    assert found.request is not None
    assert (found.request.method, found.request.url) == ("GET", "https://api.hetzner.cloud/v1/servers/1")
    assert found.message == str(found)
    for part in (
        "GET",
        "/servers/1",
        "invalid input",
        "invalid_input",
        "422",
        "abc123",
        "name: is too long, is taken",
    ):
        assert part in str(found)


def test_advice_is_given_where_there_is_some() -> None:
    """A token that may only read is told what to do."""
    assert "read and write" in str(raised(error(403, "token_readonly")))


def test_everything_raised_on_purpose_has_one_root() -> None:
    """All errors are HetznerErrors, all but the configuration's are APIErrors, and all are exported."""
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)]
    for kind in kinds:
        assert issubclass(kind, hetzner.HetznerError)
        assert issubclass(kind, APIError) or kind in (hetzner.HetznerError, hetzner.ConfigError)
        assert getattr(hetzner, kind.__name__) is kind
    assert issubclass(hetzner.APITimeoutError, hetzner.APIConnectionError)


def test_errors_can_be_pickled_and_copied() -> None:
    """An error goes between processes with all that it carries."""
    for twin in (pickle.loads(pickle.dumps(raised(INVALID))), copy.deepcopy(raised(INVALID))):  # noqa: S301
        assert type(twin) is hetzner.UnprocessableEntityError
        assert (str(twin), twin.fields, twin.maybe_done) == (
            str(raised(INVALID)),
            raised(INVALID).fields,
            False,
        )


def test_the_defaults_of_the_documented_constructors() -> None:
    """Connection errors made without a text have the documented one."""
    assert str(hetzner.APIConnectionError()) == "Connection error."
    assert str(hetzner.APITimeoutError()) == "Request timed out."


def test_an_error_says_what_to_do_about_it() -> None:
    """The hint is an attribute and the end of the text; where nobody knows one, there is none."""
    found = raised(error(423, "locked", "server is locked"))
    assert found.hint == "something else is changing it; try again when that is over"
    assert str(found).endswith(f"; {found.hint}")
    assert raised(error(418, "some_code", "so what")).hint == ""
    assert APIError("no answer").hint == ""
    action = Action.model_validate(
        {"id": 1, "command": "start_server", "error": {"code": "action_failed", "message": "no"}}
    )
    assert str(hetzner.ActionFailed([action])).endswith(f"(action_failed); {HINTS['action_failed']}")


@pytest.mark.parametrize(
    ("broken", "hint"),
    [
        (httpx.ReadTimeout("late"), "more seconds with timeout="),
        (httpx.ConnectError("refused"), "check the network, a proxy, and base_url"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] no"), "SSL_CERT_FILE"),
    ],
)
def test_where_no_answer_came_it_says_what_to_do(broken: Exception, hint: str) -> None:
    """A timeout, a network that is down and a certificate nobody trusts have hints of their own."""

    async def call() -> None:
        async with hetzner.AsyncHetzner(
            api_token="token", transport=Scripted(broken), max_retries=0
        ) as awaited:
            await awaited.servers.list()

    with pytest.raises(hetzner.APIConnectionError) as blocking:
        hetzner.Hetzner(api_token="token", transport=Scripted(broken), max_retries=0).servers.list()
    with pytest.raises(hetzner.APIConnectionError) as suspending:
        asyncio.run(call())
    for found in (blocking.value, suspending.value, pickle.loads(pickle.dumps(blocking.value))):  # noqa: S301
        assert hint in found.hint
        assert str(found).endswith(f"; {found.hint}")
        assert isinstance(found, hetzner.APITimeoutError) == isinstance(broken, httpx.TimeoutException)


def test_a_closed_client_says_so() -> None:
    """No network is to blame when the client is closed."""
    client = hetzner.Hetzner(api_token="token", transport=Scripted(error(500)))
    client.close()
    with pytest.raises(hetzner.APIConnectionError, match="the client is closed; make a new one"):
        client.servers.list()


def test_a_message_is_not_repeated() -> None:
    """What is wrong with a field is told once, in the API's sentence or after it."""
    details = {"fields": [{"name": "name", "messages": ["is taken", "is odd"]}]}
    told = str(raised(error(422, "invalid_input", "'name' is taken", details=details)))
    assert told.endswith("): name: is odd")
    assert told.count("is taken") == 1
