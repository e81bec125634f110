"""``hetzner-apply graph``: which picture, in which form, and where it goes."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.cli.graph import rendered
from hetzner.cli.graph_txt import txt
from hetzner.cli.graph_words import cells
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import NETWORK, SERVERS
from tests.cli.picturing import FOLDER, GOLDEN, SHOP, crowd, declared, planned


def graph(*options: str, text: str | None = SERVERS) -> Result:
    """Write infra.yaml and run the command on it."""
    if text is not None:
        Path("infra.yaml").write_text(text, encoding="utf-8")
    return CliRunner().invoke(apply, ["graph", "infra.yaml", *options], prog_name="hetzner-apply")


@pytest.mark.parametrize("name", [*GOLDEN])
def test_the_example_looks_like_this(name: str) -> None:
    """The example, declared and planned, is in each form of text what stands in the folder of pictures."""
    made, form = GOLDEN[name]
    assert rendered(made(), form) == (FOLDER / name).read_text(encoding="utf-8")


def test_without_a_word_nobody_is_asked(cloud: Sandbox) -> None:
    """What the files declare is drawn without a request; --offline says the same."""
    for options in ((), ("--offline",)):
        result = graph(*options)
        assert result.exit_code == 0
        assert "Internet ─┬─ web-1  cx23 · debian-13 · fsn1\n" in result.stdout
    assert len(cloud.log) == 0


def test_a_plan_is_marked(cloud: Sandbox, invoke: Invoke) -> None:
    """With --plan everything is marked with what would happen to it, and nothing happens."""
    assert invoke(SERVERS, "--yes").exit_code == 0
    before = [entry for entry in cloud.log if entry.method != "GET"]
    result = graph("--plan", text=SERVERS.replace("count: 2", "count: 1"))
    assert result.exit_code == 0
    assert "- 1 destroyed" in result.stdout
    assert "└╌ web-2 -" in result.stdout
    assert [entry for entry in cloud.log if entry.method != "GET"] == before
    assert "nothing to do" in graph("--plan").stdout


def test_a_sandbox_is_asked_when_it_is_named(cloud: Sandbox) -> None:
    """--sandbox means the plan for the sandbox, unless --offline says otherwise."""
    assert "+ 2 added" in graph("--sandbox-state", "box.db").stdout
    assert "added" not in graph("--sandbox-state", "other.db", "--offline").stdout
    assert not Path("other.db").exists()
    assert len(cloud.log) == 0


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("shop.svg", "<svg "),
        ("shop.html", "<!doctype html>"),
        ("shop.mmd", "flowchart LR"),
        ("shop.gv", 'digraph "shop"'),
        ("shop.TXT", "shop\n"),
        ("shop", "shop\n"),
    ],
)
def test_the_name_of_a_file_tells_the_form(cloud: Sandbox, name: str, start: str) -> None:
    """The ending decides unless -o does; the file is UTF-8 whatever the terminal is."""
    result = graph("-O", name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{name} written" in result.stderr
    assert Path(name).read_text(encoding="utf-8").startswith(start)
    assert graph("-O", name, "-o", "svg").exit_code == 0
    assert Path(name).read_text(encoding="utf-8").startswith("<svg ")


def test_a_picture_that_nobody_draws(cloud: Sandbox) -> None:
    """A file that is to be a picture of another form is not filled with letters: the forms are told."""
    result = graph("-O", "shop.png")
    assert (result.exit_code, ".svg, .html" in result.stderr, Path("shop.png").exists()) == (64, True, False)


def test_a_file_that_cannot_be_written_is_an_error(cloud: Sandbox) -> None:
    """It ends with 1 and says which file and why."""
    result = graph("-O", "nowhere/shop.svg")
    assert result.exit_code == 1
    assert "nowhere/shop.svg cannot be written: No such file or directory" in result.stderr


def test_wrong_usage(cloud: Sandbox) -> None:
    """A plan cannot be made offline, and a wrong file is told with its place, both with 64."""
    assert graph("--plan", "--offline").exit_code == 64
    result = graph("-o", "svg", text="project: shop\nservers: {web: {server_typ: cx23}}\n")
    assert (result.exit_code, result.stdout) == (64, "")
    assert "infra.yaml:2:17" in result.stderr


def test_replicas_are_folded_as_wanted(cloud: Sandbox) -> None:
    """Six of a kind are one unless --fold says otherwise."""
    many = SERVERS.replace("count: 2", "count: 6")
    assert "web-1 … web-6 \N{MULTIPLICATION SIGN}6" in graph(text=many).stdout
    assert "web-6  cx23" in graph("--fold", "0", text=many).stdout
    assert "web-1 … web-6 \N{MULTIPLICATION SIGN}6" not in graph("--fold", "7", text=many).stdout


@pytest.mark.parametrize("width", [20, 40, 80, 120, 300])
def test_letters_stay_within_the_width(width: int) -> None:
    """However narrow the terminal is, no line is wider."""
    for picture in (declared(), planned(), declared(crowd(15))):
        for line in txt(picture, width):
            assert cells("".join(part if isinstance(part, str) else part[0] for part in line)) <= width


def test_secrets_are_in_no_form() -> None:
    """No picture of the example shows the password of the storage box, in whichever form."""
    for picture in (declared(), planned()):
        for form in ("txt", "svg", "html", "mermaid", "dot"):
            assert "Topsecret" not in rendered(picture, form)
    assert "Topsecret" in SHOP


def test_a_reader_of_screens_hears_what_it_is() -> None:
    """The SVG has a title and a description, every node says what it is, and marks are letters too."""
    root = ElementTree.fromstring(rendered(planned(), "svg"))  # noqa: S314 - our own
    svg = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    assert [each.text for each in root.findall(f"{svg}title")] == ["shop: topology"]
    (told,) = [each.text or "" for each in root.findall(f"{svg}desc")]
    assert "servers: 5" in told
    assert "1 destroyed" in told
    titles = {each.findtext(f"{svg}title") or "": each for each in root.iter(f"{svg}g")}
    scratch = next(words for words in titles if words.startswith("volume scratch, destroyed"))
    marks = [each.text for each in titles[scratch].iter(f"{svg}text")]
    assert "\N{MINUS SIGN}" in marks
    assert "delete" in titles[scratch].attrib["class"]


def test_help_is_quick_and_complete(cloud: Sandbox) -> None:
    """The help names every form and every mark, and the command stands in the help of hetzner-apply."""
    told = CliRunner().invoke(apply, ["graph", "--help"], prog_name="hetzner-apply").stdout
    for part in ("[txt|svg|html|mermaid|dot]", "--fold", "(+)", "(±)"):
        assert part in told
    assert "Draw the topology" in CliRunner().invoke(apply, ["--help"]).stdout


def test_an_empty_document_is_a_picture_too(cloud: Sandbox) -> None:
    """A network alone, and nothing at all, are drawn without an error in every form."""
    for text in (NETWORK, "project: shop\n"):
        for form in ("txt", "svg", "html", "mermaid", "dot"):
            assert graph("-o", form, text=text).exit_code == 0
