"""``--save`` and what it saved: a plan that is carried out later exactly as it was seen, or not at all."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from hetzner.apply.document.files import STDIN
from hetzner.apply.plans import Plan
from hetzner.apply.saved import Saved, differences, is_saved, read, saved, write
from hetzner.cli.guards import UNCHANGED
from hetzner.cli.options import STATE
from hetzner.cli.screen import Screen
from hetzner.cli.wishes import Wishes

SHAPING = ("adopt", "destroy", "target", "exclude", "allow_outside")
"""Options on which it depends what a plan is; they are kept with it."""
SHOWN = 10


def promised(wishes: Wishes) -> Saved | None:
    """Return the saved plan that was named in place of files; None when files were.

    Raises:
        UsageError: something else was named or asked for beside it.
        SavedPlanError: it is damaged or was changed.
    """
    if wishes.save and STDIN in wishes.paths:
        raise click.UsageError("--save needs files: standard input is gone when the plan is applied")
    plans = [path for path in wishes.paths if is_saved(path)]
    if not plans:
        return None
    if len(wishes.paths) > 1:
        raise click.UsageError(f"{plans[0]} is a saved plan and goes alone: it knows its files")
    if wishes.refresh_only or wishes.save:
        raise click.UsageError(f"{plans[0]} is a saved plan: it can be looked at with --plan, or applied")
    if given := [name for name in SHAPING if getattr(wishes, name)]:
        option = given[0].replace("_", "-")
        raise click.UsageError(f"{plans[0]} is a saved plan: --{option} can only be given when it is made")
    return read(plans[0])


def as_promised(wishes: Wishes, plan: Saved) -> Wishes:
    """Return what was asked for when a plan was saved; secret variables have to be given again."""
    kept: dict[str, Any] = {name: plan.options.get(name) for name in SHAPING}
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    return replace(wishes, paths=plan.paths, variables={**plan.variables, **wishes.variables}, **kept)


def is_kept(old: Saved, plan: Plan, where: str, screen: Screen) -> bool:
    """Tell whether a plan is the one that was saved; says in what it is not."""
    found = differences(old, plan)
    if old.where != where:
        found = [f"it was made for {old.where}, and this is {where}"]
    if not found:
        return True
    screen.error(f"{UNCHANGED}: this is not the plan that was saved at {old.at}")
    for each in found[:SHOWN]:
        screen.wrapped(f"  {each}")
    if len(found) > SHOWN:
        screen.wrapped(f"  and {len(found) - SHOWN} more")
    screen.wrapped(("help: ", "bold"), "look at it and save it again: hetzner-apply FILE --save PLAN")
    return False


def keep(plan: Plan, wishes: Wishes, where: str, now: float, screen: Screen) -> None:
    """Write a plan into the file that was named.

    Raises:
        SavedPlanError: it cannot be written.
    """
    assert wishes.save is not None  # noqa: S101  whoever calls this was asked to
    options = {name: getattr(wishes, name) for name in SHAPING}
    write(wishes.save, saved(plan, wishes.paths, options, where, datetime.fromtimestamp(now, UTC)))
    screen.wrapped(f"Saved. To apply exactly this: {_again(wishes)}")


def _again(wishes: Wishes) -> str:
    """Return the command that carries out what was saved, ready to be copied."""
    command = ["hetzner-apply", str(wishes.save)]
    if wishes.sandbox is not None:
        command += ["--sandbox"] if wishes.sandbox == STATE else ["--sandbox-state", wishes.sandbox]
    return shlex.join(command)
