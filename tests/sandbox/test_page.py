"""The page of a served sandbox, as it is sent, and as a real browser shows it."""

import json
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from hetzner.sandbox import Sandbox
from hetzner.sandbox.serve import Server, serve
from tests.programs import ended
from tests.sandbox.talk import Talk

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ALONE = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=2500",
)  # fmt: skip
needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no browser here")
EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@pytest.fixture
def talk(talk: Talk) -> Talk:
    """A client of a sandbox with a server, a running action and a name that would be a script."""
    talk.server(labels={"role": "web"})
    talk.post("/placement_groups", {"name": EVIL, "type": "spread"})
    talk.send("GET", f"/{EVIL}")
    talk.post("/volumes", {"name": "data", "size": 10, "location": "fsn1"})
    return talk


@pytest.fixture
def server(talk: Talk) -> Iterator[Server]:
    """That sandbox, served."""
    with serve(talk.sandbox, control_token="steering") as server:
        yield server


def opened(url: str, folder: Path, *options: str) -> str:
    """Open a page in a browser and return what it became after some seconds."""
    assert BROWSER is not None
    command = [BROWSER, *ALONE, *options, f"--user-data-dir={folder / 'profile'}", "--dump-dom", url]
    done = ended(command, 120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_may_load_and_do_nothing_else(server: Server) -> None:
    """Its policy allows its own script and style by hash and requests to itself, no more."""
    answer = httpx.get(f"{server.root}/")
    assert answer.status_code == 200
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert (policy["connect-src"], policy["frame-ancestors"]) == ("'self'", "'none'")
    for tag in ("script", "style"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        assert policy[f"{tag}-src"] == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_is_one_file_that_holds_no_state(server: Server) -> None:
    """It names no other file or host, never writes HTML from text, and knows neither objects nor tokens."""
    text = httpx.get(f"{server.root}/").text
    assert len(text) < 20_000
    assert not re.search(r"https?://|//[a-z]|\bsrc=|@import|url\(|innerHTML|outerHTML|document\.write", text)
    assert "steering" not in text
    assert "1000001" not in text
    assert httpx.post(f"{server.root}/").status_code == 404


def test_the_overview_has_no_secrets(talk: Talk) -> None:
    """What the page gets to show has no password, user data or key, and no query of a request."""
    talk.post("/servers", {"name": "db", "server_type": "cx23", "image": "debian-13", "user_data": "hush"})
    talk.get("/servers?label_selector=hush")
    shown = str(talk.sandbox.overview())
    assert "db" in shown
    assert not [word for word in ("hush", "password", "token", "public_key") if word in shown]


def test_the_overview_is_never_long() -> None:
    """Of many objects some are shown and the rest counted, of many requests the last hundred."""
    talk = Talk(Sandbox(requests_per_hour=10_000))
    for number in range(210):
        talk.post("/placement_groups", {"name": f"group-{number}", "type": "spread"})
    shown = talk.sandbox.overview()
    (kind,) = shown["projects"][0]["kinds"]
    assert (kind["count"], len(kind["objects"])) == (210, 200)
    assert (shown["sent"], len(shown["requests"])) == (210, 100)


def test_the_overview_says_what_matters(talk: Talk) -> None:
    """How big a volume is, how much a firewall and a zone have, and which action only waits."""
    rule = {"direction": "in", "protocol": "icmp", "source_ips": ["0.0.0.0/0"]}
    talk.post("/firewalls", {"name": "wall", "rules": [rule]})
    talk.post("/zones", {"name": "example.com", "mode": "primary"})
    talk.post("/servers", {"name": "db", "server_type": "cx23", "image": "debian-13"})
    (project,) = talk.sandbox.overview()["projects"]
    facts = {kind["kind"]: kind["objects"][0]["facts"] for kind in project["kinds"]}
    assert facts["volumes"] == ["fsn1", "10 GB"]
    assert facts["firewalls"] == ["1 rule", "0 targets"]
    assert facts["zones"] == ["primary", "4 records"]
    assert {each["command"] for each in project["actions"] if each["waits"]} == {"start_server"}


@needs_browser
def test_a_browser_shows_the_project(server: Server, tmp_path: Path) -> None:
    """Objects, running actions and the log are there, and text that would be a script stays text."""
    shown = opened(f"{server.root}/#token=steering", tmp_path)
    for part in (
        ">web<",
        ">role=web<",
        ">running<",
        ">create_volume<",
        "<progress",
        ">servers.create<",
        ">live<",
    ):
        assert part in shown
    assert "steering" not in shown

    assert shown.count("&lt;img src=x onerror=") >= 2
    assert "<img" not in shown
    assert "<title>Hetzner sandbox</title>" in shown


@needs_browser
def test_a_browser_without_the_token_sees_a_question(server: Server, tmp_path: Path) -> None:
    """With a token that is wrong the page says so, asks for the right one and shows nothing else."""
    shown = opened(f"{server.root}/#token=wrong", tmp_path)
    assert 'id="ask" class="card">' in shown
    assert "this token is not the control token" in shown
    assert ">web<" not in shown


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb, by WCAG 2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_can_be_told_apart(server: Server, scheme: str) -> None:
    """Every colour of text has a contrast of 4.5 to what is behind it, in both schemes."""
    text = httpx.get(f"{server.root}/").text
    blocks = re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", blocks[scheme == "dark"]))
    assert len(colours) == 9
    for behind in ("back", "card"):
        for front in ("ink", "soft", "accent", "good", "busy", "bad"):
            low, high = sorted(luminance(colours[name]) for name in (front, behind))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (front, behind)


@needs_browser
@pytest.mark.parametrize(
    ("options", "back"),
    [((), "rgb(244, 245, 247)"), (("--blink-settings=preferredColorScheme=0",), "rgb(18, 22, 28)")],
)
def test_the_page_is_light_or_dark(
    server: Server, tmp_path: Path, options: tuple[str, ...], back: str
) -> None:
    """It follows what the browser prefers."""
    measure = "document.body.dataset.back = getComputedStyle(document.body).backgroundColor"
    page = tmp_path / "page.html"
    page.write_text(
        httpx.get(f"{server.root}/").text.replace("</script>\n</html>", f"\n{measure}</script></html>")
    )
    assert f'data-back="{back}"' in opened(page.as_uri(), tmp_path, *options)


@needs_browser
def test_the_page_fits_a_phone(server: Server, talk: Talk, tmp_path: Path) -> None:
    """In a narrow window nothing sticks out, not even long names and paths, as the browser measures it."""
    talk.post("/placement_groups", {"name": "x" * 128, "type": "spread"})
    talk.send("GET", f"/{'y' * 300}")
    shown = json.dumps({"result": talk.sandbox.overview()}).replace("<", "\\u003c")
    before = f"<script>fetch = async () => ({{ok: true, json: async () => ({shown})}})</script><script>"
    measure = "document.body.dataset.wide = document.documentElement.scrollWidth"
    after = f"</script><script>setTimeout(() => {measure}, 500)</script>"
    text = httpx.get(f"{server.root}/").text
    page = tmp_path / "page.html"
    page.write_text(text.replace("<script>", before).replace("</script>\n</html>", f"{after}</html>"))
    seen = opened(page.as_uri(), tmp_path, "--window-size=500,900")
    assert "x" * 128 in seen
    assert int(re.findall(r'data-wide="(\d+)"', seen)[0]) <= 500
