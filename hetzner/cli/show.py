"""``hetzner-apply show``: what files mean, written out."""

from __future__ import annotations

from typing import Any

import click

from hetzner.cli import options


@options.command("show")
@options.paths()
@options.reading
@options.coloured
def show(**given: Any) -> int:
    """Print files as they are understood, written out; nobody is asked.

    One entry for each object, with defaults, variables and short forms filled in.
    Secrets are masked, and need no value; what only other objects can tell stays ${...}.
    """
    from hetzner.cli.session import Session, ended
    from hetzner.cli.wishes import Setting

    return ended(Session(Setting(**given)), _shown)


def _shown(session: Any) -> int:
    from hetzner.apply.showing import shown

    click.echo(shown(session.document(secrets=False)), nl=False)
    return 0
