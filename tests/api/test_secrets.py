"""Places where a secret could show, each looked into: none does."""

import asyncio
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from hetzner import APIError, AsyncHetzner, ConfigError, Hetzner
from hetzner.api.errors import APIStatusError
from hetzner.api.secrets import Secret, forget_frames, scrubber
from hetzner.schema.server_actions import ActionRequestConsoleResponse, RootPasswordResponse
from hetzner.schema.servers import ServerCreateResponse
from tests.scripted import Scripted, error, ok

TOKEN = "Tk9" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3z" + "0" * 4 + "qwertyuiopasdfghjklzxcv"
USER_DATA = "#cloud-config-hush-hush"
PASSWORD = "correct-horse-battery"
SECRETS = (TOKEN, TOKEN[:32], TOKEN[-32:], USER_DATA, PASSWORD)
CREATED = {
    "server": {"id": 1, "name": "web"},
    "action": {"id": 2},
    "next_actions": [],
    "root_password": PASSWORD,
}


def clean(*texts: object) -> bool:
    """Tell whether no secret stands in any of these texts."""
    return not [secret for text in texts for secret in SECRETS if secret in str(text)]


def everything_in(thing: Any, depth: int = 6, seen: set[int] | None = None) -> Iterator[str]:
    """Yield the repr of an object and of all that its attributes lead to."""
    seen = set() if seen is None else seen
    if depth == 0 or id(thing) in seen:
        return
    seen.add(id(thing))
    yield repr(thing)
    below = list(vars(thing).values()) if hasattr(thing, "__dict__") else []
    below += list(thing.values()) if isinstance(thing, dict) else []
    for each in below:
        yield from everything_in(each, depth - 1, seen)


def create(client: Hetzner) -> Any:
    """Create a server with user data."""
    return client.servers.create(name="web", server_type="cx23", image="debian-13", user_data=USER_DATA)


ECHO = error(
    422, "invalid_input", f"bad: {USER_DATA} and {TOKEN[:30]}", details={"user_data": "x", "why": [USER_DATA]}
)
ANSWERS: dict[str, Any] = {
    "refused": ECHO,
    "half the token": error(429, "rate_limit_exceeded", f"too many requests of {TOKEN[:32]}"),
    "lost": httpx.ReadError("lost"),
    "late": httpx.ReadTimeout("late"),
    "unreadable": httpx.Response(201, text='{"root_password": "' + PASSWORD + '", '),
    "not an object": httpx.Response(201, json=[PASSWORD, USER_DATA]),
    "wrong": httpx.Response(201, json={**CREATED, "action": 5}),
    "echoing text": httpx.Response(500, text=USER_DATA + TOKEN),
}
CALLS: dict[str, Callable[[Hetzner], Any]] = {
    "create": create,
    "raw post": lambda client: client.post(
        "/servers", cast_to=dict, body={"user_data": USER_DATA, "name": "w"}
    ),
    "raw": lambda client: client.raw(client.servers.actions.rebuild, 1, image=2, user_data=USER_DATA),
}


