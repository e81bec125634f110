"""What YAML may look like here, and how its errors read."""

from __future__ import annotations

import pytest
import yaml

from hetzner.apply.document import events, load
from tests.apply.document.conftest import Folder, Read, Refuse
from tests.apply.document.faces import KINDS


def test_duplicate_keys_name_both_lines(refuse: Refuse) -> None:
    """The second key is pointed to, the first one named."""
    text = "project: a\nservers:\n  web: {server_type: a, image: b}\n  web: {server_type: c, image: d}\n"
    assert refuse(text) == (
        "error: duplicate key 'web'\n"
        " --> infra.yaml:4:3\n"
        "  |\n"
        "3 |   web: {server_type: a, image: b}\n"
        "4 |   web: {server_type: c, image: d}\n"
        "  |   ^^^ first defined at line 3"
    )


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("project: a\n\tx: 1\n", "infra.yaml:2:1", "indent with spaces, not tabs"),
        ("project: a: b\n", "infra.yaml:1:11", "a value that contains ': ' needs quotes"),
        ("project: 'a\n", "infra.yaml:2:1", "a quote is opened and never closed"),
        ("x-a: {count: ${n}}\n", "infra.yaml:1:", 'inside { } and [ ] quote it: "${...}"'),
        ("x-a: [1, 2\nproject: a\n", "infra.yaml:2:", "a bracket is not closed"),
        ("project: @a\n", "infra.yaml:1:10", "quote values that begin with @"),
    ],
)
def test_syntax_errors_have_a_place_and_a_hint(text: str, place: str, hint: str, refuse: Refuse) -> None:
    """The usual slips are told with their usual cause."""
    message = refuse(text)
    assert message.startswith("error: not valid YAML: ")
    assert place in message
    assert hint in message


def test_merge_keys_and_anchors(read: Read) -> None:
    """`<<` fills in what is missing; of several sources the earlier one wins, the own value always."""
    document = read(
        "x-a: &a {image: debian-13, server_type: cx23}\n"
        "x-b: &b {image: other, location: nbg1}\n"
        "servers:\n  web: {<<: [*a, *b], server_type: cx33}\n"
    )
    assert document.resources[0].spec == {"server_type": "cx33", "image": "debian-13", "location": "nbg1"}


def test_an_alias_that_leads_nowhere_is_told_once(refuse: Refuse) -> None:
    """`<<` does not complain once more about what it cannot take."""
    told = refuse("project: a\nx-a: {<<: *b}\n")
    assert "alias '*b' has no anchor" in told
    assert "takes a mapping" not in told


def test_a_quoted_merge_key_is_a_key_like_any_other_twice(refuse: Refuse) -> None:
    """A second `<<` in one mapping is a duplicate."""
    text = "project: a\nx-a: &a {k: 1}\nx-b: {<<: *a, <<: *a}\n"
    assert "duplicate key '<<'" in refuse(text)


def test_a_byte_order_mark_and_an_empty_file_do_no_harm(folder: Folder, read: Read) -> None:
    """Editors that write a BOM are forgiven; columns still count from the first letter."""
    path = folder({"a.yaml": b"\xef\xbb\xbfproject: shop\n", "b.yaml": b"", "c.yaml": b"# nothing\n"})
    assert load([path], KINDS, environ={}).project == "shop"


def test_the_pure_reader_gives_the_same(monkeypatch: pytest.MonkeyPatch, read: Read, refuse: Refuse) -> None:
    """Without libyaml the answers and the depth guard are the same."""
    text = "servers:\n  web: &w\n    server_type: cx23\n    image: 'debian'\n"
    text += "    backups: yes\n    user_data: |\n      a\n"
    fast = read(text).resources[0].spec
    monkeypatch.setattr(events, "_Loader", yaml.SafeLoader)
    assert read(text).resources[0].spec == fast
    assert "more than 64 levels of nesting" in refuse("a: " + "[" * 200_000)


def test_a_value_may_be_text_of_any_plane(read: Read) -> None:
    """Emoji and combining letters survive."""
    document = read("servers: {web: {server_type: a, image: b, labels: {x: 'e\u0301 \U0001f600'}}}")
    assert document.resources[0].spec["labels"] == {"x": "e\u0301 \U0001f600"}


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x85", "\u2028"])
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_lines_are_counted_as_the_reader_does(
    line_break: str, loader: str, monkeypatch: pytest.MonkeyPatch, refuse: Refuse
) -> None:
    """Whatever ends the lines, and whatever stands before, the place is right."""
    monkeypatch.setattr(events, "_Loader", getattr(yaml, loader))
    lines = ["project: a", "# ä \U0001f600 \u540d", "outputs:", "  'ä\U0001f600': '\u540d ${wrong}'", ""]
    printed = refuse(line_break.join(lines))
    assert "unknown name 'wrong'\n --> infra.yaml:4:12\n" in printed
