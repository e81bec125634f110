"""Where a client's token and endpoint come from, and which of them cannot be used."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from hetzner.api.errors import ConfigError
from hetzner.api.secrets import Secret

CLOUD = "https://api.hetzner.cloud/v1"
STORAGE = "https://api.hetzner.com/v1"
TOKEN_VARIABLES = ("HETZNER_API_TOKEN", "HCLOUD_TOKEN", "HCLOUD_TOKEN_FILE")
SANDBOX = "sandbox:"
LONGEST_TOKEN = 4096
"""Characters of a token file that are read."""


def token_from(given: str | None, environ: Mapping[str, str], *, sandbox: bool) -> Secret:
    """Return the token: the given one, else the first that the environment has.

    Raises ConfigError when there is none or it cannot be one. A sandbox needs none.
    """
    text = given or next((environ[name] for name in TOKEN_VARIABLES[:2] if environ.get(name)), "")
    if not text and environ.get("HCLOUD_TOKEN_FILE"):
        text = _read_token(environ["HCLOUD_TOKEN_FILE"])
    if not text and sandbox:
        text = "sandbox"
    if not text:
        raise ConfigError(
            "no API token: looked at the argument api_token and the variables "
            f"{', '.join(TOKEN_VARIABLES)}. Make one in the Cloud Console under Security > API tokens, "
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


def bases_from(given: str | None, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the base address of each host, without a slash at the end; raises ConfigError for a bad one."""
    if given is not None:
        return {host: _address(given) for host in ("cloud", "storage")}
    cloud = environ.get("HCLOUD_ENDPOINT") or CLOUD
    storage = environ.get("HETZNER_ENDPOINT") or (cloud if cloud != CLOUD else STORAGE)
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


def environment() -> Mapping[str, str]:
    """Return the environment; the one place where it is read."""
    return os.environ
