"""What the code blocks of a page are to a test.

A block runs in a temporary folder, in a process with an empty sandbox of its own: `python` as a script (with
`await` at top level, as in the asyncio REPL), the commands of `console` (after `$ `) and of `sh` (each line)
one after the other. Python that defines functions `test_...` is a test module: pytest runs it, with the
package's fixtures. Output shown below a command is compared; `...` stands for anything. `yaml` whose first
line is `# NAME.yaml` is a file there for the blocks below it. `text` is prose. Any other language is refused.

A comment on the line before the block may say more, separated by semicolons:

    <!-- test: continues -->       goes on in the process of the block before it: same variables, same sandbox
    <!-- test: exit 2 -->          the last command ends with this status
    <!-- test: skip, REASON -->    not run; Python blocks are never skipped
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
FENCE = re.compile(
    r"^(?:<!-- test: (?P<notes>[^\n]*?) -->\n)?"
    r"(?P<fence>`{3,})(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
RUN = {"python": "python", "console": "console", "sh": "sh", "bash": "sh", "shell": "sh"}


@dataclass(frozen=True)
class Command:
    """A command line of a page, and what the page says that it prints ("" for nothing said)."""

    words: list[str]
    output: str


@dataclass(frozen=True)
class Block:
    """A fenced block: language, text, the line of the page where the text begins, the notes before it."""

    language: str
    text: str
    line: int
    notes: tuple[str, ...] = ()

    @property
    def continues(self) -> bool:
        """Tell whether this block goes on where the one before it ended."""
        return "continues" in self.notes

    @property
    def status(self) -> int:
        """Return the exit status of the block's last command."""
        return next((int(note.removeprefix("exit ")) for note in self.notes if note.startswith("exit ")), 0)

    @property
    def skipped(self) -> str:
        """Return why the block is not run, or "" where it is."""
        return next((note.removeprefix("skip, ") for note in self.notes if note.startswith("skip, ")), "")

    @property
    def file(self) -> str:
        """Return the name under which the block is kept as a file, or ""."""
        named = re.match(r"# (\S+\.yaml)\n", self.text)
        return named[1] if named and self.language == "yaml" else ""

    @property
    def commands(self) -> list[Command]:
        """Return the commands of a `console` or `sh` block."""
        text = self.text.replace("\\\n", " ")
        if RUN[self.language] == "sh":
            return [
                Command(words, "")
                for line in text.splitlines()
                if (words := shlex.split(line, comments=True))
            ]
        asked = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
        return [
            Command(shlex.split(line, comments=True), output)
            for line, _, output in (a.partition("\n") for a in asked)
        ]


@dataclass
class Session:
    """Blocks that share a process, and the files that stand in its folder."""

    blocks: list[Block]
    files: dict[str, str] = field(default_factory=dict)


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order.

    Raises:
        ValueError: a note is none of those that the module's docstring lists.
    """
    for found in FENCE.finditer(page):
        notes = tuple(note.strip() for note in (found["notes"] or "").split(";") if note.strip())
        if unknown := [note for note in notes if not re.fullmatch(r"continues|exit \d+|skip, .+", note)]:
            raise ValueError(f"what does {unknown} mean?")
        yield Block(
            found["language"].strip(), found["text"], page.count("\n", 0, found.start("text")) + 1, notes
        )


def sessions(page: str) -> list[Session]:
    """Return what has to be run so that every block of a page has run.

    Raises:
        ValueError: a block is in no known language, or is Python and skipped.
    """
    found: list[Session] = []
    files: dict[str, str] = {}
    for block in blocks(page):
        if block.language == "python" and block.skipped:
            raise ValueError(f"line {block.line}: a Python block is never skipped")
        if block.skipped or block.language == "text":
            continue
        if block.language == "yaml":
            yaml.safe_load(block.text)
            files |= {block.file: block.text} if block.file else {}
        elif block.language not in RUN:
            raise ValueError(f"line {block.line}: no test runs {block.language!r}")
        elif block.continues:
            found[-1].blocks.append(block)
        else:
            found.append(Session([block], dict(files)))
    return found


def scripts() -> dict[str, str]:
    """Return the commands that the package installs, as `module:function` by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return dict(project["scripts"])


def step(block: Block) -> dict[str, object]:
    """Return what the process that runs a block has to know of it."""
    commands = [] if block.language == "python" else [asdict(command) for command in block.commands]
    return {"line": block.line, "text": block.text, "commands": commands, "status": block.status}


def environment(folder: Path) -> dict[str, str]:
    """Return the variables of a reader at home in this folder, without an account: all goes to a sandbox."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    asked = {"HCLOUD_ENDPOINT": "sandbox:", "HCLOUD_TOKEN": "x" * 64, "HETZNER_API_TOKEN": "x" * 64}
    here = {"HOME": str(folder), "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}
    return kept | asked | here | {"NO_COLOR": "1", "COLUMNS": "110", "LANG": "C.UTF-8"}


def run(
    session: Session, folder: Path, programs: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the blocks of a session in this folder; it returns 0 where all went as the page says."""
    for name, text in session.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    if not (folder / "examples").is_symlink():
        (folder / "examples").symlink_to(ROOT / "examples")
    told = {"scripts": dict(programs or scripts()), "steps": [step(block) for block in session.blocks]}
    command = [sys.executable, "-P", "-W", "error", str(ROOT / "tests" / "readme_process.py")]
    return subprocess.run(
        command, input=json.dumps(told), cwd=folder, env=environment(folder),
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
