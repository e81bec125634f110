"""The drawn picture: nothing lies over anything else, and whatever things are called, it is a picture."""

import re
from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hetzner.apply.folding import folded
from hetzner.apply.topology import INTERNET, Topology, topology
from hetzner.cli.graph import FORMS, rendered
from hetzner.cli.graph_dot import quoted
from hetzner.cli.graph_layout import laid_out
from hetzner.cli.graph_measures import LETTER
from hetzner.cli.graph_mermaid import escaped
from hetzner.cli.graph_words import cells
from hetzner.domain.specs.drawing import Role
from tests.apply.documents import written
from tests.apply.stage import Stage, read
from tests.apply.wide import PASSWORD, everything
from tests.cli.picturing import crowd, declared, planned

SIZES = {"project": 20.0, "name": 13.0, "fact": 11.5, "legend": 11.5, "foot": 11.5, "label": 10.5}
SVG = "{http://www.w3.org/2000/svg}"
PICTURES: dict[str, Callable[[], Topology]] = {
    "the example": declared,
    "the plan of the example": planned,
    "nothing": lambda: declared("ssh_keys: {}\n"),
    "one server": lambda: declared("servers: {web: {server_type: cx23, image: debian-13}}\n"),
    **{f"{count} servers": partial(declared, crowd(count)) for count in (3, 15, 60, 300)},
}


@pytest.fixture(params=[*PICTURES])
def picture(request: pytest.FixtureRequest) -> Topology:
    """Return each of the pictures."""
    return PICTURES[request.param]()


def test_nothing_lies_over_anything_else(picture: Topology) -> None:
    """No two nodes overlap; a frame holds all that is in it, and touches nothing that is not."""
    layout = laid_out(picture)
    for (_, one), (_, other) in combinations(layout.nodes.items(), 2):
        assert not one.overlaps(other)
    assert {*layout.nodes} - {INTERNET} == {node.address for node in picture.placed}
    for frame, rect in layout.frames:
        for address, node in layout.nodes.items():
            if address != INTERNET and picture.nodes[address].role is Role.MACHINE:
                own = picture.nodes[address]
                is_in = frame == own.outline or (own.boxes and frame == own.boxes[0][0])
                assert rect.holds(node) if is_in else not rect.overlaps(node), (frame, address)
            else:
                assert not rect.overlaps(node), (frame, address)


def test_everything_is_inside(picture: Topology) -> None:
    """Nodes, frames, lines and every text are inside of the picture, and no text is wider than its node."""
    layout = laid_out(picture)
    places = [*layout.nodes.values(), *(rect for _, rect in layout.frames)]
    points = [point for route in layout.routes for _, point in route.steps]
    assert all(min(each.x, each.y) >= 0 for each in places)
    assert all(each.right <= layout.width and each.bottom <= layout.height for each in places)
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in points)
    root = ElementTree.fromstring(rendered(picture, "svg"))  # noqa: S314 - our own
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for text in root.iter(f"{SVG}text"):
        kinds = text.attrib.get("class", "").split()
        wide = cells(text.text or "") * SIZES.get(kinds[0] if kinds else "", 11.5) * LETTER
        assert float(text.attrib["x"]) + (0 if {"end", "name"} & {*kinds} else wide) <= width
        assert 0 < float(text.attrib["y"]) < height


def test_lines_pass_beside_nodes(picture: Topology) -> None:
    """A straight part of a line crosses no node but those at its ends."""
    layout = laid_out(picture)
    for route in layout.routes:
        before = route.steps[0][1]
        for letter, at in route.steps[1:]:
            if letter == "L" and at[1] == before[1]:
                others = {*layout.nodes} - {route.edge.source, route.edge.target}
                for each in (layout.nodes[address] for address in others):
                    is_beside = at[0] <= each.x or before[0] >= each.right
                    assert is_beside or not each.y < at[1] < each.bottom, route.edge
            before = at


def test_a_picture_of_many_is_not_endless() -> None:
    """Three hundred servers of different names take a page, not a roll; replicas take no more than one."""
    layout = laid_out(declared(crowd(300)))
    assert layout.width < 4000
    assert layout.height < 7000
    replicas = declared("servers: {web: {count: 300, server_type: cx23, image: debian-13}}\n")
    assert laid_out(replicas).height < 200


