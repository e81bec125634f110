"""The environment, without what must not leak into a resource: the API token."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from hetzner.apply.document.values import Secret

TOKENS = frozenset({"HCLOUD_TOKEN", "HETZNER_API_TOKEN"})
PREFIX = "HETZNER_VAR_"
_CONFIDENTIAL = re.compile(r"PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|PRIVATE_KEY", re.IGNORECASE)


class TokenRefused(ValueError):
    """A name or a value that is the API token."""


class Environment:
    """Reads single variables of an environment; `tokens` are further texts that must never be handed out."""

    def __init__(self, environ: Mapping[str, str], tokens: Collection[str] = ()) -> None:
        self._environ = environ
        self._names = set(TOKENS)
        self._tokens = {environ[name] for name in TOKENS if environ.get(name)} | {t for t in tokens if t}

    def __repr__(self) -> str:
        return "Environment(...)"

    @property
    def names(self) -> list[str]:
        """The names that may be used, for suggestions."""
        return [name for name in self._environ if name not in self._names]

    def withhold(self, name: str) -> None:
        """Hand out neither a variable nor what it holds: it has the API token of the document."""
        self._names.add(name)
        if text := self._environ.get(name):
            self._tokens.add(text)

    @property
    def home(self) -> str | None:
        """The folder that `~` stands for."""
        return self._environ.get("HOME") or self._environ.get("USERPROFILE") or None

    def get(self, name: str) -> str | Secret | None:
        """The text of a variable; a secret if its name says so.

        Raises:
            TokenRefused: it is a token variable, or holds the API token under another name.
        """
        if name in self._names:
            raise TokenRefused(f"{name} is the API token: it is never put into a resource")
        text = self._environ.get(name)
        if text is None:
            return None
        self.guard(name, text)
        return Secret(text) if _CONFIDENTIAL.search(name) else text

    def variable(self, name: str) -> str | None:
        """The value that HETZNER_VAR_name gives to the variable `name`."""
        name = PREFIX + name.replace("-", "_")
        text = self._environ.get(name)
        if text is not None:
            self.guard(name, text)
        return text

    def guard(self, name: str, text: str) -> None:
        """Refuse a text that holds the API token.

        Raises:
            TokenRefused: it does.
        """
        if any(token in text for token in self._tokens):
            raise TokenRefused(f"{name} holds the API token: it is never put into a resource")
