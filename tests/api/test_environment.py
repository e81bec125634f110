"""What a client takes from the environment and from the contexts of the official command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hetzner import AsyncHetzner, ConfigError, Hetzner
from hetzner.api import logs
from hetzner.api.contexts import config_path
from hetzner.api.durations import seconds_of
from hetzner.api.waiting import Watch
from hetzner.schema.actions import Action
from tests.scripted import Scripted, page

CONFIG = """
active_context = "shop"

[preferences]
poll_interval = "2s"
quiet = true

[[contexts]]
name = "shop"
token = "shop-token"

[[contexts]]
name = "blog"
token = "blog-token"

[contexts.preferences]
endpoint = "https://blog.example/v1"
http_timeout = "1m30s"

[[contexts]]
name = "empty"
"""


@pytest.fixture(autouse=True)
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file with contexts, and an environment that says nothing else."""
    for name in ("HETZNER_API_TOKEN", "HCLOUD_TOKEN", "HCLOUD_TOKEN_FILE", "HCLOUD_ENDPOINT",
                 "HETZNER_ENDPOINT", "HCLOUD_CONTEXT", "HCLOUD_DEBUG"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "cli.toml"
    path.write_text(CONFIG)
    path.chmod(0o600)
    monkeypatch.setenv("HCLOUD_CONFIG", str(path))
    return path


def sent(**options: Any) -> httpx.Request:
    """Return the request for a list by a client with these options."""
    script = Scripted(page("servers", []))
    with Hetzner(transport=script, **options) as client:
        client.servers.list()
    return script.requests[0]


def test_the_active_context_is_the_last_resort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its token is used when nothing else has one, and the client tells where it is from."""
    assert sent().headers["authorization"] == "Bearer shop-token"
    assert Hetzner().token_source == "context shop"
    monkeypatch.setenv("HCLOUD_TOKEN", "variable")
    assert sent().headers["authorization"] == "Bearer variable"
    assert AsyncHetzner().token_source == "HCLOUD_TOKEN"
    assert Hetzner(api_token="given").token_source == "api_token"
    assert Hetzner().with_options(api_token="given").token_source == "api_token"


def test_a_context_is_chosen_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The argument wins over all variables, HCLOUD_CONTEXT only over the active context."""
    monkeypatch.setenv("HCLOUD_CONTEXT", "blog")
    assert sent().headers["authorization"] == "Bearer blog-token"
    monkeypatch.setenv("HCLOUD_TOKEN", "variable")
    assert sent().headers["authorization"] == "Bearer variable"
    assert sent(context="shop").headers["authorization"] == "Bearer shop-token"
    assert sent(context="shop", api_token="given").headers["authorization"] == "Bearer given"


def test_the_preferences_of_a_context_come_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its endpoint gets its token, variables win over it, and its durations are those of the client."""
    client = Hetzner(context="blog")
    assert client.base_url == "https://blog.example/v1"
    assert (client.timeout, client._core.poll_interval) == (90.0, 2.0)
    assert Hetzner(context="blog", timeout=5).timeout == 5
    monkeypatch.setenv("HCLOUD_ENDPOINT", "https://other.example/v1")
    assert Hetzner(context="blog").base_url == "https://other.example/v1"
    monkeypatch.setenv("HCLOUD_TOKEN", "variable")
    assert Hetzner().timeout is not client.timeout


def test_a_preferred_endpoint_does_not_show_the_token(config: Path) -> None:
    """An endpoint that is not encrypted is refused here as well."""
    config.write_text(CONFIG.replace("https://blog", "http://blog"))
    with pytest.raises(ConfigError, match="not encrypted"):
        Hetzner(context="blog")


def test_a_sandbox_reads_no_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs no token, so a broken file does not matter."""
    config.write_text("no toml")
    monkeypatch.setenv("HCLOUD_ENDPOINT", "sandbox:")
    assert Hetzner().api_token == "sandbox"


@pytest.mark.parametrize(
    ("text", "context", "told"),
    [
        (CONFIG, "shopp", "there is no context 'shopp'; did you mean 'shop'"),
        (CONFIG, "empty", "'empty' has no token"),
        (CONFIG.replace('"shop"', '"gone"', 1), None, "no context 'gone'"),
        ("active_context =", None, "cannot be read: it is not TOML"),
        (b"\xff", None, "cannot be read: it is not TOML"),
        ("", None, "no API token"),
        ("contexts = 5", "shop", "there is no context"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(
    config: Path, text: str | bytes, context: str | None, told: str
) -> None:
    """The error names the file and never shows a token."""
    config.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError, match=told) as caught:
        Hetzner(context=context)
    assert "-token" not in str(caught.value)


def test_a_missing_file_is_an_error_only_when_it_was_asked_for(config: Path) -> None:
    """Who names a context hears that there is no file; else there is just no token."""
    config.unlink()
    with pytest.raises(ConfigError, match=r"cli\.toml: cannot be read: FileNotFoundError"):
        Hetzner(context="shop")
    with pytest.raises(ConfigError, match=r"no API token.*HCLOUD_CONTEXT"):
        Hetzner()


def test_a_file_that_others_may_read_is_warned_of(config: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Tokens in it are open to all users of the machine, which is said once; a file of 0600 is fine."""
    Hetzner()
    assert caplog.messages == []
    config.chmod(0o644)
    Hetzner()
    Hetzner()
    assert caplog.messages == [f"{config} holds tokens and others may read it: chmod 600 it"]


def test_where_the_file_is() -> None:
    """HCLOUD_CONFIG says it, else it is below the home directory, whatever XDG says."""
    assert config_path({"HCLOUD_CONFIG": "/etc/x.toml"}) == Path("/etc/x.toml")
    found = config_path({"HOME": "/home/me", "XDG_CONFIG_HOME": "/elsewhere"})
    assert found == Path("/home/me/.config/hcloud/cli.toml")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("500ms", 0.5), ("30s", 30), ("1m30s", 90), ("1.5h", 5400), (".5s", 0.5), ("0", 0), ("100µs", 1e-4)],
)
def test_durations(text: str, seconds: float) -> None:
    """They are written as the official tools take them."""
    assert seconds_of(text, "x") == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["5", "s", "-1s", "1s ", "1 s", "1d", "1s2", "ms1", "1..5s", "\u0661s"])
def test_what_is_no_duration(text: str) -> None:
    """Anything else is an error that names the variable."""
    with pytest.raises(ConfigError, match=r"HCLOUD_X: .* is no duration; write it like 500ms"):
        seconds_of(text, "HCLOUD_X")


def test_the_timeout_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """HCLOUD_HTTP_TIMEOUT is the default, 0 is no limit, and what is given wins."""
    monkeypatch.setenv("HCLOUD_HTTP_TIMEOUT", "20s")
    assert Hetzner().timeout == 20
    assert Hetzner(timeout=None).timeout is None
    monkeypatch.setenv("HCLOUD_HTTP_TIMEOUT", "0")
    assert Hetzner().timeout is None
    monkeypatch.setenv("HCLOUD_HTTP_TIMEOUT", "soon")
    with pytest.raises(ConfigError, match="HCLOUD_HTTP_TIMEOUT: 'soon' is no duration"):
        Hetzner()


def test_the_poll_interval_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """HCLOUD_POLL_INTERVAL is the shortest time between two looks at an action, and never none at all."""
    monkeypatch.setenv("HCLOUD_POLL_INTERVAL", "7s")
    running = Action.model_validate({"id": 1, "status": "running", "progress": 0})
    watch = Watch(Hetzner()._core.poll_interval)
    watch.add(running, 0)
    assert watch.next_look() == 7
    watch.learn([running], 7)
    assert watch.next_look() == 14
    hasty = Watch(0)
    hasty.add(running, 0)
    assert hasty.next_look() == 0.1


@pytest.fixture
def debugging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """HCLOUD_DEBUG is on, and what it changes is undone."""
    monkeypatch.setenv("HCLOUD_DEBUG", "true")
    yield
    for handler in logs._shown:
        logs.log.removeHandler(handler)
        handler.close()
    logs._shown.clear()
    logs.log.setLevel(logging.NOTSET)


@pytest.mark.usefixtures("debugging")
def test_debugging_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request of every client is one line in it, without the token; the file is its owner's only."""
    monkeypatch.setenv("HCLOUD_DEBUG_FILE", str(tmp_path / "log"))
    sent()
    sent()
    told = (tmp_path / "log").read_text()
    assert told.count("GET https://api.hetzner.cloud/v1/servers -> 200") == 2
    assert len(told.splitlines()) == 2
    assert "shop-token" not in told
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("debugging")
def test_debugging_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file it is shown where errors are; a program without HCLOUD_DEBUG shows nothing."""
    sent()
    assert "GET https://api.hetzner.cloud/v1/servers -> 200" in capsys.readouterr().err


@pytest.mark.usefixtures("debugging")
def test_debugging_into_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that cannot be written is named."""
    monkeypatch.setenv("HCLOUD_DEBUG_FILE", str(tmp_path / "none" / "log"))
    with pytest.raises(ConfigError, match=r"HCLOUD_DEBUG_FILE: cannot write .*none/log"):
        Hetzner()


def test_without_debugging_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that says nothing about logging is left alone."""
    sent()
    assert capsys.readouterr().err == ""
    assert logs._shown == []


def test_an_application_introduces_itself() -> None:
    """Its name and version stand before ours, and cannot break the header."""
    assert (
        sent(application_name="shop", application_version="1.2")
        .headers["user-agent"]
        .startswith("shop/1.2 hetzner-python/")
    )
    assert sent(application_name="shop").headers["user-agent"].startswith("shop hetzner-python/")
    assert Hetzner(application_name="shop").with_options(timeout=1).user_agent.startswith("shop hetz")
    with pytest.raises(ValueError, match="one line"):
        Hetzner(application_name="a\r\nb")


@pytest.mark.parametrize("wrong", [5, b"token", ["token"]])
def test_a_token_is_text(wrong: Any) -> None:
    """Anything else is a TypeError that says so, and does not show it."""
    with pytest.raises(TypeError, match=r"an API token must be text, not (int|bytes|list)$"):
        Hetzner(api_token=wrong)
