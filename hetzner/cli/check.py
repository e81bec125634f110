"""``hetzner-apply check``: what a file says wrong, before anything is asked."""

from __future__ import annotations

from typing import Any

from hetzner.cli import options


@options.command("check")
@options.paths()
@options.reading
@options.coloured
def check(**given: Any) -> int:
    """Check files without asking anybody, as before a commit.

    Everything that can be known without the API: words, types, ranges, references,
    limits. Ends with 0, or with 64 and every problem at its line and column.
    """
    from hetzner.cli.session import Session, ended
    from hetzner.cli.wishes import Setting

    return ended(Session(Setting(**given)), _checked)


def _checked(session: Any) -> int:
    document = session.document()
    count = len(document.resources)
    session.err.line(f"{document.project}: {count} {'object' if count == 1 else 'objects'}, nothing wrong.")
    return 0
