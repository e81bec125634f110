"""The contexts of the official command line: its file is read, never written.

https://github.com/hetznercloud/cli
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hetzner.api.errors import ConfigError
from hetzner.api.logs import log


class Context(NamedTuple):
    """A project by name: its token, and what is preferred there and everywhere."""

    name: str
    token: str
    preferences: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"<Context {self.name}>"


def config_path(environ: Mapping[str, str]) -> Path:
    """Return where the file is; like the official command line this does not look at XDG_CONFIG_HOME."""
    if given := environ.get("HCLOUD_CONFIG"):
        return Path(given).expanduser()
    if os.name == "nt" and (data := environ.get("APPDATA")):
        return Path(data) / "hcloud" / "cli.toml"
    home = environ.get("HOME")
    return (Path(home) if home else Path("~").expanduser()) / ".config" / "hcloud" / "cli.toml"


def context_from(name: str | None, environ: Mapping[str, str]) -> Context | None:
    """Return the context of this name, or the active one; None when nothing is said about any.

    Raises ConfigError for a name that is not there and a file that cannot be read.
    """
    path = config_path(environ)
    if name is None and not path.is_file():
        return None
    config = _read(path)
    wanted = name or config.get("active_context")
    if not wanted:
        return None
    told = config.get("contexts")
    contexts = [each for each in (told if isinstance(told, list) else []) if isinstance(each, Mapping)]
    found = next((each for each in contexts if each.get("name") == wanted), None)
    if found is None:
        near = get_close_matches(str(wanted), [str(each.get("name")) for each in contexts], 1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        raise ConfigError(f"{path}: there is no context '{wanted}'{hint}")
    token = found.get("token")
    if not isinstance(token, str) or not token:
        raise ConfigError(f"{path}: the context '{wanted}' has no token")
    preferences: dict[str, Any] = {}
    for each in (config.get("preferences"), found.get("preferences")):
        preferences.update(each if isinstance(each, Mapping) else {})
    return Context(str(wanted), token, preferences)


@cache
def _warn(path: Path) -> None:
    """Say once in a program that a file is open to others."""
    log.warning("%s holds tokens and others may read it: chmod 600 it", path)


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                _warn(path)
            return tomllib.load(file)
    except (OSError, ValueError) as error:
        why = type(error).__name__ if isinstance(error, OSError) else "it is not TOML"
        raise ConfigError(f"{path}: cannot be read: {why}") from None
