"""The first line of a plan says whose project it is, and by which token, without showing it."""

from __future__ import annotations

import asyncio

import pytest

from hetzner.api.client import AsyncHetzner
from hetzner.cli.session import Session
from hetzner.cli.wishes import Setting

TOKEN = "a" * 60 + "f3a9"  # made up


def told() -> tuple[str, str]:
    """Return what a session says of a client's project, and the endpoint that a saved plan keeps."""

    async def work() -> tuple[str, str]:
        async with AsyncHetzner() as client:
            session = Session(Setting())
            return session.where(client), session.endpoint(client)

    return asyncio.run(work())


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HCLOUD_ENDPOINT", "HETZNER_API_TOKEN", "HCLOUD_TOKEN", "HCLOUD_CONTEXT"):
        monkeypatch.delenv(name, raising=False)


def test_source_and_end_of_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names where the token comes from and its last four characters, no more of it."""
    monkeypatch.setenv("HCLOUD_TOKEN", TOKEN)
    where, endpoint = told()
    assert where == "api.hetzner.cloud · token HCLOUD_TOKEN …f3a9"
    assert "aa" not in where
    assert endpoint == "https://api.hetzner.cloud/v1"


def test_nothing_of_a_short_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a token so short that four characters would tell a lot, none are shown."""
    monkeypatch.setenv("HETZNER_API_TOKEN", "short")
    assert told()[0] == "api.hetzner.cloud · token HETZNER_API_TOKEN"


def test_a_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox has no token that would matter."""
    monkeypatch.setenv("HCLOUD_ENDPOINT", "sandbox:?scale=10")
    assert told() == ("sandbox", "sandbox:")
