"""The page of a picture in a real browser: on a phone and on a desk, light and dark, by mouse and by keys."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from hetzner.cli.graph import rendered
from tests.cli.browser import PROGRAM, Browser
from tests.cli.picturing import planned

needs_browser = pytest.mark.skipif(PROGRAM is None, reason="there is no browser here")
WEB = '.node[data-node="servers.web-1"]'
SHOWN = (
    "[...document.querySelectorAll('.details')].filter(each => !each.hidden).map(each => each.dataset.for)"
)
LEVELS = """(() => {
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255)
  const rgb = of => getComputedStyle(of).fill.match(/[\\d.]+/g).map(Number)
  const contrast = (text, paper) => {
    const [dark, bright] = [light(rgb(text)), light(rgb(paper))].sort((one, other) => one - other)
    return (bright + .05) / (dark + .05)
  }
  const every = (texts, paper) => [...document.querySelectorAll(`.topology ${texts}`)]
    .map(text => contrast(text, text.closest("g").querySelector(paper)))
  return [...every(".node > text", ".card"), ...every(".badge text", "rect"),
    ...every(".mark text", "circle"), ...every(".frame > text", "rect")]
})()"""
"""The contrast of every text in the picture with what it stands on."""

TOO_WIDE = """[...document.querySelectorAll(".topology .node text:not(.mark text)")].filter(text => {
  const inner = text.getBoundingClientRect()
  const outer = text.closest(".node").querySelector(".card").getBoundingClientRect()
  return inner.right > outer.right || inner.left < outer.left || inner.bottom > outer.bottom
}).map(text => text.textContent)"""
"""Every text that sticks out of its node."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the plan of the example."""
    path = tmp_path_factory.mktemp("page") / "shop.html"
    path.write_text(rendered(planned(), "html"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser."""
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


def test_the_page_may_load_nothing(page: Path) -> None:
    """Its policy allows its own script and style by hash and nothing else; it names no other file or host."""
    text = page.read_text(encoding="utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    for tag in ("script", "style"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert allowed[f"{tag}-src"] == f"'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'"
    assert not re.search(r'https?://(?!www\.w3\.org/2000/svg")|\bsrc=|@import|url\(|\sstyle=|innerHTML', text)


def test_the_page_has_no_secret(page: Path) -> None:
    """The password of the storage box and its subaccount is in none of the values."""
    text = page.read_text(encoding="utf-8")
    assert "Topsecret" not in text
    assert "(secret)" in text


@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_click_tells_what_a_server_is(browser: Browser, page: Path, width: int, dark: bool) -> None:
    """Chosen by a click it shows its address, fields and changes; nothing sticks out, all can be read."""
    browser.complaints.clear()
    browser.open(page, width, 800, dark=dark)
    assert browser.run(SHOWN) == []
    assert "worker-fi" in browser.run("document.getElementById('overview').innerText")
    browser.click(WEB)
    assert browser.run(SHOWN) == ["servers.web-1"]
    told = browser.run("document.querySelector('.details:not([hidden])').innerText")
    for part in ("web-1", "changed", "cx23 → cx33", "internal", "role=web", "running"):
        assert part in told
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert min(browser.run(LEVELS)) >= 4.5
    paper = browser.run("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(13, 17, 23)") is dark
    assert browser.complaints == []


@needs_browser
def test_keys_are_enough(browser: Browser, page: Path) -> None:
    """Arrows go from node to node, Enter tells, Escape goes back; a link to an object opens there."""
    browser.complaints.clear()
    browser.open(page, 1280, 800)
    browser.run(f"document.querySelector('{WEB}').focus()")
    browser.press("ArrowDown")
    assert browser.run("document.activeElement.dataset.node") == "servers.web-2"
    browser.press("Enter")
    assert browser.run(SHOWN) == ["servers.web-2"]
    assert browser.run("location.hash") == "#servers.web-2"
    browser.click('.details:not([hidden]) [data-go="firewalls.base"]')
    assert browser.run(SHOWN) == ["firewalls.base"]
    assert "203.0.113.7/32" in browser.run("document.querySelector('.details:not([hidden])').innerText")
    browser.press("Escape")
    assert browser.run(SHOWN) == []
    assert browser.complaints == []


@needs_browser
def test_what_belongs_together_is_lit(browser: Browser, page: Path) -> None:
    """Choosing a server leaves the lines to and from it in the light, and no others."""
    browser.open(page, 1280, 800)
    browser.click(WEB)
    lit = browser.run(
        "[...document.querySelectorAll('.line.lit')].map(each => each.dataset.from + ' ' + each.dataset.to)"
    )
    assert "load_balancers.lb servers.web-1" in lit
    assert "load_balancers.lb servers.web-2" not in lit


@needs_browser
def test_text_fits_as_the_browser_measures_it(browser: Browser, page: Path) -> None:
    """With the fonts of this machine no text is wider than its node and none leaves the picture."""
    browser.open(page, 1280, 800)
    browser.click("#larger")
    assert browser.run(TOO_WIDE) == []


def test_without_script_everything_is_told(page: Path) -> None:
    """No section is hidden before the script runs."""
    text = page.read_text(encoding="utf-8")
    assert text.count('class="details"') > 15
    assert 'class="details" hidden' not in text
