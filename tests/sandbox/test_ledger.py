"""The ledger of the sandbox: every operation has its line, every line its source, and none tells a lie."""

import re
from pathlib import Path

from hetzner.sandbox.kinds import kind_names
from hetzner.schema import operations
from tests.sandbox.spec import available, responses

LEDGER = (Path(__file__).parents[2] / "docs" / "sandbox-ledger.md").read_text(encoding="utf-8")
SOURCE = re.compile(r"(spec|changelog|client|seen|guess|-)([ ,]|$)")
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in LEDGER.splitlines()
    if line[:2] == "| "
]
LINES = {row[0].strip("`"): row[1:] for row in ROWS if row[0].startswith("`") and len(row) == 4}
HEADS = ("operation", "behaviour")


def test_every_line_has_a_source() -> None:
    """Each behaviour says how we know, in one of the words that the first paragraph explains."""
    told = [row for row in ROWS if row[0] not in HEADS]
    assert len(told) > 400
    assert [row for row in told if not SOURCE.match(row[-1])] == []


def test_every_operation_has_a_line_and_nothing_else_has() -> None:
    """What is declared is in the ledger, and what is in the ledger is declared."""
    assert {operation.name for operation in operations()} == LINES.keys()


def test_every_kind_has_its_own_rules() -> None:
    """What can go wrong stands under a heading that names the kind."""
    heads = {name for line in LEDGER.splitlines() if line[:3] == "## " for name in line[3:].split(", ")}
    assert {each for each in kind_names() if each != "datacenters"} <= heads


def test_the_lines_tell_what_is_answered() -> None:
    """Status and command are those of the OpenAPI and the schema, and the line says what happens here."""
    for operation in operations():
        answers, here, _ = LINES[operation.name]
        status, _, command = answers.partition(" ")
        assert command.strip("`") == (operation.command or ""), operation.name
        assert here, operation.name
        if available() and not operation.path.startswith("/datacenters"):
            assert status in responses(operation.verb, operation.path), operation.name
