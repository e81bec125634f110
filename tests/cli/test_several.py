"""Several projects in one run: a plan and a token for each, one confirmation, the worst exit code."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hetzner.cli.apply import apply
from hetzner.sandbox import Sandbox
from hetzner.sandbox.connection import standing_in
from hetzner.sandbox.serve import serve
from tests.cli import programs
from tests.sandbox.talk import Talk

TOKENS = {"token-of-shop": "shop", "token-of-lab": "lab"}
SHOP = """
project: shop
token: {env: SHOP_KEY}
networks: {internal: {ip_range: 10.0.0.0/16}}
servers: {web: {server_type: cx23, image: debian-13}}
"""
LAB = "project: lab\ntoken: {env: LAB_KEY}\nservers: {web: {server_type: cx33, image: debian-13}}\n"


@pytest.fixture
def clouds(cloud: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Let commands meet a sandbox with two projects, for which there are files and tokens."""
    Path("shop.yaml").write_text(SHOP)
    Path("lab.yaml").write_text(LAB)
    monkeypatch.setenv("SHOP_KEY", "token-of-shop")
    monkeypatch.setenv("LAB_KEY", "token-of-lab")
    sandbox = Sandbox(tokens=TOKENS)
    with standing_in(sandbox):
        yield sandbox


def run(*options: str, **given: str) -> Result:
    """Apply both documents."""
    arguments = ["shop.yaml", "lab.yaml", *options]
    return CliRunner(env=given).invoke(apply, arguments, prog_name="hetzner-apply", catch_exceptions=False)


def servers(sandbox: Sandbox, token: str) -> list[str]:
    """Return the types of the servers in a project."""
    talk = Talk(sandbox, token)
    return [server["server_type"]["name"] for server in talk.get("/servers")["servers"]]


def test_each_in_its_own_project(clouds: Sandbox) -> None:
    """Both plans are shown, and both are applied at once, each with its own token, named by project."""
    before = clouds.clock.now()
    result = run("--yes")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.index("shop · ") < result.stdout.index("lab · ")
    assert "shop Applied 2 of 2 in " in result.stderr
    assert "lab Applied 1 of 1 in " in result.stderr
    assert (servers(clouds, "token-of-shop"), servers(clouds, "token-of-lab")) == (["cx23"], ["cx33"])
    assert clouds.clock.now() - before < 2 * 15  # one after the other would take longer
    assert run("--check").exit_code == 0


def test_pending(clouds: Sandbox) -> None:
    """Changes that are pending in one of them are pending."""
    assert CliRunner().invoke(apply, ["shop.yaml", "--yes"]).exit_code == 0
    result = run("--check")
    assert (result.exit_code, "Nothing to do" in result.stdout) == (2, True)


def test_nothing_is_changed_unless_all_can_be(clouds: Sandbox) -> None:
    """A token that is no good for one of them stops the other one, too, and says whose it is."""
    result = run("--yes", LAB_KEY="wrong")
    assert (result.exit_code, "lab error: the token you have provided is invalid" in result.stderr) == (
        1,
        True,
    )
    assert {entry.method for entry in clouds.log} == {"GET"}


def test_a_loss_needs_consent(clouds: Sandbox) -> None:
    """What one of the plans takes away needs to be allowed before anything is done in any of them."""
    assert run("--yes").exit_code == 0
    Path("lab.yaml").write_text("project: lab\ntoken: {env: LAB_KEY}\nservers: {}\n")
    Path("shop.yaml").write_text(SHOP + "placement_groups: {g: {}}\n")
    result = run("--yes")
    assert (result.exit_code, "--allow-destroy allows it" in result.stderr) == (4, True)
    assert run("--check").exit_code == 2
    assert run("--yes", "--allow-destroy").exit_code == 0


def test_the_worst_counts(clouds: Sandbox) -> None:
    """A failure in one of them leaves the other one alone, and is the exit code."""
    clouds.faults.fail_action("start_server", message="no power today")
    result = run("--yes")
    assert (result.exit_code, "1 failed" in result.stderr) == (3, True)
    assert sum("Applied" in line for line in result.stderr.splitlines()) == 2


def test_json(clouds: Sandbox) -> None:
    """Every line says of which project it is."""
    lines = [json.loads(line) for line in run("--yes", "-o", "json").stdout.splitlines()]
    assert {line["project"] for line in lines} == {"shop", "lab"}
    assert [line["status"] for line in lines if line["event"] == "summary"] == ["done", "done"]


def test_json_of_those_with_nothing_to_do(clouds: Sandbox) -> None:
    """Every project has a summary: with nothing to do, and when nothing was approved."""
    run("--yes")
    Path("lab.yaml").write_text(LAB.replace("web:", "other:"))
    for options, expected in ((["--yes"], "refused"), (["--yes", "--allow-destroy"], "done")):
        lines = [json.loads(line) for line in run(*options, "-o", "json").stdout.splitlines()]
        ends = [(line["project"], line["status"]) for line in lines if line["event"] == "summary"]
        assert ends == [("shop", expected), ("lab", expected)]


