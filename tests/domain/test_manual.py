"""docs/records.md says what the records do, all of it, and its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from hetzner import RECORDS
from hetzner.domain.manual import manual
from tests.domain.test_verbs import VERBS, record_class

DOCS = Path(__file__).parents[2] / "docs"
TEXT = manual()


def anchors(page: str) -> list[str]:
    """Return where links can lead."""
    titles = re.findall(r"^#{2,3} (.*)$", page, flags=re.MULTILINE)
    return [re.sub(r"[^a-z0-9_ -]", "", title.lower()) for title in titles]


def test_the_page_is_up_to_date() -> None:
    """The page is what the command in its introduction writes: `python -m hetzner.domain.manual`."""
    command = [sys.executable, "-m", "hetzner.domain.manual"]
    made = subprocess.run(command, capture_output=True, check=True, cwd=DOCS.parent).stdout.decode()
    assert made == TEXT
    assert (DOCS / "records.md").read_text(encoding="utf-8") == made


def test_every_verb_of_every_record_is_there() -> None:
    """Each has a section of its own, or one that all records share, and is named where its record is told."""
    parts = {part.partition("\n")[0]: part for part in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]}
    for each in VERBS:
        record, _, name = each.partition(".")
        told = parts[record]
        assert re.search(rf"^### \w+\.{name}$|\[{name}\]\(#{name}\)", told, flags=re.MULTILINE), each


def test_signatures_are_there_to_be_read() -> None:
    """They have names, types and defaults, and nothing that goes without saying."""
    assert "`change_type(server_type: Ref, *, upgrade_disk: bool, wait: bool = True) -> Action`" in TEXT
    assert "server_type: Choice, *, wait: bool = True, volumes: Refs = (), **options) -> Server`" in TEXT
    assert "user: str = 'root'" in TEXT
    assert "`using(client: Hetzner | AsyncHetzner) -> Iterator[None]`" in TEXT


def test_every_link_leads_to_a_section() -> None:
    """Links on the page and to the other pages lead somewhere, and no two sections share an anchor."""
    own = anchors(TEXT)
    assert len(own) == len(set(own))
    assert set(re.findall(r"\]\(#(.*?)\)", TEXT)) <= set(own)
    assert set(re.findall(r"\]\(api\.md#(.*?)\)", TEXT)) <= set(anchors((DOCS / "api.md").read_text()))


def test_what_people_come_to_from_elsewhere_is_there() -> None:
    """Every method of a record that the page for users of hcloud-python names exists."""
    page = (DOCS / "from-hcloud-python.md").read_text(encoding="utf-8")
    there = "\n".join(line.split("|")[2] for line in page.splitlines() if line.startswith("| "))
    kinds = {each.lower(): record_class(each) for each in RECORDS}
    named = re.findall(r"\b(\w+)\.([a-z_0-9]+)\b", there)
    checked = [(kind, name) for kind, name in named if kind.lower() in kinds]
    assert len(checked) > 20
    assert [each for each in checked if not hasattr(kinds[each[0].lower()], each[1])] == []
