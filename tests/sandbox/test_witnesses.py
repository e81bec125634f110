"""The witness that looks at every answer: it does see what is wrong, and it counts."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner.sandbox.kinds.ssh_keys import SSHKeys
from tests.sandbox.spec import available, template_of
from tests.sandbox.talk import Talk
from tests.witnesses import WITNESSES, Witnesses, deaf

needs_specification = pytest.mark.skipif(not available(), reason="the published specification is not here")


@needs_specification
@pytest.mark.parametrize(
    ("shown", "complaint"),
    [
        ({"surprise": 1}, "surprise"),
        ({"created": "yesterday"}, "date-time"),
        ({"fingerprint": None}, "fingerprint"),
        ({"id": "1"}, "id"),
    ],
)
def test_a_wrong_answer_is_seen(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, shown: dict[str, Any], complaint: str
) -> None:
    """A field too many, of another type, or that is no time: each is a complaint, unless one looks away."""
    with talk.sandbox.inside() as project:
        project.table("ssh_keys").add({"id": 1, "name": "k", "fingerprint": "f"})
    right = {"id": 1, "name": "k", "fingerprint": "f", "public_key": "p", "labels": {}}
    right["created"] = "2026-11-23T12:00:00Z"
    monkeypatch.setattr(SSHKeys, "render", lambda self, row: {**right, **shown})
    talk.get("/ssh_keys/1")
    assert complaint in " ".join(WITNESSES.complained())
    with deaf():
        talk.get("/ssh_keys/1")
    assert WITNESSES.complained() == []


@needs_specification
def test_paths_find_their_operation() -> None:
    """Literal segments win over placeholders, and a verb or path that is not published finds nothing."""
    assert template_of("GET", "/v1/servers/actions/7") == "/servers/actions/{id}"
    assert template_of("POST", "/servers/7/actions/reboot") == "/servers/{id}/actions/reboot"
    assert template_of("DELETE", "/servers/7/actions/reboot") == ""
    assert template_of("GET", "/v1/nowhere") == ""


def test_counts_of_several_processes_are_one() -> None:
    """What workers saw is added up, things seen by two of them are counted once."""
    one, two = Witnesses(), Witnesses()
    for each, operation in ((one, "GET /servers"), (two, "GET /servers"), (two, "GET /images")):
        each.count("answers", 1000)
        each.saw("operations", operation)
    one.merge(two.dumped())
    assert [line.split()[0] for line in one.lines()] == ["3,000", "2"]
