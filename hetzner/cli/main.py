"""``hetzner``: the group of all commands."""

from __future__ import annotations

import click

from hetzner.cli.apply import apply
from hetzner.cli.commands import COMMANDS, FILELESS
from hetzner.cli.entry import Group
from hetzner.cli.options import HELP, versioned
from hetzner.cli.sandbox import sandbox


@click.group(cls=Group, context_settings=HELP)
@versioned
def hetzner() -> None:
    """Hetzner Cloud from the command line."""


@hetzner.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete both commands.

    For example: eval "$(hetzner completion bash)"
    """
    from click.shell_completion import get_completion_class

    source = get_completion_class(shell)
    for command, name in ((hetzner, "hetzner"), (apply, "hetzner-apply")):
        if source is not None:
            click.echo(source(command, {}, name, f"_{name.upper().replace('-', '_')}_COMPLETE").source())


hetzner.add_command(apply)
hetzner.add_command(sandbox)
for name in FILELESS:
    hetzner.add_command(COMMANDS[name])
