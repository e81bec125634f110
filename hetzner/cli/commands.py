"""``hetzner-apply COMMAND``: every command beside the default one, imported when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click
from click.shell_completion import CompletionItem

from hetzner.cli.entry import Command


class Lazy(click.Command):
    """A command that is known by name and by a line of help, and imported when it is used."""

    def __init__(self, name: str, home: str, help: str) -> None:
        super().__init__(name, short_help=help)
        self.home = home

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Import the command and let it read its arguments."""
        module, _, attribute = self.home.partition(":")
        real = cast(click.Command, getattr(import_module(module), attribute))
        return real.make_context(info_name, args, parent, **extra)


def _listed(**rows: tuple[str, str]) -> Mapping[str, Lazy]:
    return {name: Lazy(name, home, help) for name, (home, help) in rows.items()}


COMMANDS = _listed(
    check=("hetzner.cli.check:check", "Check files without asking anybody, as before a commit."),
    show=("hetzner.cli.show:show", "Print files as they are understood, written out."),
    init=("hetzner.cli.schema:init", "Write a file to start from, with comments."),
    schema=("hetzner.cli.schema:schema", "Print the JSON Schema of files, for editors."),
    export=("hetzner.cli.export:export", "Write a live project as YAML."),
    inventory=("hetzner.cli.inventory:inventory", "List servers for Ansible, ssh and others."),
    graph=("hetzner.cli.graph:graph", "Draw the topology, also with what a plan would change."),
    watch=("hetzner.cli.watch:watch", "Tell drift as it comes and goes, or put it right."),
    unlock=("hetzner.cli.unlock:unlock", "Take the lock away from a run that is dead."),
)
"""Where each command is, and what the help says of it."""
ELSEWHERE = {
    "plan": "FILE --plan",
    "apply": "FILE",
    "destroy": "FILE --destroy",
    "validate": "check FILE",
    "refresh": "FILE --refresh-only",
    "import": "FILE --adopt",
    "--auto-approve": "--yes",
    "-auto-approve": "--yes",
    "--diff": "--plan",
}
"""What people type who come from other tools, and what it is here."""
FILELESS = ("export", "inventory")
"""Those that make sense without a file, and therefore also stand below ``hetzner``."""


class Default(Command):
    """The command that is meant when the first argument is no name of another one."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the arguments of the command that the first one names, else its own."""
        if args and (chosen := COMMANDS.get(args[0])) is not None:
            above = click.Context(click.Command(self.name), info_name=info_name, parent=parent)
            return chosen.make_context(args[0], args[1:], above, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; who uses an option of another tool is told what it is called here."""
        given = [each for each in args if each.startswith("-")]  # click takes them off the list
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            meant = next((ELSEWHERE[each] for each in given if each in ELSEWHERE), None)
            if meant is None:
                raise
            said = f"{error.message} Did you mean '{meant}'?"
            raise click.NoSuchOption(error.option_name, said, ctx=ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command whose arguments were read."""
        return super().invoke(ctx) if ctx.command is self else ctx.command.invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and below them the other commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(64)) for name, each in COMMANDS.items()])


def not_a_command(context: click.Context, parameter: click.Parameter, paths: tuple[str, ...]) -> Any:
    """Refuse a first path that is no file and was most likely meant to be a command."""
    if not paths or context.resilient_parsing or Path(first := paths[0]).exists():
        return paths
    if first in COMMANDS:
        raise click.UsageError(f"a command comes first: {context.command_path} {first} ...", context)
    if first in ELSEWHERE:
        said = f"there is no command '{first}' and no such file; did you mean "
        raise click.UsageError(f"{said}'{context.command_path} {ELSEWHERE[first]}'?", context)
    from hetzner.apply.document.near import did_you_mean

    if "." not in first and (meant := did_you_mean(first, COMMANDS)):
        raise click.UsageError(f"there is neither a file nor a command '{first}'; {meant}", context)
    return paths


def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the first argument to a command or a file, the others to files."""
    known = [] if context.params.get("paths") else [name for name in COMMANDS if name.startswith(incomplete)]
    if not known or not incomplete:
        return [CompletionItem(incomplete, type="file"), *map(CompletionItem, known)]
    beside = [f"{path}/" if path.is_dir() else str(path) for path in Path().glob(f"{incomplete}*")]
    return [CompletionItem(name) for name in (*known, *beside)]
