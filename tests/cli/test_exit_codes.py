"""Every way a run can end has its exit code, and says what to do next."""

from pathlib import Path
from typing import NoReturn

import pytest

from hetzner.cli import run
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK, SERVERS


def test_done_and_then_nothing_to_do(invoke: Invoke) -> None:
    """A run that applies everything ends with 0, and so does the next one, which finds nothing to do."""
    first = invoke(SERVERS, "--yes")
    assert (first.exit_code, "Plan   2 add" in first.stdout) == (0, True)
    assert "Applied 2 of 2 in " in first.stderr
    second = invoke(SERVERS, "--yes")
    assert (second.exit_code, "Nothing to do" in second.stdout, second.stderr) == (0, True, "")


@pytest.mark.parametrize("option", ["--detailed-exitcode", "--check"])
def test_pending_changes(invoke: Invoke, cloud: Sandbox, option: str) -> None:
    """With --detailed-exitcode pending changes end with 2 and are not made; none end with 0."""
    assert invoke(NETWORK, "--yes", option).exit_code == 2
    assert not [entry for entry in cloud.log if entry.method != "GET"]
    assert invoke(NETWORK, "--yes").exit_code == 0
    assert invoke(NETWORK, option).exit_code == 0


@pytest.mark.parametrize("option", ["--plan", "--dry-run"])
def test_plan_writes_nothing(invoke: Invoke, cloud: Sandbox, option: str) -> None:
    """With --plan pending changes end with 0, and only reads are made, whatever else is given."""
    assert invoke(NETWORK, option, "--yes", "--allow-destroy").exit_code == 0
    assert {entry.method for entry in cloud.log} == {"GET"}


def test_stopped_half_way(invoke: Invoke, cloud: Sandbox) -> None:
    """A failing action ends with 3 and says where and what to do; the next run finishes the work."""
    cloud.faults.fail_action("start_server", code="action_failed", message="no power today")
    result = invoke(SERVERS, "--yes")
    assert result.exit_code == 3
    assert "✗ servers.web-1 start_server: no power today (action_failed)" in result.stderr
    assert "  at infra.yaml:3:3" in result.stderr
    assert "Applied 1 of 2 in " in result.stderr
    assert "1 failed: fix it and run again" in result.stderr
    assert invoke(SERVERS, "--yes", "--allow-destroy").exit_code == 0


def test_what_depends_on_a_failure_is_told(invoke: Invoke, cloud: Sandbox) -> None:
    """What needs something that failed is counted as not begun."""
    cloud.faults.quotas["networks"] = 0
    network = NETWORK.replace("10.0.0.0/16", "10.0.0.0/16, subnets: [10.0.1.0/24]")
    text = f"{network}servers:\n  web: {{server_type: cx23, image: debian-13, networks: [internal]}}\n"
    result = invoke(text, "--yes")
    assert (result.exit_code, "1 failed, 1 not begun" in result.stderr) == (3, True)
    assert "· servers.web not begun: needs networks.internal" in result.stderr


def test_not_approved(invoke: Invoke, cloud: Sandbox) -> None:
    """Without a terminal and without --yes the plan is shown, nothing is changed, and the code is 4."""
    result = invoke(NETWORK)
    assert (result.exit_code, "+ networks.internal" in result.stdout) == (4, True)
    assert "--yes applies the plan" in result.stderr
    assert {entry.method for entry in cloud.log} == {"GET"}


def test_no_approval_is_needed_for_nothing(invoke: Invoke) -> None:
    """Without --yes a plan without changes ends with 0."""
    assert invoke(EMPTY).exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--no-such-option",), "No such option"),
        (("--var", "novalue"), "'novalue' is not NAME=VALUE"),
        (("--sandbox-state", "a?b"), "a file name without '?'"),
        (("-o", "xml"), "'xml' is not one of"),
        (("-o", "md"), "-o md shows a plan: add --plan"),
        (("--max-monthly-increase", "nan"), "'nan' is no amount"),
        (("missing.yaml",), "missing.yaml"),
        (("--var", "unknown=1"), "variable 'unknown' is not declared"),
    ],
)
def test_wrong_usage(invoke: Invoke, options: tuple[str, ...], said: str) -> None:
    """Wrong options, files that are not there and variables that are not declared end with 64."""
    result = invoke(NETWORK, *options)
    assert (result.exit_code, said in result.stderr) == (64, True), result.stderr


def test_bad_file(invoke: Invoke) -> None:
    """A file that is wrong ends with 64 and shows the line with a caret, before any token is asked for."""
    result = invoke("project: shop\nservers:\n  web:\n    servr_type: cx33\n    image: debian-13\n")
    assert result.exit_code == 64
    assert "--> infra.yaml:4:5" in result.stderr
    assert "^^^^^^^^^^ did you mean 'server_type'?" in result.stderr


def test_reference_to_nothing(invoke: Invoke) -> None:
    """A name that exists neither in the file nor in the cloud ends with 64 and a frame."""
    result = invoke(SERVERS.replace("location: fsn1", "firewalls: [nothing]"))
    assert result.exit_code == 64
    assert "--> infra.yaml:3:" in result.stderr


def test_no_token(invoke: Invoke) -> None:
    """Without a token the code is 1, and the message says where it was looked for and offers the sandbox."""
    result = invoke(NETWORK, "--yes", HCLOUD_ENDPOINT="")
    assert (result.exit_code, "--sandbox" in result.stderr, "HCLOUD_TOKEN" in result.stderr) == (
        1,
        True,
        True,
    )


def test_token_that_is_not_known(invoke: Invoke, cloud: Sandbox) -> None:
    """A refused token ends with 1, the API's words, a next step and the promise that nothing was changed."""
    cloud.tokens.allow("good-token-good-token")
    result = invoke(NETWORK, "--yes", HCLOUD_TOKEN="bad-token-bad-token")
    assert result.exit_code == 1
    assert "(unauthorized)" in result.stderr
    assert "help: the token is not known" in result.stderr
    assert "Nothing was changed." in result.stderr
    assert "bad-token" not in result.output


def test_no_connection(invoke: Invoke, cloud: Sandbox) -> None:
    """An API that cannot be reached ends with 1 and says what to check."""
    cloud.faults.arm("*", "refuse", times=1000)
    result = invoke(NETWORK, "--yes")
    assert (result.exit_code, "check the network" in result.stderr) == (1, True)


def test_file_that_is_no_sandbox(invoke: Invoke) -> None:
    """A file that holds something else is not taken as the state of a sandbox."""
    Path("state.db").write_text("not a database" * 100)
    result = invoke(NETWORK, "--sandbox-state", "state.db")
    assert (result.exit_code, "the sandbox 'state.db' cannot be opened" in result.stderr) == (1, True)


def raise_key_error(*arguments: object, **options: object) -> NoReturn:
    """Fail as nobody foresaw."""
    raise KeyError("hunter2")


def test_what_nobody_foresaw(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen error ends with 1 and one line, without a traceback and without the error's text."""
    monkeypatch.setattr(run, "prepare", raise_key_error)
    result = invoke(NETWORK, "--yes")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("error: KeyError in hetzner.cli.run:")
    assert "Traceback" not in result.output
    assert "hunter2" not in result.output


def test_tracebacks_for_those_who_ask(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """HETZNER_DEBUG=1 shows the traceback of an unforeseen error."""
    monkeypatch.setattr(run, "prepare", raise_key_error)
    result = invoke(NETWORK, "--yes", HETZNER_DEBUG="1")
    assert (result.exit_code, "Traceback" in result.stderr) == (1, True)
