"""The picture as a page: one file that loads nothing, in which every object tells what it is."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files

from hetzner.apply.document import harmless
from hetzner.apply.plans import Verdict
from hetzner.apply.topology import Node, Topology
from hetzner.cli.graph_details import Details, Row, details
from hetzner.cli.graph_svg import style, svg
from hetzner.cli.graph_words import CLASSES, legend, marker, plural, title


def html(topology: Topology) -> Iterator[str]:
    """Yield the lines of a page."""
    sheet, script = f"\n{style()}{_file('graph_page.css')}", f"\n{_file('graph_page.js')}"
    name = escape(harmless(topology.project))
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(sheet, script)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{name}: topology</title>\n<style>{sheet}</style>\n</head>\n<body>"
    yield f"<header><h1>{name}</h1><p>{escape(_summary(topology))}</p>"
    yield '<div id="tools" hidden><button type="button" id="smaller" aria-label="smaller">&minus;</button>'
    yield '<button type="button" id="fit">fit</button>'
    yield '<button type="button" id="larger" aria-label="larger">+</button></div></header>'
    yield '<main><div id="view" tabindex="0" role="region" aria-label="topology">'
    yield from svg(topology, inside=True)
    yield '</div>\n<aside id="panel" aria-live="polite" aria-label="details">'
    yield from _overview(topology)
    titles = {address: title(node) for address, node in topology.nodes.items()}
    for node in topology.nodes.values():
        yield from _section(details(topology, node), titles)
    yield f"</aside></main>\n<script>{script}</script>\n</body>\n</html>"


def _file(name: str) -> str:
    return files("hetzner.cli").joinpath(name).read_text(encoding="utf-8")


def _policy(sheet: str, script: str) -> str:
    """Return the policy by which a browser runs what stands in the page, and loads nothing."""
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (sheet, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _summary(topology: Topology) -> str:
    marks = " · ".join(f"{marker(verdict)} {words}" for verdict, words in legend(topology))
    return marks or ("nothing to do" if topology.planned else "as declared")


def _overview(topology: Topology) -> Iterator[str]:
    """Yield what is shown as long as nothing is chosen: everything, by kind."""
    yield '<section id="overview">'
    for kind in dict.fromkeys(node.kind for node in topology.nodes.values()):
        yield f"<h2>{escape(plural(kind))}</h2><ul>"
        for node in topology.nodes.values():
            if node.kind is kind:
                yield f"<li>{_go(node.address, title(node), node)}</li>"
        yield "</ul>"
    yield "</section>"


def _go(address: str, words: str, node: Node | None = None) -> str:
    said = escape(words) + (_sign(node.verdict) if node else "")
    return f'<button type="button" class="go" data-go="{escape(harmless(address))}">{said}</button>'


def _sign(verdict: Verdict | None) -> str:
    if verdict not in CLASSES:
        return ""
    return f' <span class="sign {CLASSES[verdict]}">{escape(verdict.value)}</span>'


def _section(told: Details, titles: Mapping[str, str]) -> Iterator[str]:
    yield f'<section class="details" data-for="{escape(told.address)}" tabindex="-1">'
    yield f'<p class="kind">{escape(told.caption)}</p>'
    yield f"<h2>{escape(told.title)}{_sign(told.verdict)}</h2>"
    yield from (f'<p class="fate">{escape(line)}</p>' for line in told.fate)
    yield from _table("changes", told.changes)
    yield from _table("fields" if told.changes else "", told.fields)
    yield from _table("as the API shows it", told.live)
    for words, others in told.related:
        buttons = " ".join(_go(each, titles[each]) for each in others if each in titles)
        yield f'<p class="related"><span>{words}</span> {buttons}</p>'
    yield '<button type="button" class="close">close</button>'
    yield "</section>"


def _table(name: str, rows: Iterable[Row]) -> Iterator[str]:
    rows = [*rows]
    if not rows:
        return
    if name:
        yield f"<h3>{escape(name)}</h3>"
    yield "<dl>"
    for term, lines in rows:
        said = "".join(f'<span class="{_class(line)}">{escape(line)}</span>' for line in lines)
        yield f"<dt>{escape(term)}</dt><dd>{said}</dd>"
    yield "</dl>"


def _class(line: str) -> str:
    return {"+ ": "comes", "- ": "goes"}.get(line[:2], "row")
