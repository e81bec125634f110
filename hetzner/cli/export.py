"""``hetzner-apply export``: what is there, as a file that declares it."""

from __future__ import annotations

from typing import Any

import click

from hetzner.cli import options


@options.command("export")
@click.argument("kinds", metavar="[KIND...]", nargs=-1)
@options.to_file
@options.selector
@click.option("--project", metavar="NAME", help="Whose file it is (default: whoever owns what is there).")
@options.sandboxed
@options.coloured
def export(
    kinds: tuple[str, ...], file: str | None, selector: str | None, project: str | None, **given: Any
) -> int:
    """Write a live project as YAML, or some KINDs of it.

    A plan of the result changes nothing, and --adopt takes over what no project
    owns. Nothing secret is in it: what cannot be read back is told in comments.
    """
    from hetzner.apply.document import did_you_mean
    from hetzner.apply.export import export as exported
    from hetzner.cli.session import Session, ended
    from hetzner.cli.stopping import interruptible
    from hetzner.cli.wishes import Setting
    from hetzner.domain.specs import kinds as known

    for kind in kinds:
        if kind not in known():
            hint = did_you_mean(kind, known()) or f"there are: {', '.join(known())}"
            raise click.UsageError(f"there is no kind '{kind}'; {hint}")

    def work(session: Session) -> int:
        with session.connected() as (client, runner):
            asked = exported(client, project=project, selector=selector, only=kinds)
            with session.err.busy("looking at what is there ..."):
                text = runner.run(interruptible(asked))
        options.write(text, file)
        return 0

    return ended(Session(Setting(**given)), work)
