"""The options that several commands share, each said once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from hetzner.cli.entry import Command

F = TypeVar("F", bound=Callable[..., Any])
STATE = ".hetzner-sandbox.db"
"""Where ``--sandbox`` keeps its state."""
HELP = {"help_option_names": ["-h", "--help"]}


def command(
    name: str, *, epilog: str | None = None, cls: type[Command] = Command
) -> Callable[[Any], Command]:
    """Return what makes a function, which returns its exit code, a command."""
    return click.command(name, cls=cls, epilog=epilog, context_settings=HELP)


def flag(*names: str, help: str) -> Callable[[F], F]:
    """Return an option that is on or off."""
    return click.option(*names, is_flag=True, help=help)


def _variables(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read ``NAME=VALUE`` pairs."""
    found = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not name or not equals:
            raise click.BadParameter(f"'{value}' is not NAME=VALUE")
        found[name] = text
    return found


def seconds(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Read a length of time, such as 90, 90s or 1h30m."""
    if value is None:
        return None
    from hetzner.apply.document.durations import seconds

    try:
        return float(seconds(value))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def paths(*, required: bool = True, **more: Any) -> Callable[[F], F]:
    """Return the argument of the files and folders that make one document."""
    more = {"type": click.Path(), **more}
    name = "FILE|FOLDER..." if required else "[FILE|FOLDER]..."
    return click.argument("paths", metavar=name, nargs=-1, required=required, **more)


def reading(function: F) -> F:
    """Add what reading a document takes: ``variables`` and ``allow_outside``."""
    function = flag("--allow-outside", help="Let {file: ...} read outside of the folder of the file.")(
        function
    )
    return click.option(
        "--var",
        "variables",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_variables,
        help="Set a variable; also -v NAME=VALUE.",
    )(function)


def sandboxed(function: Callable[..., int]) -> Callable[..., int]:
    """Add the choice of a sandbox: ``sandbox`` is the file of its state, or None."""

    @flag("--sandbox", help=f"Use a sandbox, kept in {STATE} in the current folder; nothing costs money.")
    @click.option("--sandbox-state", metavar="PATH", help="The same, kept in another file.")
    @wraps(function)
    def chosen(*arguments: Any, sandbox: bool, sandbox_state: str | None, **options: Any) -> int:
        if sandbox_state is not None and ("?" in sandbox_state or not sandbox_state):
            raise click.BadParameter("a file name without '?'", param_hint="--sandbox-state")
        return function(*arguments, sandbox=sandbox_state or (STATE if sandbox else None), **options)

    return chosen


def output(*choices: str, help: str) -> Callable[[F], F]:
    """Return the choice of the form in which a command tells its result; the first is the default."""
    return click.option("-o", "--output", type=click.Choice(choices), default=choices[0], help=help)


to_file = click.option(
    "-O", "--output-file", "file", metavar="FILE", type=click.Path(dir_okay=False), help="Where to write it."
)
"""Adds the choice of a file in place of stdout."""


def write(text: str, file: str | None) -> None:
    """Print a text as it is, or write it into a file."""
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None


def coloured(function: F) -> F:
    """Add when to use colour."""
    choice = click.Choice(["auto", "always", "never"])
    return click.option("--color", type=choice, default="auto", help="When to use colour.")(function)


selector = click.option(
    "-l", "--selector", metavar="LABELS", help="Only what has these labels, such as env=prod,role!=db."
)
"""Adds a label selector of the API."""


def _show_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print the version and stop."""
    if wanted and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            release = version("hetzner")
        except PackageNotFoundError:
            release = "0 (not installed)"
        click.echo(f"hetzner {release}")
        context.exit()


versioned = click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Print the version.",
)
"""Adds ``--version``."""