def test_every_form_is_the_same_each_time(picture: Topology) -> None:
    """The same picture is the same text, whichever form it has."""
    for form in FORMS:
        assert rendered(picture, form) == rendered(picture, form)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(everything(), everything())
def test_every_plan_is_a_picture(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Whatever a project becomes: all that happens is in the picture with its mark, and nothing overlaps."""
    stage = Stage()
    stage.apply(written(first))
    prepared = stage.go(lambda client: stage._prepared(client, written(second), {}, False))
    picture = topology(prepared.plan.document, prepared.plan, prepared.observed)
    for item in prepared.plan:
        assert picture.nodes[item.address].verdict is item.verdict
    test_nothing_lies_over_anything_else(picture)
    test_lines_pass_beside_nodes(picture)
    for form in FORMS:
        assert PASSWORD not in rendered(folded(picture, 2), form)


NASTY = st.text(
    st.sampled_from(
        [
            *"<>&\"'`#;{}[]()|\\%-_.=~*$ \n\r\t\x00\x1b\x7f\x9b\u202e\u200b\ufeff\ufffe\u2028é日😀\u0301",
            "a",
            "b",
        ]
    ),
    min_size=1,
    max_size=24,
).filter(str.strip)
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\ufeff\ufffe\u2028]")


@settings(max_examples=60, deadline=None)
@given(st.lists(NASTY, min_size=1, max_size=3, unique=True), NASTY)
def test_names_are_only_ever_names(names: list[str], described: str) -> None:
    """Whatever objects are called: XML parses, no character acts on a terminal, quotes are never left."""
    picture = _named(names, described)
    for form in FORMS:
        assert not CONTROLS.search(rendered(picture, form)), form
    root = ElementTree.fromstring(rendered(picture, "svg"))  # noqa: S314 - our own
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= TAGS
    page = rendered(picture, "html")
    assert page.count("<script>") == page.count("</script>") == 1
    assert not re.search(
        r"<(img|iframe|object|link|base)\b|\bon\w+=|https?://(?!www\.w3\.org/2000/svg)", _unquoted(page)
    )
    for line in rendered(picture, "mermaid").splitlines():
        assert line.lstrip().startswith("%%") or line.count('"') in (0, 2)
    for line in rendered(picture, "dot").splitlines():
        assert line.lstrip().startswith("//") or not re.sub(r'"(?:[^"\\]|\\.)*"', "", line).count('"')


TAGS = {"svg", "title", "desc", "style", "rect", "text", "g", "path", "polygon", "circle", "ellipse"}


def _named(names: list[str], described: str) -> Topology:
    """Return the picture of load balancers, floating IPs and keys that are called like that."""
    from dataclasses import replace

    document = read(
        "floating_ips: {vip: {type: ipv4, home_location: fsn1, description: x}}\n"
        "load_balancers: {lb: {load_balancer_type: lb11, location: fsn1}}\n"
        "ssh_keys: {ops: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEb0rQ2JdJr4Zl0yX1b7F3m5n9vYt8uQk2cW6xO4pLhS}\n"
    )
    several = [
        replace(
            each, name=f"{name}{number}", base_name=name, spec={**each.spec, **_told(each.spec, described)}
        )
        for number, name in enumerate(names)
        for each in document.resources
    ]
    return topology(replace(document, project=names[0], resources=tuple(several)))


def _told(spec: dict[str, object], described: str) -> dict[str, str]:
    return {"description": described} if "description" in spec else {}


def _unquoted(page: str) -> str:
    """Return a page without its script, its style and the values of attributes."""
    page = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r'="[^"]*"', "", page)


def test_what_means_something_is_escaped() -> None:
    """Mermaid gets character codes, DOT its own escapes."""
    assert escaped('a"b#c-d -e <f> `g`') == "a#34;b#35;c-d #45;e #60;f#62; #96;g#96;"
    assert escaped("$$x$$") == "#36;<wbr>#36;x#36;<wbr>#36;"
    assert quoted('a"b\\c', "&lt;") == '"a\\"b\\\\c\\n&amp;lt;"'