@pytest.mark.parametrize("how", CALLS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_error_shows_no_secret(answer: str, how: str, caplog: pytest.LogCaptureFixture) -> None:
    """No error, traceback (even with variables), nor debug log shows token, user data or password."""
    caplog.set_level(logging.DEBUG)
    strict = answer == "wrong"
    script = Scripted(ANSWERS[answer])
    client = Hetzner(api_token=TOKEN, transport=script, max_retries=1, _strict_response_validation=strict)
    try:
        CALLS[how](client)
    except APIError as caught:  # inside, format_exc() sees it
        with_variables = "".join(
            traceback.TracebackException.from_exception(caught, capture_locals=True).format()
        )
        assert clean(str(caught), repr(caught), with_variables, traceback.format_exc())  # noqa: PT017
        if isinstance(caught, APIStatusError):
            assert clean(caught.message, caught.details, caught.body, caught.fields)  # noqa: PT017
    else:
        assert (answer, how) != ("refused", how)
    assert clean(caplog.text)


def test_an_awaited_error_shows_no_secret() -> None:
    """The same for the awaited client."""

    async def call() -> None:
        async with AsyncHetzner(api_token=TOKEN, transport=Scripted(ECHO)) as client:
            await client.servers.create(name="web", server_type="a", image="b", user_data=USER_DATA)

    with pytest.raises(APIError) as caught:
        asyncio.run(call(), debug=True)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [str(frame.locals) for frame in shown.stack if frame.filename.find("/hetzner/") > 0]
    assert len(ours) >= 2
    assert clean(str(caught.value), *ours)


def test_wrong_arguments_show_no_secret() -> None:
    """A TypeError about one argument does not show the others."""
    client = Hetzner(api_token=TOKEN, transport=Scripted(ok()))
    with pytest.raises(TypeError) as caught:
        client.servers.create(name="web", user_data=USER_DATA)  # type: ignore[call-arg]
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert clean(*[str(frame.locals) for frame in shown.stack if "/hetzner/" in frame.filename])


@pytest.mark.parametrize("kind", [Hetzner, AsyncHetzner])
def test_a_client_shows_no_secret(kind: type[Any]) -> None:
    """Neither the client nor anything reachable from it by its attributes shows the token."""
    client = kind(api_token=TOKEN)
    assert client.api_token == TOKEN
    assert clean(str(client), *everything_in(client), *everything_in(client.servers.create))
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(client)


def test_models_show_no_secret() -> None:
    """Passwords and console addresses are hidden in repr and str, nested too, and still to be read."""
    created = ServerCreateResponse.model_validate(CREATED)
    rebuilt = RootPasswordResponse.model_validate({"action": {}, "root_password": PASSWORD})
    console = ActionRequestConsoleResponse.model_validate(
        {"password": PASSWORD, "wss_url": f"wss://x/{TOKEN}"}
    )
    newer = RootPasswordResponse.model_validate(
        {"extra": {"deep": [{"password": PASSWORD}]}, "private_key": PASSWORD}
    )
    for model in (created, rebuilt, console, newer):
        assert clean(repr(model), str(model), repr([model]), f"{ {'a': model} }")
        assert "[hidden]" in repr(model)
    assert (created.root_password, console.password) == (PASSWORD, PASSWORD)
    assert created.to_dict()["root_password"] == PASSWORD
    assert "root_password=None" in repr(RootPasswordResponse.model_validate({"root_password": None}))


def test_answers_show_no_secret() -> None:
    """A raw answer and a page show neither body nor headers."""
    client = Hetzner(api_token=TOKEN, transport=Scripted(ok(**CREATED)))
    response = client.raw(client.servers.create, name="web", server_type="a", image="b", user_data=USER_DATA)
    assert clean(repr(response), str(response), repr(response.request))
    operation: Any = client.servers.create
    assert clean(repr(operation.request(name="w", server_type="a", image="b", user_data=USER_DATA)))


def test_debug_logs_show_no_secret() -> None:
    """With everything at DEBUG, ours, httpx's and httpcore's, a call over a socket logs no secret."""
    from tests.faulty import raw_server, wire

    text = io.StringIO()
    handler = logging.StreamHandler(text)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        answer = wire(201, b'{"root_password": "' + PASSWORD.encode() + b'"}')
        with raw_server(answer) as (url, asked), Hetzner(api_token=TOKEN, base_url=url) as client:
            create(client)
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert TOKEN.encode() in asked[0]
    assert "POST" in text.getvalue()
    assert clean(text.getvalue())


def test_a_log_line_is_one_line() -> None:
    """A path cannot write a line of its own into the log."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    log = logging.getLogger("hetzner")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        with pytest.raises(APIError):
            Hetzner(api_token="t", transport=Scripted(error(404)), max_retries=0).get(
                "/a\nFAKE", cast_to=dict
            )
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
    assert "\nFAKE" not in text.getvalue()


def test_a_request_that_breaks_the_rules_shows_no_token() -> None:
    """A header of the wrong type is an error whose variables do not hold the token."""
    client = Hetzner(api_token=TOKEN, transport=Scripted(ok()))
    with pytest.raises(TypeError, match="x-a") as caught:
        client.servers.list(extra_headers={"x-a": 5})  # type: ignore[dict-item]
    assert clean(
        "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    )


def test_a_secret_keeps_itself() -> None:
    """A secret shows its text only by reveal(), and cannot be pickled."""
    secret = Secret("text")
    assert (repr(secret), str(secret), secret.reveal()) == ("Secret(...)", "Secret(...)", "text")
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_the_scrubber_leaves_the_rest() -> None:
    """Words that are not of the token stay, and nested secrets of the request go."""
    scrub = scrubber(Secret(TOKEN), {"targets": [{"private_key": "PEM"}], "password": "pw"})
    assert scrub({"a": ["PEM pw datacenter", 5], "password": "z"}) == {
        "a": ["[hidden] [hidden] datacenter", 5],
        "password": "[hidden]",
    }


@pytest.mark.parametrize("options", [{"base_url": "ftp://nowhere"}, {"base_url": "https://a/?x"}, {}])
@pytest.mark.parametrize("source", ["argument", "variable", "file"])
def test_a_client_that_cannot_be_made_shows_no_token(
    options: dict[str, str], source: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An error of the settings has no variables in which the token or the environment stands."""
    token = TOKEN + ("" if "base_url" in options else "\n")
    (tmp_path / "cli.toml").write_text(
        f"active_context = 'a'\n[[contexts]]\nname = 'a'\ntoken = {json.dumps(token)}\n"
    )
    given = {"argument": {"api_token": token}, "variable": {}, "file": {}}[source]
    monkeypatch.setenv("HCLOUD_CONFIG", str(tmp_path / "cli.toml"))
    monkeypatch.delenv("HETZNER_API_TOKEN", raising=False)
    monkeypatch.delenv("HCLOUD_TOKEN", raising=False)
    if source == "variable":
        monkeypatch.setenv("HCLOUD_TOKEN", token)
    with pytest.raises(ConfigError) as caught:
        Hetzner(**given, **options)  # type: ignore[arg-type]
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [str(frame.locals) for frame in shown.stack if "/hetzner/" in frame.filename]
    assert len(ours) == 2
    assert clean(str(caught.value), *ours)


def test_the_frames_of_errors_that_follow_from_each_other() -> None:
    """An error that was raised again while what it had led to was handled is no reason to look for ever."""
    first, second = ValueError("first"), ValueError("second")
    with suppress(ValueError):
        raise first
    with suppress(ValueError):
        raise second from first
    first.__context__ = second
    forget_frames(second)
    assert [each.__traceback__ for each in (first, second)] == [None, None]
