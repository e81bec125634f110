"""Broken and malicious YAML: refused at once, with the place, without a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apply.document.conftest import Folder, Refuse

LAUGHS = "a: &a [lol]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "x-0: &m0 {k: v}\n" + "".join(
    f"x-{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 20)}]}}\n" for n in range(1, 30)
)
CASES = {
    "laughs": (LAUGHS, "aliases repeat more than 10,000 nodes"),
    "quadratic": (
        "a: &a " + "x" * 50_000 + "\nb: [" + "*a, " * 20_000 + "]\n",
        "aliases repeat more than 10,000",
    ),
    "recursive": ("project: &a [*a]\n", "alias '*a' contains itself"),
    "merge bomb": (MERGE_BOMB, "aliases repeat more than 10,000 nodes"),
    "python tag": (
        "project: !!python/object/apply:os.system [id]\n",
        "tag '!!python/object/apply:os.system' is not",
    ),
    "binary tag": ("project: !!binary aGFsbG8=\n", "tag '!!binary' is not allowed"),
    "duplicate key": ("project: a\nx-a: 1\nproject: b\n", "first defined at line 1"),
    "huge integer": ("version: " + "9" * 5000 + "\nproject: a\n", "number out of range"),
    "huge hex": ("version: 0x" + "f" * 200_000 + "\nproject: a\n", "number out of range"),
    "NUL": ("project: a\0b\n", "control character U+0000 is not allowed"),
    "escape": ("project: a\x1b[31mb\n", "control character U+001B is not allowed"),
    "brackets": ("project: " + "[" * 200_000, "more than 64 levels of nesting"),
    "braces": ("project: " + "{a: " * 200_000, "more than 64 levels of nesting"),
    "dashes": ("- " * 200_000, "more than 64 levels of nesting"),
    "question marks": ("? " * 200_000, "more than 64 levels of nesting"),
    "deep by alias": (
        "x-a0: &a0 [1]\n" + "".join(f"x-a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 120)),
        "more than 64 levels of nesting",
    ),
    "many nodes": ("x-a: [" + "a," * 2_500_000 + "]\n", "more than 500,000 values"),
    "two documents": ("project: a\n---\nproject: b\n", "a second document begins here"),
    "unknown alias": ("project: *nobody\n", "alias '*nobody' has no anchor"),
    "list as key": ("[a, b]: c\n", "a key must be a word"),
    "merge of text": ("<<: text\nproject: a\n", "<< takes a mapping"),
    "many problems": (
        "servers:\n" + "".join(f"  w{n}: {{a{n}: 1}}\n" for n in range(20_000)),
        "... and 90 more",
    ),
    "many slips": (
        "project: a\nservers:\n"
        + "".join(
            f"  web-{n}: {{server_type: a, image: b, user_data: '${{servers.wab-{n}.x}}'}}\n"
            for n in range(9000)
        ),
        "did you mean 'web-",
    ),
    "replica bomb": (
        "project: a\nservers:\n"
        + "".join(f"  w{n}: {{count: 20000, server_type: a, image: b}}\n" for n in range(50)),
        "more than 20,000 resources",
    ),
    "text bomb": (
        f"project: a\nvariables: {{v: {'x' * 400_000}}}\nservers:\n"
        "  w: {count: 20000, server_type: a, image: b, user_data: 'a${v}b'}\n",
        "filled in, the text is too long",
    ),
    "wide replicas": (
        "project: a\nservers:\n  w:\n    count: 20000\n    server_type: a\n    image: b\n    labels: {"
        + ", ".join(f"k{n}: v" for n in range(1000))
        + "}\n",
        "written out, more than 1,000,000 values",
    ),
    "variables in a circle": (
        "project: ${a}\nvariables: {a: '${b}', b: '${c}', c: '${a}'}\n",
        "variables need each other: a → b → c → a",
    ),
    "chain of variables": (
        "project: ${v0}\nvariables:\n"
        + "".join(f"  v{n}: ${{v{n + 1}}}\n" for n in range(3000))
        + "  v3000: x\n",
        "more than 32 variables in a chain",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_hostile_text_is_refused(name: str, folder: Folder, refuse_files: Refuse) -> None:
    """Every text of the corpus is refused with its own message."""
    text, message = CASES[name]
    assert message in refuse_files(folder({"infra.yaml": text}) / "infra.yaml")


def test_hostile_files_are_refused_fast_and_small(tmp_path: Path) -> None:
    """Each case takes about a second at most (two where the machine is busy), and none needs 150 MB."""
    for number, (text, _) in enumerate(CASES.values()):
        (tmp_path / f"{number}.yaml").write_text(text)
    with (tmp_path / "large.yaml").open("wb") as large:
        large.truncate(50 << 20)
    (tmp_path / "binary.yaml").write_bytes(b"a: !!binary " + b"A" * (50 << 20))
    program = """
import gc, json, sys, time
from hetzner.apply.document import DocumentError, load
from tests.apply.document.faces import KINDS
took = {}
for path in sys.argv[1:]:
    start = time.process_time()
    try:
        load([path], KINDS, environ={})
    except DocumentError as error:
        str(error)
        took[path] = time.process_time() - start
    gc.collect()
with open("/proc/self/status") as status:  # getrusage would count the parent before exec
    peak = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))
print(json.dumps([took, peak]))
"""
    root = Path(__file__).parents[3]
    paths = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(
        [sys.executable, "-c", program, *paths],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    took, megabytes = json.loads(done.stdout)
    assert set(took) == set(paths)
    assert {path: seconds for path, seconds in took.items() if seconds > 2} == {}
    assert megabytes <= 150


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("project: ä".encode("utf-16"), "is UTF-16, not UTF-8"),
        ("project: a".encode("utf-16-le"), "control character U+0000"),
        (b"project: a\nx-b: \xff\n", "infra.yaml:2: not UTF-8: byte 0xff"),
        (b"\x00" * 100, "control character U+0000"),
        (b"a" * ((5 << 20) + 1), "is larger than 5 MiB"),
    ],
)
def test_other_encodings_are_refused(raw: bytes, message: str, folder: Folder, refuse_files: Refuse) -> None:
    """Only UTF-8 of at most 5 MiB is read, and the message says what to do."""
    assert message in refuse_files(folder({"infra.yaml": raw}) / "infra.yaml")


def test_a_pipe_is_refused_without_waiting(tmp_path: Path, refuse_files: Refuse) -> None:
    """A FIFO that nobody writes to does not block."""
    os.mkfifo(tmp_path / "pipe.yaml")
    refused = refuse_files(tmp_path / "pipe.yaml")
    assert "is not a regular file but a pipe" in refused
    assert "'-' in its place reads standard input" in refused


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/dev/zero", "a device"),
        ("/nowhere/x.yaml", "does not exist"),
        ("/proc/self/mem", "cannot be read"),
        ("a\0b", "not a possible"),
    ],
)
def test_other_things_than_files_are_refused(path: str, why: str, refuse_files: Refuse) -> None:
    """Devices, missing files and impossible names are told apart."""
    assert why in refuse_files(Path(path))
