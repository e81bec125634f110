"""Where the values of variables come from at the command line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from hetzner.cli.apply import apply
from hetzner.cli.entry import with_variables
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.test_process import Tty, posix

TEXT = """\
project: shop
variables:
  size: {env: SIZE, default: a, description: how big}
outputs:
  size: ${size}
"""
ASKING = """\
project: shop
variables:
  office: {description: who may log in}
  word: {secret: true}
outputs:
  office: ${office}
  word: ${word}
"""


def size(invoke: Invoke, *options: str, **environment: str) -> str:
    """Return what the variable is."""
    result = invoke(TEXT, "--plan", *options, **environment)
    assert result.exit_code == 0, result.output
    return result.stdout.rpartition("size  ")[2].strip()


def test_what_is_nearer_wins(invoke: Invoke, cloud: Sandbox) -> None:
    """-v and --var come before HETZNER_VAR_name, then `env:` of the variable, then its default."""
    assert size(invoke) == "a"
    assert size(invoke, SIZE="b") == "b"
    assert size(invoke, SIZE="b", HETZNER_VAR_size="c") == "c"
    assert size(invoke, "--var", "size=d", SIZE="b", HETZNER_VAR_size="c") == "d"
    assert size(invoke, "-v", "size=e", SIZE="b", HETZNER_VAR_size="c") == "e"
    assert size(invoke, "-v", "size=d", "-v", "size=e") == "e"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["-v", "a=b"], ["--var", "a=b"]),
        (["-v", "infra.yaml"], ["-v", "infra.yaml"]),
        (["infra.yaml", "-v"], ["infra.yaml", "-v"]),
        (["-v", "-v", "a=b"], ["-v", "--var", "a=b"]),
        (["-v", "./a=b.yaml"], ["-v", "./a=b.yaml"]),
        (["--var", "a=b"], ["--var", "a=b"]),
        ([], []),
    ],
)
def test_v_alone_asks_for_more_words(given: list[str], meant: list[str]) -> None:
    """`-v` before NAME=VALUE gives a variable, and stays what it is before anything else."""
    assert with_variables(given) == meant


def test_nobody_is_asked_without_a_terminal(invoke: Invoke, cloud: Sandbox) -> None:
    """What has no value is an error that says all the ways to give one."""
    result = invoke(ASKING, "--plan")
    assert (result.exit_code, len(cloud.log)) == (64, 0)
    ways = "give it with --var office=..., HETZNER_VAR_office=... or a default"
    assert "variable 'office' has no value\n --> infra.yaml:3:3\n  |" in result.stderr
    assert ways in result.stderr


@pytest.mark.parametrize("words", [("show",), ("graph",), ("unlock",)])
def test_what_shows_no_secrets_needs_none(cloud: Sandbox, words: tuple[str, ...]) -> None:
    """Who only looks at files, or takes a lock away, is not asked for the secrets in them."""
    box = "storage_boxes:\n  b: {storage_box_type: bx11, location: fsn1, password: '${word}'}\n"
    volume = "volumes: {v: {size: '${word}', location: fsn1}}\n"
    Path("infra.yaml").write_text(ASKING + "  said: 'a ${word}'\n" + box + volume)
    result = CliRunner().invoke(apply, [*words, "infra.yaml", "--var", "office=here"])
    assert result.exit_code == 0, result.output
    if words == ("graph",):
        assert "(secret) GB" in result.output
    if words == ("show",):
        assert 'password: "(secret)"' in result.output
        assert 'said: "(secret)"' in result.output


def test_check_needs_no_secrets(invoke: Invoke, cloud: Sandbox) -> None:
    """Secrets are not at hand before a commit: `check` does without them, and finds everything else."""
    boxes = "storage_boxes:\n  b: {storage_box_type: bx11, location: fsn1, password: '${word}'%s}\n"
    text = ASKING + boxes
    invoke(text % "" + 'x-a: "a ${word}"\n', "--plan")
    result = CliRunner().invoke(apply, ["check", "infra.yaml", "--var", "office=me"])
    assert (result.exit_code, result.stderr) == (0, "shop: 1 object, nothing wrong.\n")
    invoke(text % ", protekt: true", "--plan")
    result = CliRunner().invoke(apply, ["check", "infra.yaml"])
    assert (result.exit_code, "variable 'word'" in result.stderr) == (64, False)
    assert "did you mean 'protect'?" in result.stderr
    assert "variable 'office' has no value" in result.stderr


@posix
def test_at_a_terminal_one_is_asked(tmp_path: Path) -> None:
    """What nothing gives is asked for with its description; a secret is not shown while it is typed."""
    (tmp_path / "infra.yaml").write_text(ASKING)
    tty = Tty(tmp_path, "infra.yaml", "--plan")
    tty.until("office (who may log in): ")
    tty.type("203.0.113.7/32\n")
    tty.until("word: ")
    tty.type("hunter2\n")
    assert tty.ended() == 0
    outputs = re.sub(r"\x1b\[[0-9;]*m", "", tty.shown).partition("Outputs")[2]
    assert outputs.split() == ["office", "203.0.113.7/32", "word", "(secret)"]
    assert "hunter2" not in tty.shown


@posix
def test_no_answer_is_no_value(tmp_path: Path) -> None:
    """An empty answer is none: the error says what else can be done."""
    (tmp_path / "infra.yaml").write_text(ASKING)
    tty = Tty(tmp_path, "check", "infra.yaml", "-v", "word=x")
    tty.until("office (who may log in): ")
    tty.type("\n")
    assert tty.ended() == 64
    assert "variable 'office' has no value" in tty.shown
