"""One plan with every marker in every form, word for word.

``python -m tests.cli.test_golden_plans`` writes the files anew; look at what changed before it is kept.
"""

from __future__ import annotations

import asyncio
import io
from functools import cache
from pathlib import Path

import pytest

from hetzner.apply.converge import prepare
from hetzner.apply.drift import drift
from hetzner.apply.plans import Plan, Verdict
from hetzner.cli.screen import Screen
from hetzner.cli.showing import show, show_drift, show_in_full
from hetzner.cli.wishes import Wishes
from tests.apply.stage import Stage, read
from tests.cli import rich
from tests.cli.files import KEY

GOLDEN = Path(__file__).parent / "golden"
WHERE = " · sandbox · read 12 kinds"
CONSENT = "type the project's name, or --allow-destroy"


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        """Tell that it is a terminal."""
        return True


@cache
def planned() -> Plan:
    """Return the plan."""
    stage = Stage()
    stage.talk.good("POST", "/ssh_keys", {"name": "ops", "public_key": KEY})
    result = stage.apply(rich.BEFORE)
    assert result.complete, (result.failed, result.skipped)

    async def work() -> Plan:
        async with stage.client() as client:
            return (await prepare(client, read(rich.AFTER), figures=True)).plan

    return asyncio.run(work())


def painted(columns: int | None, *, color: str = "never") -> str:
    """Return the plan as text: for a terminal of so many columns, or for a file."""
    stream = io.StringIO() if columns is None else Terminal()
    screen = Screen(stream, color, {"COLUMNS": str(columns or 80), "TERM": "xterm"})
    show(planned(), Wishes(), screen, where=WHERE, consent=CONSENT)
    return stream.getvalue()


def printed(output: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the plan in another form."""
    show(planned(), Wishes(output=output, plan=True), Screen(io.StringIO()), where=WHERE, consent=CONSENT)
    return capsys.readouterr().out


def golden(name: str) -> str:
    """Return what is expected."""
    return (GOLDEN / name).read_text(encoding="utf-8")


def test_every_marker_is_there() -> None:
    """The plan has every verdict, so that the files show how each looks."""
    assert {item.verdict for item in planned()} >= {*Verdict} - {Verdict.NOTE}
    assert any(change.noted for item in planned() for change in item.changes)


@pytest.mark.parametrize("columns", [80, 120])
def test_text_on_a_terminal(columns: int) -> None:
    """On a terminal no line is wider than it, and none is broken in two."""
    text = painted(columns)
    assert text == golden(f"plan-{columns}.txt")
    assert max(map(len, text.splitlines())) <= columns


def test_text_in_colour() -> None:
    """Colours are those of the markers, which say the same without them."""
    assert painted(120, color="always") == golden("plan-120-colour.txt")


def test_text_in_a_file() -> None:
    """In a file nothing is cut."""
    assert painted(None) == golden("plan.txt")
    assert "…" not in painted(None)


@pytest.mark.parametrize("output", ["json", "md", "yaml"])
def test_other_forms(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON for programs, Markdown for pull requests, YAML for both."""
    assert printed(output, capsys) == golden(f"plan.{output}")


def test_in_full() -> None:
    """The full form also tells what is unchanged and what will be asked for."""
    stream = Terminal()
    show_in_full(planned(), Wishes(), Screen(stream, "never", {"COLUMNS": "80", "TERM": "xterm"}))
    assert stream.getvalue() == golden("plan-full.txt")


def test_drift() -> None:
    """Drift shows the same differences, and leaves out what is not there yet."""
    stream = io.StringIO()
    show_drift(drift(planned()), Wishes(refresh_only=True), Screen(stream, "never"), where=WHERE)
    assert stream.getvalue() == golden("drift.txt")


def test_prices_with_vat() -> None:
    """With --gross every amount has VAT in it."""
    stream = io.StringIO()
    show(planned(), Wishes(gross=True), Screen(stream, "never"), where=WHERE, consent=CONSENT)
    bill = planned().bill
    assert bill is not None
    assert f"{bill.now.gross:.2f} → {bill.then.gross:.2f} € a month" in stream.getvalue()
    assert "gross)" in stream.getvalue()


def _write() -> None:
    from contextlib import redirect_stdout

    texts = {"plan-80.txt": painted(80), "plan-120.txt": painted(120), "plan.txt": painted(None)}
    texts["plan-120-colour.txt"] = painted(120, color="always")
    full, seen = Terminal(), io.StringIO()
    show_in_full(planned(), Wishes(), Screen(full, "never", {"COLUMNS": "80", "TERM": "xterm"}))
    show_drift(drift(planned()), Wishes(refresh_only=True), Screen(seen, "never"), where=WHERE)
    texts |= {"plan-full.txt": full.getvalue(), "drift.txt": seen.getvalue()}
    for output in ("json", "md", "yaml"):
        with redirect_stdout(io.StringIO()) as told:
            wishes = Wishes(output=output, plan=True)
            show(planned(), wishes, Screen(io.StringIO()), where=WHERE, consent=CONSENT)
        texts[f"plan.{output}"] = told.getvalue()
    for name, text in texts.items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
