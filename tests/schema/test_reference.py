"""docs/api.md says what the declarations say, all of it, and its links lead somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hetzner.schema import Operation, operations
from hetzner.schema.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
TEXT = reference()
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"^#{2,3} ", TEXT, flags=re.MULTILINE)[1:]}


def test_the_page_is_up_to_date() -> None:
    """The page is what the command in its introduction writes."""
    command = [sys.executable, "-m", "hetzner.schema.reference"]
    made = subprocess.run(command, capture_output=True, check=True, cwd=PAGE.parents[1]).stdout.decode()
    assert made == TEXT
    assert PAGE.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.name)
def test_an_operation_is_told_whole(operation: Operation) -> None:
    """Its section has verb and path, purpose, every parameter with its meaning, and what it answers."""
    told = SECTIONS[operation.name]
    words = " ".join(told.split())
    assert f"`{operation.verb} {operation.path}`" in told
    assert operation.summary.replace("``", "`") in told
    for name in operation.paths:
        assert f"- `{name}` (" in told
    for parameter in operation.parameters.values():
        line = next(line for line in told.splitlines() if line.startswith(f"- `{parameter.name}` ("))
        assert line.endswith(f": {parameter.doc}")
        assert ("optional)" in line) != parameter.required
    assert ("**Deprecated**" in told) == (operation.deprecated is not None)
    answer = getattr(operation.returns, "__name__", "None")
    assert f"[{answer}]" in words or (answer == "NoneType" and "Answers with nothing." in words)


def test_every_link_leads_to_a_section() -> None:
    """Each type that is named has a section, and no two sections share an anchor."""
    anchors = [re.sub(r"[^a-z0-9_ -]", "", title.lower()) for title in SECTIONS]
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#(.*?)\)", TEXT)) <= set(anchors)


def test_types_are_told_in_words() -> None:
    """Choices, lists, what may be missing, what is never shown and units are there to be read."""
    assert '- `status` (`"available"` or `"creating"`, or a list of them, optional)' in TEXT
    assert "- `size` (int): GB." in SECTIONS["Volume"]
    assert "- `root_password` (str or None, never shown)" in SECTIONS["RootPasswordResponse"]
    assert "- `timeout` (int, optional)" in SECTIONS["LoadBalancerHealthCheckParam"]
    assert "- `ip` (str, optional)" in SECTIONS["LoadBalancerTargetServerParam"]
    assert "- `server_id` (made of the others): The id of the new server." in SECTIONS["ServerCreateResponse"]
    assert "Its action" not in SECTIONS["servers.retrieve"]
    assert "its action is `stop_server`" in SECTIONS["servers.actions.poweroff"]
