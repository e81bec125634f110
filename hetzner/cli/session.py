"""What every command begins and ends with: two screens, a document, a client, errors as exit codes."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from hetzner.api import settings
from hetzner.api.errors import ConfigError, HetznerError
from hetzner.apply import load
from hetzner.apply.document import Document, DocumentError
from hetzner.apply.document.values import BROKEN, Unknown
from hetzner.apply.saved import SavedPlanError
from hetzner.cli.advice import next_step, reason
from hetzner.cli.exits import ERROR, USAGE, Interrupted
from hetzner.cli.guards import UNCHANGED
from hetzner.cli.screen import Screen
from hetzner.cli.wishes import Setting

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner

SCALE = 10
"""How much faster than real time a sandbox runs: fast, but one sees it work."""
SHORTEST = 32
"""Characters of a token of which the last four tell nothing."""
S = TypeVar("S", bound="Session")


class Session:
    """What one run of a command works with; ``stdout`` is for data, ``stderr`` for everything else."""

    begun = True
    """Whether anything may have been changed; a command that changes things says so when it begins."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.out = Screen(sys.stdout, setting.color)
        self.err = Screen(sys.stderr, setting.color)
        self.interactive = bool(sys.stdin and sys.stdin.isatty() and self.err.is_terminal)

    def document(self, *, secrets: bool = True) -> Document:
        """Read the files that were named; without ``secrets``, secret variables may have no value.

        Raises:
            DocumentError: with everything found wrong.
        """
        asked = self.setting
        return load(
            asked.paths,
            variables=asked.variables,
            tokens=_tokens(),
            allow_outside=asked.allow_outside,
            ask=self._ask if secrets else self._ask_unless_secret,
        )

    def _ask_unless_secret(self, name: str, description: str, secret: bool) -> str | Unknown | None:
        return BROKEN if secret else self._ask(name, description, secret)

    def _ask(self, name: str, description: str, secret: bool) -> str | None:
        """Ask for a variable that nothing else gives; what is secret is not shown while it is typed."""
        if not self.interactive:
            return None
        question = f"{name} ({description}):" if description else f"{name}:"
        return (self.err.ask_secretly(question) if secret else self.err.ask(question)) or None

    @contextmanager
    def connected(self, document: Document | None = None) -> Iterator[tuple[AsyncHetzner, asyncio.Runner]]:
        """Give a client of a document's project, or of the sandbox, and the event loop in which it works.

        Raises:
            ConfigError: there is no token, or the sandbox cannot be opened.
        """
        with asyncio.Runner() as runner:
            client = self.client(document)
            try:
                yield client, runner
            finally:
                runner.run(client.close())

    def client(self, document: Document | None = None) -> AsyncHetzner:
        """Return a client with the token that a document names, or with the usual one.

        Raises:
            ConfigError: there is no token, or the sandbox cannot be opened.
        """
        state, name = self.setting.sandbox, document.token if document else None
        token = None
        if state is None and document is not None and name is not None:
            token = settings.environment().get(name)
            if not token and self._sandbox() is None:
                raise ConfigError(f"the token of '{document.project}' is to be in {name}, which is not set")
        from hetzner.api.client import AsyncHetzner  # httpx with it: what asks nobody does without

        try:
            base = None if state is None else f"{settings.SANDBOX}{state}?scale={SCALE}"
            return AsyncHetzner(api_token=token, base_url=base)
        except (OSError, ValueError, sqlite3.Error) as error:
            of = f" '{state}'" if (state := self._sandbox()) else ""
            told = error.strerror if isinstance(error, OSError) and error.strerror else error
            help = "; --sandbox-state PATH keeps it somewhere else" if of else ""
            raise ConfigError(f"the sandbox{of} cannot be opened: {told}{help}") from None

    def where(self, client: AsyncHetzner, document: Document | None = None) -> str:
        """Say whose project it is: a sandbox's, or that of a token."""
        if (state := self._sandbox()) is not None:
            return f"sandbox {state}".rstrip()
        source = (document.token if document else None) or client.token_source
        return f"{urlsplit(client.base_url).netloc} · token {source}{_end(client.api_token)}"

    def endpoint(self, client: AsyncHetzner) -> str:
        """Say which project a saved plan is for, as far as that can be told: no token says its project."""
        state = self._sandbox()
        return client.base_url.partition("?")[0] if state is None else f"{settings.SANDBOX}{state}"

    def _sandbox(self) -> str | None:
        """Return the file of the sandbox that is used, which may be "" for none; None when none is used."""
        if self.setting.sandbox is not None:
            return self.setting.sandbox
        address = settings.environment().get("HCLOUD_ENDPOINT", "")
        is_one = address.startswith(settings.SANDBOX)
        return address.removeprefix(settings.SANDBOX).partition("?")[0] if is_one else None


def _end(token: str) -> str:
    """Return the last characters of a token, by which people tell tokens apart; none of a short one."""
    return f" …{token[-4:]}" if len(token) >= SHORTEST else ""


def _tokens() -> list[str]:
    """Return the API token, which must never get into a resource."""
    try:
        told = settings.settings_from(None, None, None, settings.environment())
        return [] if told.source == settings.SANDBOX else [told.token.reveal()]
    except ConfigError:
        return []


def ended(session: S, work: Callable[[S], int]) -> int:
    """Do the work of a command and return the exit code; an error is told with what to do about it."""
    err = session.err
    try:
        return work(session)
    except DocumentError as error:
        err.lines(str(error))
        return USAGE
    except SavedPlanError as error:
        err.error(str(error))
        return USAGE
    except ConfigError as error:
        offer = () if session.setting.sandbox else (OFFER,)
        err.error(str(error), *offer)
        return ERROR
    except HetznerError as error:
        step = next_step(error)
        err.error(reason(error), *([step] if step else []))
        if not session.begun:
            err.line(f"{UNCHANGED.capitalize()}.")
        return ERROR
    except Interrupted as stop:
        err.error("interrupted" if session.begun else f"interrupted; {UNCHANGED}")
        return stop.status


OFFER = "--sandbox tries the file on this machine, without an account"
