"""A plan for a pull request: nothing from a file or from the cloud acts as markup in it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hetzner.apply.plans import FieldChange, Item, Verdict
from hetzner.cli.markdown import code, escaped, markdown
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK
from tests.cli.plans import SERVERS, actual, plan, update

HOSTILE = "<img src=x onerror=alert(1)> | **b** `c` [l](https://evil.example) @everyone #1 </details>"


SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
"""A code span of Markdown."""


def rendered(text: str) -> str:
    """Return escaped text as a reader of Markdown would see it."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


@given(st.text(max_size=60))
def test_text_is_shown_as_it_is(text: str) -> None:
    """Escaped text has no tag, no mention, no link and no cell border, and reads as it was written."""
    told = escaped(text)
    assert "<" not in told
    assert not re.search(r"(?<!\\)[|@*_`\[\]#]", told)
    assert "://" not in told
    if text.isascii() and text.isprintable():
        assert rendered(told) == text


@given(st.text(max_size=60))
def test_code_spans_end_where_they_should(text: str) -> None:
    """The fence of a code span does not occur in it, and no cell of a table ends in it."""
    told = code(text)
    fence = re.match("`+", told)
    assert fence is not None
    inside = told[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inside)
    assert not re.search(r"(?<!\\)\|", told)
    assert "\n" not in told


def test_hostile_names() -> None:
    """Wherever a hostile text gets into a plan, it stays text."""
    item = Item(
        SERVERS,
        HOSTILE,
        Verdict.UPDATE,
        actual=actual(),
        changes=(FieldChange("labels", {"a": "b"}, {"a": f"```\n{HOSTILE}"}),),
        why=HOSTILE,
        refused=HOSTILE,
    )
    told = markdown(plan(item))
    table, details = told.split("<details>")
    assert "<img" in table  # in a code span, where it is text
    assert re.findall("<[^>]*>?", SPAN.sub("", table)) == ["<br>", "<br>"]
    fence = re.search(r"^(`{3,})diff$", details, re.MULTILINE)
    assert fence is not None
    assert details.count(f"\n{fence[1]}\n") == 1
    body = details.partition(f"{fence[1]}diff")[2].partition(f"\n{fence[1]}\n")
    assert "</details>" in body[0]
    assert body[2].strip() == "</details>"


def test_it_needs_a_plan_only(invoke: Invoke) -> None:
    """It is printed with --plan; what is unchanged is only counted."""
    result = invoke(NETWORK, "--plan", "-o", "md")
    assert result.exit_code == 0
    assert result.stdout.startswith("### `shop`: 1 add\n\n|  | Object | What it does |\n")
    assert "| `+` | `networks.internal` |  |" in result.stdout
    assert invoke(EMPTY, "--plan", "-o", "md").stdout == "### `shop`: nothing to do\n"


def test_losses_stand_out() -> None:
    """What needs consent is said below the table."""
    told = markdown(update(loses_data=True))
    assert "**Needs consent** (`--allow-destroy`): `servers.web`" in told


@pytest.mark.parametrize("option", ["md", "yaml"])
def test_no_secret(invoke: Invoke, option: str) -> None:
    """No secret is in it."""
    text = EMPTY + "variables: {pw: {default: hunter2, secret: true}}\n"
    text += "servers:\n  web: {server_type: cx23, image: debian-13, user_data: 'pw ${pw}'}\n"
    result = invoke(text, "--plan", "-o", option)
    assert (result.exit_code, "hunter2" in result.output) == (0, False)
