"""Where every command starts and ends: exit codes, and no traceback for anybody who did not ask for one."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import click

from hetzner.cli.exits import DONE, ERROR, SIGNALLED, USAGE, Interrupted
from hetzner.cli.signals import terminable

DEBUG = "HETZNER_DEBUG"
"""The variable that asks for tracebacks."""


_GIVEN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*=")


def with_variables(args: list[str]) -> list[str]:
    """Return arguments with `-v NAME=VALUE` spelled `--var`: alone, `-v` asks for more words."""
    follows = zip(args, (*args, "")[1:], strict=True)
    return ["--var" if each == "-v" and _GIVEN.match(after) else each for each, after in follows]


class Command(click.Command):
    """A command whose function returns its exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; `-v NAME=VALUE` gives a variable where there are any."""
        if any("--var" in parameter.opts for parameter in self.params):
            args = with_variables(args)
        return super().parse_args(ctx, args)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run it and leave the process."""
        sys.exit(_status(partial(super().main, *args, **{**extra, "standalone_mode": False})))


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run one of them and leave the process."""
        sys.exit(_status(partial(super().main, *args, **{**extra, "standalone_mode": False})))


Group.group_class = Group


def _status(command: Callable[[], Any]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="replace")  # a terminal without '→' shows '?' and goes on
    try:
        with terminable():
            status = command()
        return status if isinstance(status, int) else DONE
    except click.ClickException as error:
        error.show()
        return USAGE if isinstance(error, click.UsageError) else ERROR
    except Interrupted as stop:
        return stop.status
    except (click.Abort, KeyboardInterrupt):
        return SIGNALLED + signal.SIGINT
    except Exception as error:
        _confess(error)
        return ERROR


def _confess(error: Exception) -> None:
    """Tell of an error that nobody foresaw; its text is not shown, since it may hold anything."""
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)
        return
    click.echo(
        f"error: {type(error).__name__}{_place(error)}: this is a bug. Running it again goes on where it "
        f"stopped; please report it with what {DEBUG}=1 shows.",
        err=True,
    )


def _place(error: Exception) -> str:
    """Return the innermost place in this package."""
    place, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("hetzner."):
            place = f" in {name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
