"""docs/infra.md says what the specs say, of every kind, and its examples are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hetzner.apply.handbook import renewed
from hetzner.domain.specs import kinds
from tests.apply.test_schema import errors

PAGE = Path(__file__).parents[2] / "docs" / "infra.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_tables_are_up_to_date() -> None:
    """Renewing the page changes nothing: else run `python -m hetzner.apply.handbook docs/infra.md`."""
    assert renewed(TEXT) == TEXT


def test_every_kind_and_field_is_on_the_page() -> None:
    """Each kind has a table with each of its fields, and what a change of it means."""
    for name, kind in kinds().items():
        _, _, part = TEXT.partition(f"<!-- fields: {name} -->")
        table = part.partition("<!-- end -->")[0]
        for field in kind.fields:
            assert re.search(rf"\| `{field}` \|.*\| (in place|a new object|told only|—)", table), (
                f"{name}.{field}"
            )


def test_a_table_that_is_out_of_date_is_renewed() -> None:
    """What stands between the marks is written anew, and nothing else."""
    broken = TEXT.replace("| `power` |", "| `pwer` |")
    assert broken != TEXT
    assert renewed(broken) == TEXT


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL))
def test_the_examples_are_valid(block: str) -> None:
    """Each example is what the JSON Schema says."""
    assert errors(block) == []
