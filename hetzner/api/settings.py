"""Where a client's token, endpoint and habits come from, and which of them cannot be used.

What is given wins over the environment, and that over a context of the official command line, whose file is
only read when nothing else has a token.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hetzner.api.errors import ConfigError
from hetzner.api.logs import show_when_asked
from hetzner.api.secrets import Secret

if TYPE_CHECKING:
    from hetzner.api.contexts import Context

CLOUD = "https://api.hetzner.cloud/v1"
STORAGE = "https://api.hetzner.com/v1"
TOKEN_VARIABLES = ("HETZNER_API_TOKEN", "HCLOUD_TOKEN", "HCLOUD_TOKEN_FILE")
SANDBOX = "sandbox:"
LONGEST_TOKEN = 4096
"""Characters of a token file that are read."""


class Settings:
    """What a client was told, and what was found for the rest."""

    def __init__(
        self,
        token: Secret,
        source: str,
        bases: dict[str, str],
        http_timeout: float | None,
        poll_interval: float | None,
    ) -> None:
        self.token, self.source, self.bases = token, source, bases
        """The source is where the token is from."""
        self.http_timeout = http_timeout
        """Seconds that an attempt may take, 0 for no limit; None where nobody says anything."""
        self.poll_interval = poll_interval
        """Seconds between two looks at an action, at the least; None where nobody says anything."""


def gathered(api_token: Secret | None, context: str | None, base_url: str | None) -> Settings:
    """Gather the settings of a client, with those of the environment.

    An error, a ConfigError, has no frames that saw the environment or a file.
    """
    try:
        log_when_asked(environment())
        return settings_from(api_token, context, base_url, environment())
    except ConfigError as error:
        raise error.with_traceback(None) from None


def settings_from(
    api_token: Secret | None, context: str | None, base_url: str | None, environ: Mapping[str, str]
) -> Settings:
    """Gather the settings of a client; raises ConfigError for what is missing or cannot be used."""
    chosen: Context | None = None
    bases = bases_from(base_url, environ)
    sandbox = bases["cloud"].startswith(SANDBOX)
    given = None if api_token is None else api_token.reveal()
    text, source = _given_token(given, environ if context is None else {})
    if not text and (context is not None or not sandbox):
        from hetzner.api.contexts import context_from

        chosen = context_from(context or environ.get("HCLOUD_CONTEXT") or None, environ)
    if chosen is not None:
        text, source = chosen.token, f"context {chosen.name}"
        bases = bases_from(base_url, environ, chosen.preferences)
        sandbox = bases["cloud"].startswith(SANDBOX)
    preferences = {} if chosen is None else chosen.preferences
    return Settings(
        _usable(text, sandbox=sandbox),
        source if text else SANDBOX,
        bases,
        _duration("http_timeout", environ, preferences),
        _duration("poll_interval", environ, preferences),
    )


def token_from(given: str | None, environ: Mapping[str, str], *, sandbox: bool) -> Secret:
    """Return the token: the given one, else the first that the environment has.

    Raises ConfigError when there is none or it cannot be one. A sandbox needs none.
    """
    return _usable(_given_token(given, environ)[0], sandbox=sandbox)


def _given_token(given: str | None, environ: Mapping[str, str]) -> tuple[str, str]:
    if given:
        return given, "api_token"
    for name in TOKEN_VARIABLES[:2]:
        if environ.get(name):
            return environ[name], name
    path = environ.get("HCLOUD_TOKEN_FILE")
    return (_read_token(path) if path else "", "HCLOUD_TOKEN_FILE")


def _usable(text: str, *, sandbox: bool) -> Secret:
    if not text and sandbox:
        text = "sandbox"
    if not text:
        raise ConfigError(
            "no API token: looked at the argument api_token, the variables "
            f"{', '.join(TOKEN_VARIABLES)}, HCLOUD_CONTEXT and the active context of the hcloud command "
            "line. Make one in the Cloud Console under Security > API tokens, "
            "or set HCLOUD_ENDPOINT=sandbox: to try everything without an account"
        )
    if not (text.isascii() and text.isprintable()) or text != text.strip():
        raise ConfigError(
            "the API token has characters that no token has (blanks around it, line ends, umlauts); "
            "copy it again"
        )
    return Secret(text)


def _read_token(path: str) -> str:
    try:
        with Path(path).expanduser().open(encoding="utf-8") as file:
            return file.read(LONGEST_TOKEN).strip()
    except (OSError, ValueError) as error:
        raise ConfigError(f"HCLOUD_TOKEN_FILE: cannot read {path}: {type(error).__name__}") from None


def bases_from(
    given: str | None, environ: Mapping[str, str], preferences: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """Return the base address of each host, without a slash at the end; raises ConfigError for a bad one."""
    if given is not None:
        return {host: _address(given) for host in ("cloud", "storage")}
    preferred = preferences or {}
    cloud = environ.get("HCLOUD_ENDPOINT") or str(preferred.get("endpoint") or CLOUD)
    storage = environ.get("HETZNER_ENDPOINT") or str(
        preferred.get("hetzner_endpoint") or (cloud if cloud != CLOUD else STORAGE)
    )
    for name, address in (("HCLOUD_ENDPOINT", cloud), ("HETZNER_ENDPOINT", storage)):
        if address.startswith("http://") and not _is_loopback(address):
            raise ConfigError(f"{name}: {address} is not encrypted and would show the token; use https")
    return {"cloud": _address(cloud), "storage": _address(storage)}


def _address(address: str) -> str:
    if address.startswith(SANDBOX):
        return address
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, usable = urlsplit(""), False
    if not usable:
        raise ConfigError(f"an endpoint starts with https:// or sandbox: and {address!r} cannot be one")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigError("an endpoint is a plain address: without user, password, ? and #")
    return address.rstrip("/")


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def _duration(name: str, environ: Mapping[str, str], preferences: Mapping[str, Any]) -> float | None:
    """Return the seconds of a setting, None where nobody says anything."""
    variable = f"HCLOUD_{name.upper()}"
    said = environ.get(variable) or preferences.get(name)
    if not said:
        return None
    from hetzner.api.durations import seconds_of

    return seconds_of(str(said), variable if environ.get(variable) else f"the preference {name}")


def log_when_asked(environ: Mapping[str, str]) -> None:
    """Show what is logged when HCLOUD_DEBUG says so; raises ConfigError for a file that cannot be written."""
    try:
        show_when_asked(environ)
    except OSError as error:
        path, why = environ.get("HCLOUD_DEBUG_FILE"), type(error).__name__
        raise ConfigError(f"HCLOUD_DEBUG_FILE: cannot write {path}: {why}") from None


def environment() -> Mapping[str, str]:
    """Return the environment, where clients and commands look for what they were not told."""
    return os.environ
