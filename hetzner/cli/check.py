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
    limits. Secret variables need no value. Ends with 0, or with 64 and every problem at its line and column.
    """
    from hetzner.cli.session import Session, ended
    from hetzner.cli.wishes import Setting

    return ended(Session(Setting(**given)), _checked)


def _checked(session: Any) -> int:
    from dataclasses import replace

    from hetzner.apply.document import DocumentError, Problem
    from hetzner.apply.document.grouping import dealt, grouped
    from hetzner.apply.examine import doubts
    from hetzner.cli.wording import several

    problems: list[Problem] = []
    groups = grouped(session.setting.paths)
    for paths, variables in zip(groups, dealt(groups, session.setting.variables), strict=True):
        session.setting = replace(session.setting, paths=paths, variables=variables)
        try:
            document = session.document(secrets=False)
        except DocumentError as error:
            problems += error.problems
        else:
            for doubt in doubts(document):
                session.err.wrapped(
                    ("warning  ", "bold yellow"), f"{doubt.mark}  {doubt.message}: {doubt.help}"
                )
            objects = several(len(document.resources), "object")
            session.err.line(f"{document.project}: {objects}, nothing wrong.")
    if problems:
        raise DocumentError(problems)
    return 0
