"""Where every command starts and ends: exit codes, and no traceback for anybody who did not ask for one."""

from __future__ import annotations

import os
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


class Command(click.Command):
    """A command whose function returns its exit code."""

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
        return stop.code
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
