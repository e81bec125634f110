"""``hetzner-apply``: its options; everything else is loaded when it runs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from hetzner.cli import options
from hetzner.cli.commands import Default, complete, not_a_command
from hetzner.cli.options import flag
from hetzner.cli.wishes import Wishes

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


def _amount(context: click.Context, parameter: click.Parameter, value: str | None) -> Decimal | None:
    """Read an amount of money, exactly."""
    try:
        amount = None if value is None else Decimal(value)
    except ArithmeticError:
        amount = Decimal("NaN")
    if amount is not None and not amount.is_finite():
        raise click.BadParameter(f"'{value}' is no amount, such as 12.50")
    return amount


@options.command("apply", epilog=EPILOG, cls=Default)
@options.paths(callback=not_a_command, shell_complete=complete)
@flag("--plan", "--dry-run", "plan", help="Show what would happen, change nothing.")
@flag("-y", "--yes", "yes", help="Apply additions and changes without a question.")
@flag(
    "--allow-destroy",
    help="Allow what deletes, replaces, loses data or gives addresses back; else the whole plan is refused.",
)
@click.option(
    "--max-destroy",
    type=click.IntRange(min=0),
    metavar="N",
    help="Destroy or replace at most N objects. Without it, more than 3 objects that are more than half of "
    "what the project owns need its name typed, or this.",
)
@flag("--no-downtime", help="Refuse what stops something that runs, even for a moment.")
@flag("--destroy", help="Delete everything that the project owns.")
@flag("--adopt", help="Take over what has a declared name and is not owned.")
@click.option(
    "--target",
    metavar="ADDRESS",
    multiple=True,
    help="Only this, such as servers.web-1, 'servers.web-*' or servers, and what it needs.",
)
@click.option("--exclude", metavar="ADDRESS", multiple=True, help="Not this, nor what needs it.")
@options.output(
    "text", "json", "md", "yaml",
    help="json: with --plan one document, else one line for the plan, each event and the end. "
    "md (for pull requests) and yaml: with --plan.",
)  # fmt: skip
@click.option(
    "--max-monthly-increase",
    metavar="EUR",
    callback=_amount,
    help="Refuse what raises the bill of a month by more.",
)
@flag("--gross", help="Show and compare prices with VAT.")
@flag(
    "--detailed-exitcode", "--check", "check", help="Like --plan, and exit with 2 when changes are pending."
)
@flag("--lock", help="Let no other run with --lock (or lock: true in its file) change the project meanwhile.")
@click.option(
    "--lock-wait",
    metavar="TIME",
    callback=options.seconds,
    help="The same; wait so long for it, such as 90s or 5m.",
)
@click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    metavar="N",
    help="Requests in flight at the same time.",
)
@click.option(
    "--save",
    metavar="PLAN",
    type=click.Path(dir_okay=False),
    help="Write the plan into a file and change nothing; hetzner-apply PLAN carries out exactly that.",
)
@flag("--refresh-only", help="Tell in what the project is not as the files say; change nothing.")
@flag("-v", "--verbose", "verbose", help="List what is unchanged, too.")
@options.reading
@options.sandboxed
@options.coloured
@options.versioned
def apply(output: str, **given: Any) -> int:
    """Make your Hetzner project what the files say.

    Shows what is going to change, asks, and carries it out, everything at once
    that can be. There is no state file: what a file declares carries a label.
    The token comes from HETZNER_API_TOKEN or HCLOUD_TOKEN.
    """
    from hetzner.cli.run import run

    wishes = Wishes(**given, output=output)
    if wishes.save and wishes.refresh_only:
        raise click.UsageError("--refresh-only makes no plan that could be saved")
    if output in ("md", "yaml") and not wishes.only_plan:
        raise click.UsageError(f"-o {output} shows a plan: add --plan")
    return run(wishes)
