"""Laws of the whole tree: sizes, docstrings, what must not be named, what an import may cost."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAVY = ("asyncio", "click", "httpx", "pydantic", "rich", "ssl", "tenacity", "yaml")
PRIVATE = ("/" + "work/", "/" + "root/", "/tm" + "p/brief", "." + "library")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    """Return the Python files of these folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def functions(*folders: str) -> Iterator[tuple[str, Function]]:
    """Yield every function of these folders with the place where it stands."""
    for path in sources(*folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def length(function: Function) -> int:
    """Return the number of lines from `def` to the end, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def one_sentence(docstring: str | None) -> bool:
    """Tell whether this is one sentence: one paragraph with one full stop, at its end."""
    text = " ".join((docstring or "").split("\n\n")[0].split())
    whole = text == " ".join((docstring or "").split())
    return whole and text.endswith(".") and not re.search(r"[.!?]\s+[A-Z]", text)


def tracked() -> list[Path]:
    """Return the files that belong to the project: what git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split(
            "\0"
        )
    except (FileNotFoundError, subprocess.CalledProcessError):  # an unpacked sdist
        return [*sources("hetzner", "tests"), *ROOT.glob("*.*")]
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_file_is_above_300_lines() -> None:
    """A Python file has 300 lines at most."""
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in sources("hetzner", "tests")
    }
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_no_function_is_above_60_lines() -> None:
    """A function has 60 lines at most."""
    lengths = {place: length(function) for place, function in functions("hetzner", "tests")}
    assert {place: lines for place, lines in lengths.items() if lines > 60} == {}


def test_functions_are_short() -> None:
    """Half of the package's functions have 6 lines at most, and nine in ten have 25."""
    lengths = [length(function) for _, function in functions("hetzner")]
    deciles = statistics.quantiles(lengths, n=10)
    assert deciles[4] <= 6
    assert deciles[8] <= 25


def test_every_test_says_in_a_sentence_what_holds() -> None:
    """Every test function has a docstring of one sentence."""
    tests = [(place, node) for place, node in functions("tests") if node.name.startswith("test_")]
    assert [place for place, node in tests if not one_sentence(ast.get_docstring(node))] == []


def test_one_sentence_is_told_from_two() -> None:
    """The law above accepts a sentence that wraps and refuses none, two, and a heading."""
    assert one_sentence("A sentence with hetzner.aio and 1.5 in it,\n    on two lines.")
    for docstring in (None, "", "No full stop", "One. Two.", "One.\n\n    Two."):
        assert not one_sentence(docstring)


def test_nothing_names_the_place_where_it_was_made() -> None:
    """No file of the project names a folder of the machine on which it was written."""
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in tracked()}
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path, text in texts.items()
        for word in PRIVATE
        if word in text
    ]
    assert found == []


def test_import_is_light() -> None:
    """`import hetzner` loads the standard library's light modules and nothing else."""
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import hetzner; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True, env={}
    )
    assert set(loaded.stdout.split()).isdisjoint(HEAVY)


def test_the_package_says_that_it_is_typed() -> None:
    """The marker that lets type checkers read the package stands beside the code."""
    assert (ROOT / "hetzner" / "py.typed").is_file()
