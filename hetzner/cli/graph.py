"""``hetzner-apply graph``: a picture of what the files declare, with the marks of the plan if wanted."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from hetzner.cli import options

if TYPE_CHECKING:
    from hetzner.apply.topology import Topology
    from hetzner.cli.session import Session

FORMS = ("txt", "svg", "html", "mermaid", "dot")
SUFFIXES = {".mmd": "mermaid", ".gv": "dot", ".htm": "html"}
"""Endings of file names that are not the name of a form themselves."""
WIDTH = 120
"""Columns of a picture in letters that is not for a terminal."""
EPILOG = """\b
Examples:
  hetzner-apply graph infra.yaml                       on the terminal, asks nobody
  hetzner-apply graph infra.yaml -O shop.svg           what the files declare
  hetzner-apply graph infra.yaml --plan -O shop.html   with what would change
  hetzner-apply graph infra.yaml -o dot | dot -Tpdf -O
"""


@options.command("graph", epilog=EPILOG)
@options.paths()
@click.option(
    "-o", "--output", "form", type=click.Choice(FORMS),
    help="The form of the picture (default: by the ending of the file, else txt).",
)  # fmt: skip
@options.to_file
@options.flag("--plan", help="Mark what would change; asks the API and changes nothing.")
@options.flag("--offline", help="Ask nobody, not even the sandbox (default without --plan and --sandbox).")
@options.flag("--adopt", help="Plan to take over what has a declared name and is not owned.")
@click.option(
    "--fold", type=click.IntRange(min=0), metavar="N",
    help="Draw N or more replicas that are alike as one; 0 for never (default: 6).",
)  # fmt: skip
@options.reading
@options.sandboxed
@options.coloured
def graph(
    form: str | None, file: str | None, plan: bool, offline: bool, adopt: bool, fold: int | None, **given: Any
) -> int:
    """Draw the topology: from the Internet over DNS and load balancers to servers and storage.

    Without --plan and --sandbox it shows what the files declare and asks nobody;
    with one of them it marks what would be added (+), changed (~), replaced (±)
    and destroyed (-). svg and html are whole files that load nothing.
    """
    if offline and plan:
        raise click.UsageError("--plan asks the API: leave --offline out")
    from hetzner.cli.session import Session, ended
    from hetzner.cli.wishes import Setting

    session = Session(Setting(**given))
    session.begun = False
    asks = not offline and (plan or session.setting.sandbox is not None)
    form = form or _form_of(file)

    def work(session: Session) -> int:
        picture = _picture(session, asks=asks, adopt=adopt, prices=form == "html")
        return _written(session, _folded(picture, fold), form, file)

    return ended(session, work)


def _form_of(file: str | None) -> str:
    suffix = PurePath(file or "").suffix.lower()
    form = SUFFIXES.get(suffix, suffix.removeprefix(".")) or FORMS[0]
    if form not in FORMS:
        forms = ", ".join(f".{each}" for each in FORMS)
        raise click.UsageError(
            f"'{suffix}' is no picture that can be drawn: end the file with {forms}, or give -o; "
            "'-o dot | dot -Tpng' makes others"
        )
    return form


def _picture(session: Session, *, asks: bool, adopt: bool, prices: bool) -> Topology:
    from hetzner.apply.choice import Options
    from hetzner.apply.converge import prepare
    from hetzner.apply.topology import topology
    from hetzner.cli.stopping import interruptible

    document = session.document(secrets=asks)
    if not asks:
        return topology(document)
    with session.connected(document) as (client, runner), session.err.busy("looking at what is there ..."):
        looking = prepare(client, document, Options(adopt=adopt), figures=prices)
        prepared = runner.run(interruptible(looking))
    return topology(document, prepared.plan, prepared.observed)


def _folded(picture: Topology, fold: int | None) -> Topology:
    from hetzner.apply.folding import FOLD, folded

    return folded(picture, FOLD if fold is None else fold)


def _written(session: Session, picture: Topology, form: str, file: str | None) -> int:
    from hetzner.cli.exits import DONE, ERROR

    if file is None and form == "txt":
        from hetzner.cli.graph_txt import txt

        for line in txt(picture, session.out.console.width if session.out.is_terminal else WIDTH):
            session.out.wrapped(*line)
        return DONE
    data = rendered(picture, form).encode()
    if file is None:
        click.echo(data, nl=False)
        return DONE
    try:
        with click.open_file(file, "wb") as stream:
            stream.write(data)
    except OSError as error:
        session.err.error(f"{file} cannot be written: {error.strerror}")
        return ERROR
    session.err.line(f"{file} written.")
    return DONE


def rendered(picture: Topology, form: str) -> str:
    """Return a picture as the text of a file in one of the forms."""
    from importlib import import_module

    render = getattr(import_module(f"hetzner.cli.graph_{form}"), form)
    if form != "txt":
        return "".join(f"{line}\n" for line in render(picture))
    from hetzner.cli.screen import styled

    return "".join(f"{styled(line).plain.rstrip()}\n" for line in render(picture, WIDTH))
