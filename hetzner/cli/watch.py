"""``hetzner-apply watch``: tells drift as it comes and goes, or puts it right."""

from __future__ import annotations

from typing import Any

import click

from hetzner.cli import options
from hetzner.cli.options import flag


@options.command("watch")
@options.paths()
@click.option(
    "--every", metavar="TIME", default="5m", callback=options.seconds,
    help="From one look to the next (default: 5m).",
)  # fmt: skip
@flag("--converge", help="Put right what has drifted, if nothing is deleted, replaced or lost by that.")
@flag("--allow-destroy", help="With --converge: also delete and replace.")
@click.option("--max-destroy", type=click.IntRange(min=0), metavar="N", help="At most so many at once.")
@click.option("--exec", "command", metavar="COMMAND", help="Run this with the news as JSON on its input.")
@click.option(
    "--budget", type=click.IntRange(min=1), metavar="N",
    help="At most so many requests an hour (default: a tenth of the project's limit).",
)  # fmt: skip
@click.option("--rounds", type=click.IntRange(min=1), metavar="N", help="Look so often (default: for good).")
@options.output("text", "json", help="json: one line for everything that is new.")
@options.reading
@options.sandboxed
@options.coloured
def watch(
    every: float, converge: bool, allow_destroy: bool, max_destroy: int | None, command: str | None,
    budget: int | None, rounds: int | None, output: str, **given: Any,
) -> int:  # fmt: skip
    """Look again and again, and tell drift as it appears and disappears.

    Nothing is changed without --converge. Files are read anew for every look. When
    the API cannot be reached, that is told once and tried again less and less often.
    Ctrl-c ends it. COMMAND is run without a shell.
    """
    from hetzner.apply.watching import Habits
    from hetzner.cli.session import ended
    from hetzner.cli.watching import Watching
    from hetzner.cli.wishes import Setting

    def work(session: Watching) -> int:
        session.habits = Habits(max(1.0, every), converge, allow_destroy, max_destroy, budget, rounds)
        return session.run()

    return ended(Watching(Setting(**given), json=output == "json", command=command), work)
