"""Every block of the README and of docs/ does what the page says."""

from pathlib import Path

import pytest

from tests.readme import ROOT, Session, run, sessions

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FOUND = [
    pytest.param(session, id=f"{page.relative_to(ROOT)}:{session.blocks[0].line}")
    for page in PAGES
    if page.exists()
    for session in sessions(page.read_text(encoding="utf-8"))
]
ECHO = {"echo": "echo:main"}
PROGRAM = """
import sys
def main():
    print("said", *sys.argv[1:])
    return 3 if "badly" in sys.argv else None
"""


@pytest.mark.parametrize("session", FOUND)
def test_page(session: Session, tmp_path: Path) -> None:
    """The blocks run on the sandbox, and print what the page shows."""
    result = run(session, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_readme_has_blocks() -> None:
    """The README shows Python and commands that the test above runs."""
    shown = sessions((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {"python", "console"} <= {block.language for session in shown for block in session.blocks}


def test_every_page_is_linked() -> None:
    """One gets from the README to every page of docs/."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")]
    assert [page for page in pages if f"({page})" not in readme] == []


GOOD = {
    "python": "```python\nassert 1\n```",
    "await": "```python\nimport asyncio\nassert await asyncio.to_thread(int, '7') == 7\n```",
    "variables": "```python\na = 1\n```\nThen:\n<!-- test: continues -->\n```python\nassert a\n```",
    "output": "```console\n$ echo a \\\n  b  # twice\nsaid ... b\n$ echo\n```",
    "lines": "```sh\n# a comment\necho a\n\necho b\n```",
    "status": "<!-- test: exit 3 -->\n```console\n$ echo well\n$ echo badly\nsaid badly\n```",
    "file": "```yaml\n# a.yaml\nb: 1\n```\n```python\nassert open('a.yaml').read().endswith('b: 1\\n')\n```",
    "tests": "```python\ndef test_a(hetzner_sandbox):\n    assert hetzner_sandbox.elapsed == 0\n```",
    "prose": "```text\na -> b\n```\n<!-- test: skip, far -->\n```sh\npip install a\n```\n```python\n1\n```",
}
BAD = {
    "python": ("```python\n\nassert 0\n```", 'line 3, in <module>'),
    "variables": ("```python\na = 1\n```\n```python\nassert a\n```", "NameError"),
    "tests": ("```python\ndef test_a():\n    assert 0\n```", "its tests ended with"),
    "output": ("```console\n$ echo a\nsaid b\n```", "the page shows\nsaid b"),
    "status": ("```console\n$ echo badly\n```", "ended with 3, not with 0"),
    "unexpected success": ("<!-- test: exit 3 -->\n```console\n$ echo a\n```", "ended with 0, not with 3"),
    "program": ("```sh\npip install a\n```", "no test runs 'pip install a'"),
    "pipe": ("```sh\necho a | sort\n```", "no test runs 'echo a | sort'"),
    "network": ("```python\nimport socket\nsocket.getaddrinfo('192.0.2.1', 80)\n```", "asked for 192.0.2.1"),
}  # fmt: skip


def results(page: str, folder: Path) -> list[tuple[int, str]]:
    """Run a page whose only command is `echo`; return status and complaint of each session."""
    (folder / "echo.py").write_text(PROGRAM)
    ran = [run(session, folder, ECHO) for session in sessions(page)]
    return [(result.returncode, result.stderr) for result in ran]


@pytest.mark.parametrize("page", GOOD.values(), ids=GOOD.keys())
def test_a_page_that_is_right_passes(page: str, tmp_path: Path) -> None:
    """The runner accepts each kind of block that its docstring describes."""
    assert {status for status, _ in results(page, tmp_path)} == {0}


@pytest.mark.parametrize(("page", "complaint"), BAD.values(), ids=BAD.keys())
def test_a_page_that_is_wrong_fails(page: str, complaint: str, tmp_path: Path) -> None:
    """The runner fails where a block does not do what is shown, and says where."""
    status, said = results(page, tmp_path)[-1]
    assert status == 1
    assert complaint in said


@pytest.mark.parametrize(
    "page",
    [
        "```ruby\n1\n```",
        "```\n1\n```",
        "<!-- test: skip, no time -->\n```python\n1\n```",
        "<!-- test: maybe -->\n```sh\na\n```",
    ],
)
def test_what_cannot_be_run_is_refused(page: str) -> None:
    """A block in no known language, a skipped Python block and an unknown note are errors of the page."""
    with pytest.raises(ValueError, match=r"no test runs|never skipped|what does"):
        sessions(page)