def test_a_token_that_is_not_there(clouds: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is not set is told, with whose token it should have."""
    monkeypatch.setenv("HCLOUD_ENDPOINT", "http://127.0.0.1:9/v1")
    monkeypatch.delenv("LAB_KEY")
    result = run("--plan")
    assert result.exit_code == 1
    assert "the token of 'lab' is to be in LAB_KEY, which is not set" in result.stderr


@pytest.mark.parametrize("token", ["secret-text", "{env: 7x}", "{env: A, file: B}", "[A]", "{env: [A]}"])
def test_no_token_in_a_file(clouds: Sandbox, token: str) -> None:
    """Whatever is not the name of a variable is refused, without a request."""
    Path("lab.yaml").write_text(f"project: lab\ntoken: {token}\n")
    result = run("--plan")
    assert (result.exit_code, "write 'token: {env: SHOP_TOKEN}'" in result.stderr) == (64, True)
    assert not clouds.log


@pytest.mark.parametrize("name", ["LAB_KEY", "OTHER"])
def test_no_token_in_a_resource(clouds: Sandbox, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The token that a file names cannot get into an object, by its own name or by another one."""
    monkeypatch.setenv("OTHER", "token-of-lab")
    Path("lab.yaml").write_text(LAB.replace("debian-13", f'debian-13, user_data: "${{env.{name}}}"'))
    result = run("--plan")
    assert (result.exit_code, "it is never put into a resource" in result.stderr) == (64, True)


def test_problems_of_all_files(clouds: Sandbox) -> None:
    """What is wrong in the files of all projects is told at once; so it is by `check`."""
    for project in ("shop", "lab"):
        Path(f"{project}.yaml").write_text(f"project: {project}\nservers: {{web: {{}}}}\n")
    for result in (run("--plan"), CliRunner().invoke(apply, ["check", "shop.yaml", "lab.yaml"])):
        assert result.exit_code == 64
        assert "shop.yaml:2:" in result.stderr
        assert "lab.yaml:2:" in result.stderr


def test_a_file_without_a_project(clouds: Sandbox) -> None:
    """A file that belongs to none of several projects is refused; files of one project are one document."""
    Path("more.yaml").write_text("servers: {}\n")
    result = run("more.yaml", "--plan")
    assert (result.exit_code, "'more.yaml' names no project" in result.stderr) == (64, True)
    Path("more.yaml").write_text("project: lab\nplacement_groups: {g: {}}\n")
    assert "Plan   2 add" in run("more.yaml", "--plan").stdout


def test_a_saved_plan_is_of_one(clouds: Sandbox) -> None:
    """--save is refused for several projects."""
    assert run("--save", "plan.json").exit_code == 64


def test_several_as_a_program(tmp_path: Path) -> None:
    """A process applies two projects of a served sandbox with a token each."""
    sandbox = Sandbox(tokens=TOKENS)
    (tmp_path / "shop.yaml").write_text(SHOP.replace("servers:", "x-servers:"))
    (tmp_path / "lab.yaml").write_text("project: lab\ntoken: {env: LAB_KEY}\nplacement_groups: {g: {}}\n")
    with serve(sandbox) as server:
        done = programs.run(
            tmp_path, "shop.yaml", "lab.yaml", "--yes", HCLOUD_ENDPOINT=server.url,
            SHOP_KEY="token-of-shop", LAB_KEY="token-of-lab",
        )  # fmt: skip
    assert (done.returncode, "lab Applied 1 of 1" in done.stderr) == (0, True), done.stderr
    assert "token LAB_KEY" in done.stdout
    assert "token-of-lab" not in done.stdout + done.stderr


def test_each_gets_the_variables_that_it_declares(clouds: Sandbox) -> None:
    """`--var` is for whoever declares the variable; one that no file declares is an error, told once."""
    head = "variables: {size: cx23}\noutputs: {size: '${size}'}\n"
    Path("lab.yaml").write_text(head + LAB.replace("cx33", "'${size}'"))
    result = run("--yes", "--var", "size=cx43")
    assert (result.exit_code, "Outputs of lab\n  size  cx43\n" in result.stdout) == (0, True)
    assert servers(clouds, "token-of-lab") == ["cx43"]
    result = run("--plan", "--var", "size=cx43", "--var", "sise=1")
    assert (result.exit_code, result.stderr.count("variable 'sise' is not declared")) == (64, 1)
    checked = CliRunner().invoke(apply, ["check", "shop.yaml", "lab.yaml", "--var", "size=cx43"])
    assert checked.exit_code == 0, checked.stderr


def test_a_folder_is_one_project(clouds: Sandbox) -> None:
    """A folder with files of two projects is refused, and it says how they are applied together."""
    result = CliRunner().invoke(apply, [".", "--plan"])
    assert result.exit_code == 64
    assert "name the files of several projects one by one, or by a folder for each" in result.stderr
