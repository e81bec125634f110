"""``hetzner-apply``: its options; everything else is loaded when it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from hetzner.cli.entry import Command
from hetzner.cli.wishes import Wishes

F = TypeVar("F", bound=Callable[..., Any])
STATE = ".hetzner-sandbox.db"
"""Where ``--sandbox`` keeps its state."""

EPILOG = """\b
Exit codes: 0 done, or nothing to do; 1 error; 2 changes pending (only with
--detailed-exitcode); 3 stopped half-way, run again to go on; 4 refused by a
guard or not approved, nothing was changed; 64 wrong usage or file;
130 interrupted.

\b
Examples:
  hetzner-apply infra.yaml --sandbox          try it, nothing costs money
  hetzner-apply infra.yaml --plan             what would happen
  hetzner-apply infra/ --yes                  without a question, as in CI
"""


def variables(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read ``NAME=VALUE`` pairs."""
    found = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not name or not equals:
            raise click.BadParameter(f"'{value}' is not NAME=VALUE")
        found[name] = text
    return found


def show_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print the version and stop."""
    if wanted and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            release = version("hetzner")
        except PackageNotFoundError:
            release = "0 (not installed)"
        click.echo(f"hetzner {release}")
        context.exit()


version_option = click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Print the version.",
)
HELP = {"help_option_names": ["-h", "--help"]}


def flag(*names: str, help: str) -> Callable[[F], F]:
    """Return an option that is on or off."""
    return click.option(*names, is_flag=True, help=help)


@click.command("apply", cls=Command, epilog=EPILOG, context_settings=HELP)
@click.argument("paths", metavar="FILE|FOLDER...", nargs=-1, required=True)
@flag("--plan", "--dry-run", "plan", help="Show what would happen, change nothing.")
@flag("-y", "--yes", "yes", help="Apply additions and changes without a question.")
@flag("--allow-destroy", help="Allow what deletes, replaces or loses data; else the whole plan is refused.")
@flag("--destroy", help="Delete everything that the project owns.")
@flag("--adopt", help="Take over what has a declared name and is not owned.")
@click.option(
    "--var", "variables", metavar="NAME=VALUE", multiple=True, callback=variables, help="Set a variable."
)
@click.option(
    "-o", "--output", type=click.Choice(["text", "json"]), default="text",
    help="json: with --plan one document, else one line for the plan, each event and the end.",
)  # fmt: skip
@flag(
    "--detailed-exitcode", "--check", "check", help="Like --plan, and exit with 2 when changes are pending."
)
@flag("--sandbox", help=f"Use a sandbox, kept in {STATE} in the current folder; nothing costs money.")
@click.option("--sandbox-state", metavar="PATH", help="The same, kept in another file.")
@flag("--allow-outside", help="Let {file: ...} read outside of the folder of the file.")
@flag("-v", "--verbose", "verbose", help="List what is unchanged, too.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="When to use colour."
)
@version_option
def apply(sandbox: bool, sandbox_state: str | None, output: str, **options: Any) -> int:
    """Make your Hetzner project what the files say.

    Shows what is going to change, asks, and carries it out, everything at once
    that can be. There is no state file: what a file declares carries a label.
    The token comes from HETZNER_API_TOKEN or HCLOUD_TOKEN.
    """
    if sandbox_state is not None and ("?" in sandbox_state or not sandbox_state):
        raise click.BadParameter("a file name without '?'", param_hint="--sandbox-state")
    from hetzner.cli.run import run

    state = sandbox_state or (STATE if sandbox else None)
    return run(Wishes(**options, json=output == "json", sandbox=state))


def main() -> None:
    """Run ``hetzner-apply``."""
    apply.main(prog_name="hetzner-apply")
