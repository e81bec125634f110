"""Plans in files: written when somebody looks at them, carried out later exactly like that or not at all.

A file holds what is needed to plan once more (paths, variables, options) and the plan itself as plain data.
Secrets are not in it, only one slow hash over all of them. Nothing in the file is carried out: it is what the
new plan is held against.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from hetzner.api.errors import HetznerError
from hetzner.apply.canonical import canonical, concealed, declared, digest, variables
from hetzner.apply.plans import Plan

FORMAT = "hetzner-apply plan"
VERSION = 1
LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is read."""
_BEGINS = 4096


class SavedPlanError(HetznerError):
    """A saved plan cannot be used: it is damaged, was changed by hand, or is not one."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A plan as it was when it was saved."""

    project: str
    where: str
    """The endpoint, or the sandbox, that it was made for."""
    at: str
    paths: tuple[str, ...]
    variables: Mapping[str, Any] = field(repr=False)
    """Every value that is not secret, wherever it came from."""
    options: Mapping[str, Any]
    """What was asked for besides the files."""
    declared: str
    """The hash of what the files declared."""
    items: Sequence[Mapping[str, Any]] = field(repr=False)
    salt: str = ""
    secrets: str = ""
    """The slow hash over all secrets; empty when there are none."""


def saved(plan: Plan, paths: Sequence[str], options: Mapping[str, Any], where: str, now: datetime) -> Saved:
    """Return a plan as it is kept."""
    items, hidden = canonical(plan)
    salt = secrets.token_hex(16) if hidden else ""
    return Saved(
        plan.project, where, now.isoformat(timespec="seconds"), tuple(paths), variables(plan.document),
        dict(options), declared(plan.document), items, salt, concealed(hidden, salt) if hidden else "",
    )  # fmt: skip


def write(path: str, plan: Saved) -> None:
    """Write a plan into a file that only its owner can read, all of it or nothing.

    Raises:
        SavedPlanError: it cannot be written, or would replace a file that is no saved plan.
    """
    target = Path(path)
    if target.exists() and not is_saved(path):
        raise SavedPlanError(f"{path} exists and is no saved plan: it is not replaced")
    body = {"format": FORMAT, "version": VERSION, **_data(plan)}
    text = json.dumps({**body, "hash": digest(body)}, indent=1, ensure_ascii=True) + "\n"
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise SavedPlanError(f"{path} cannot be written: {(error.strerror or 'it failed').lower()}") from None


def is_saved(path: str) -> bool:
    """Tell whether a file is a saved plan, by its content."""
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            begins = file.read(_BEGINS)
    except OSError:
        return False
    return begins.lstrip().startswith("{") and f'"format": "{FORMAT}"' in begins


def read(path: str) -> Saved:
    """Read a saved plan.

    Raises:
        SavedPlanError: it is damaged, was changed after it was saved, or is of another version.
    """
    try:
        if Path(path).stat().st_size > LARGEST:
            raise SavedPlanError(f"{path} is larger than a plan can be")
        body = json.loads(Path(path).read_text(encoding="ascii"))
    except (OSError, ValueError, RecursionError):
        raise SavedPlanError(f"{path} is damaged: save the plan once more") from None
    if not isinstance(body, dict) or body.get("version") != VERSION:
        raise SavedPlanError(f"{path} was saved by another version: save the plan once more")
    if body.pop("hash", None) != digest(body):
        raise SavedPlanError(f"{path} was changed after it was saved: save the plan once more")
    del body["format"], body["version"]
    try:
        return Saved(**{**body, "paths": tuple(body["paths"])})
    except (TypeError, KeyError):
        raise SavedPlanError(f"{path} is damaged: save the plan once more") from None


def differences(old: Saved, plan: Plan) -> list[str]:
    """Return in what a plan is not the one that was saved, in words; nothing when it is that very plan."""
    items, hidden = canonical(plan)
    found = [*_causes(old, plan), *_items(old.items, items)]
    same = concealed(hidden, old.salt) == old.secrets if old.salt and hidden else not (hidden or old.secrets)
    if not found and not same:
        found.append("a secret has another value than when the plan was saved")
    return found


def _data(plan: Saved) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in Saved.__slots__}


def _causes(old: Saved, plan: Plan) -> Iterator[str]:
    if old.project != plan.project:
        yield f"the project is '{plan.project}', and was '{old.project}'"
    elif old.declared != declared(plan.document):
        yield "the files, or what they read, say something else than when the plan was saved"


def _items(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    before, after = ({str(each["address"]): each for each in several} for several in (old, new))
    for address in {**before, **after}:
        was, now = before.get(address), after.get(address)
        if was == now:
            continue
        if was is None and now is not None:
            yield f"{address}: was not there, and the plan is to {now['action']} it"
        elif now is None and was is not None:
            yield f"{address}: is gone; the plan was to {was['action']} it"
        elif was is not None and now is not None:
            yield f"{address}: {_difference(was, now)}"


def _difference(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if was["action"] != now["action"]:
        return f"the plan was to {was['action']} it, and is to {now['action']} it"
    if was["id"] != now["id"]:
        return f"is another object: id {now['id']}, and was {was['id']}"
    if was["refused"] != now["refused"]:
        return now["refused"] or "is no longer refused"
    fields = [
        each[0]
        for each in (*was["changes"], *now["changes"])
        if each not in was["changes"] or each not in now["changes"]
    ]
    if fields:
        return f"differs in {', '.join(dict.fromkeys(fields))}"
    return "takes other calls, since its state is another one"
