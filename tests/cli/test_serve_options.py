"""``hetzner sandbox serve``: tokens of projects, and the token of the control path."""

import pytest
from click.testing import CliRunner, Result

from hetzner.cli.main import hetzner
from hetzner.sandbox import serve

SERVE = ["sandbox", "serve", "--port", "0"]


class Ran:
    """What the command asked to be run, and what it printed when it was ready."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: dict[str, object] = {}
        monkeypatch.setattr(serve, "run", self._run)

    def _run(self, port: int, state: str | None, scale: float, on_ready: object, **how: object) -> None:
        self.asked = how
        assert callable(on_ready)
        on_ready("http://127.0.0.1:8080/v1")

    def __call__(self, *options: str, **environment: str) -> Result:
        """Run the command."""
        clean = {"HETZNER_SANDBOX_TOKENS": "", "HETZNER_SANDBOX_CONTROL_TOKEN": "", **environment}
        return CliRunner(env=clean).invoke(hetzner, [*SERVE, *options])


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Runs the command without serving anything."""
    return Ran(monkeypatch)


def test_a_control_token_is_made_and_told(ran: Ran) -> None:
    """Without one given, a new one is printed to paste, and opens the page by its address."""
    result = ran()
    token = ran.asked["control_token"]
    assert f"export HETZNER_SANDBOX_CONTROL_TOKEN={token}" in result.stdout.splitlines()
    assert f"http://127.0.0.1:8080/#token={token};" in result.stderr
    assert ran.asked["tokens"] == {}


@pytest.mark.parametrize("by_option", [True, False])
def test_a_given_control_token_is_not_told(ran: Ran, by_option: bool) -> None:
    """One that comes by option or environment is used and printed nowhere."""
    option = ["--control-token", "steering"] if by_option else []
    environment = {} if by_option else {"HETZNER_SANDBOX_CONTROL_TOKEN": "steering"}
    result = ran(*option, **environment)
    assert ran.asked["control_token"] == "steering"
    assert "steering" not in result.output
    assert "http://127.0.0.1:8080/;" in result.stderr


def test_tokens_open_projects(ran: Ran) -> None:
    """Tokens come by option or environment as PROJECT=TOKEN, and are not printed."""
    result = ran("--token", "a=one", "--token", "b=two=2")
    assert ran.asked["tokens"] == {"one": "a", "two=2": "b"}
    assert "one" not in result.stdout
    assert "HCLOUD_TOKEN" not in result.stdout
    ran(HETZNER_SANDBOX_TOKENS="a=one b=two")
    assert ran.asked["tokens"] == {"one": "a", "two": "b"}


@pytest.mark.parametrize("text", ["one", "=one", "a="])
def test_a_token_without_project_is_wrong_usage(ran: Ran, text: str) -> None:
    """What is not PROJECT=TOKEN ends with 64, and the token is not repeated."""
    result = ran("--token", text)
    assert (result.exit_code, ran.asked) == (64, {})
