"""A saved plan is carried out exactly as it was seen, or not at all."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hetzner.apply import canonical
from hetzner.cli.apply import apply
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK
from tests.sandbox.talk import Talk

HEAD = (
    "project: shop\nvariables:\n  pw: {env: PW, secret: true}\n  size: cx23\n  office: 203.0.113.7/32\n"
    "defaults: {location: fsn1, servers: {image: debian-13}}\n"
)
BEFORE = (
    HEAD
    + """firewalls: {base: {rules: [tcp/22 from 198.51.100.0/24]}}
servers:
  web: {server_type: cx23, firewalls: [base], labels: {role: web}, user_data: "pw ${pw}"}
  old: {server_type: cx23}
"""
)
AFTER = (
    HEAD
    + """firewalls: {base: {rules: ["tcp/22 from ${office}"]}}
servers:
  web: {server_type: cx33, firewalls: [base], labels: {role: web}, user_data: "pw ${pw}"}
  new: {server_type: "${size}", user_data: "pw ${pw}"}
"""
)
SECRET = {"PW": "correct horse battery"}
ROUNDS = canonical.ROUNDS


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash secrets faster than people do; how slow that is for them has a test of its own."""
    monkeypatch.setattr(canonical, "ROUNDS", 100)


def test_secrets_are_hashed_slowly() -> None:
    """Whoever tries passwords on a saved plan needs as many rounds for each as OWASP recommends."""
    assert ROUNDS >= 600_000


def run(*options: str, **environment: str) -> Result:
    """Run ``hetzner-apply`` with these arguments."""
    return CliRunner(env={**SECRET, **environment}).invoke(apply, options, prog_name="hetzner-apply")


@pytest.fixture
def made(invoke: Invoke) -> Result:
    """A plan in a file, with everything that can happen in it, made and looked at."""
    assert invoke(BEFORE, "--yes", **SECRET).exit_code == 0
    return invoke(AFTER, "--save", "p.json", **SECRET)


def test_exactly_that(made: Result, cloud: Sandbox) -> None:
    """It is carried out without a question, but what is lost needs the same consent as ever."""
    assert (made.exit_code, "hetzner-apply p.json" in made.stderr) == (0, True)
    before = len(cloud.log)
    refused = run("p.json")
    assert (refused.exit_code, "--allow-destroy allows it" in refused.stderr) == (4, True)
    assert {entry.method for entry in list(cloud.log)[before:]} == {"GET"}
    done = run("p.json", "--allow-destroy")
    assert (done.exit_code, "Applied 4 of 4" in done.stderr) == (0, True), done.stderr
    again = run("infra.yaml", "--check")
    assert again.exit_code == 0, again.stdout


def test_a_second_time(made: Result) -> None:
    """What was carried out is not what would be done any more."""
    assert run("p.json", "--allow-destroy").exit_code == 0
    again = run("p.json", "--allow-destroy")
    assert (again.exit_code, "servers.old: is gone; the plan was to delete it" in again.stderr) == (4, True)


def test_what_is_in_the_file(made: Result) -> None:
    """It is for its owner alone, holds no secret and what is needed to plan once more."""
    path = Path("p.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert not any(part in text for part in ("correct", "horse", "battery"))
    kept = json.loads(text)
    assert kept["paths"] == ["infra.yaml"]
    assert kept["variables"] == {"size": "cx23", "office": "203.0.113.7/32"}
    assert kept["options"]["allow_outside"] is False
    assert [*Path().glob(".p.json.*")] == []


def test_variables_are_those_it_was_made_with(invoke: Invoke) -> None:
    """A value given when it was saved holds, whatever the environment says by then."""
    text = HEAD.replace("size: cx23", "size: {env: SIZE}") + 'servers: {new: {server_type: "${size}"}}\n'
    assert invoke(text, "--save", "p.json", "--var", "size=cx33", **SECRET).exit_code == 0
    done = run("p.json", SIZE="cx43")
    assert done.exit_code == 0, done.stderr
    assert "cx33" in done.stdout


Change = Callable[[Talk], object]


def _server(talk: Talk, name: str) -> int:
    return int(next(row["id"] for row in talk.get("/servers")["servers"] if row["name"] == name))


def _on(path: str, body: dict[str, Any] | None = None, *, name: str = "web") -> Change:
    def change(talk: Talk) -> None:
        talk.good("POST", f"/servers/{_server(talk, name)}/actions/{path}", body or {})
        talk.wait()

    return change


def _deleted(name: str) -> Change:
    def change(talk: Talk) -> None:
        talk.good("DELETE", f"/servers/{_server(talk, name)}")
        talk.wait()

    return change


def _updated(**body: Any) -> Change:
    return lambda talk: talk.good("PUT", f"/servers/{_server(talk, 'web')}", body)


def _made(**labels: str) -> Change:
    def change(talk: Talk) -> None:
        server = {"name": "new", "server_type": "cx23", "image": "debian-13", "labels": labels}
        talk.good("POST", "/servers", server)
        talk.wait()

    return change


def _rules(talk: Talk) -> None:
    firewall = talk.get("/firewalls")["firewalls"][0]["id"]
    rule = {"direction": "in", "protocol": "tcp", "port": "22", "source_ips": ["203.0.113.7/32"]}
    talk.good("POST", f"/firewalls/{firewall}/actions/set_rules", {"rules": [rule]})
    talk.wait()


def _detached(talk: Talk) -> None:
    firewall, server = talk.get("/firewalls")["firewalls"][0]["id"], _server(talk, "web")
    given = {"remove_from": [{"type": "server", "server": {"id": server}}]}
    talk.good("POST", f"/firewalls/{firewall}/actions/remove_from_resources", given)
    talk.wait()


def _resized(talk: Talk) -> None:
    _on("poweroff")(talk)
    _on("change_type", {"server_type": "cx33", "upgrade_disk": True})(talk)


def _written(old: str, new: str) -> Change:
    return lambda talk: Path("infra.yaml").write_text(AFTER.replace(old, new))


OWNED = {"hetzner-apply/project": "shop"}
DRIFTS: dict[str, tuple[Change, str]] = {
    "deleted": (_deleted("web"), "servers.web: the plan was to update it, and is to create it"),
    "renamed": (_updated(name="www"), "servers.web: the plan was to update it, and is to create it"),
    "disowned": (
        _updated(labels={"role": "web"}),
        "servers.web: the plan was to update it, and is to use it",
    ),
    "relabelled": (_updated(labels={**OWNED, "role": "db"}), "servers.web: differs in user_data, labels"),
    "powered off": (_on("poweroff"), "servers.web: takes other calls, since its state is another one"),
    "resized": (_resized, "servers.web: "),
    "protected": (
        _on("change_protection", {"delete": True, "rebuild": True}, name="old"),
        "servers.old: it is",
    ),
    "firewall opened": (_rules, "firewalls.base: the plan was to update it, and is to keep it"),
    "firewall taken off": (_detached, "servers.web: differs in firewalls"),
    "somebody's of the same name": (_made(), "servers.new: the plan was to create it, and is to use it"),
    "ours of the same name": (_made(**OWNED), "servers.new: the plan was to create it, and is to "),
    "gone already": (_deleted("old"), "servers.old: is gone; the plan was to delete it"),
    "another file": (_written("cx33", "cx43"), "the files, or what they read, say something else"),
    "one more server": (
        _written("  new:", "  more: {server_type: cx23}\n  new:"),
        "servers.more: was not there, and the plan is to create it",
    ),
}


@pytest.mark.parametrize("drift", [*DRIFTS])
def test_drift(made: Result, cloud: Sandbox, drift: str) -> None:
    """Whatever has changed meanwhile, in the project or the files: nothing is done, and it says so."""
    change, told = DRIFTS[drift]
    change(Talk(cloud))
    before = len(cloud.log)
    result = run("p.json", "--allow-destroy")
    assert (result.exit_code, told in result.stderr) == (4, True), result.stderr
    assert "nothing was changed: this is not the plan that was saved at 2026-11-23T12:0" in result.stderr
    assert {entry.method for entry in list(cloud.log)[before:]} == {"GET"}


def test_another_secret(made: Result) -> None:
    """A secret with another value is noticed although none is kept."""
    result = run("p.json", "--allow-destroy", PW="another horse")
    assert (result.exit_code, "another horse" in result.output) == (4, False)
    assert (
        "servers.web: differs in user_data" in result.stderr or "a secret has another value" in result.stderr
    )


def test_another_place(made: Result) -> None:
    """It is for the endpoint that it was made for."""
    result = run("p.json", "--allow-destroy", "--sandbox-state", "other.db")
    assert (result.exit_code, "it was made for sandbox:, and this is" in result.stderr) == (4, True)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace('"size": "cx23"', '"size": "cx53"'), "was changed after it was saved"),
        (lambda text: text[: len(text) // 2], "is damaged"),
        (lambda text: text.replace('"version": 1', '"version": 2'), "was saved by another version"),
    ],
)
def test_spoilt(made: Result, spoil: Callable[[str], str], told: str) -> None:
    """A file that was changed, cut or made by another version is not used."""
    path = Path("p.json")
    path.write_text(spoil(path.read_text()))
    result = run("p.json", "--allow-destroy")
    assert (result.exit_code, told in result.stderr) == (64, True), result.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("p.json", "infra.yaml"), "goes alone"),
        (("p.json", "--adopt"), "--adopt can only be given when it is made"),
        (("p.json", "--save", "q.json"), "it can be looked at with --plan"),
        (("infra.yaml", "--refresh-only", "--save", "q.json"), "--refresh-only makes no plan"),
    ],
)
def test_what_does_not_go_together(made: Result, options: tuple[str, ...], told: str) -> None:
    """What would make another plan of it is refused."""
    result = run(*options)
    assert (result.exit_code, told in result.stderr) == (64, True)


def test_no_other_file_is_replaced(invoke: Invoke) -> None:
    """Only a saved plan is overwritten by one; anything else that lies there stays."""
    result = invoke(NETWORK, "--save", "infra.yaml")
    assert (result.exit_code, Path("infra.yaml").read_text() == NETWORK) == (64, True)
    assert "exists and is no saved plan" in result.stderr
    assert invoke(NETWORK, "--save", "p.json").exit_code == 0
    assert invoke(NETWORK, "--save", "p.json").exit_code == 0


def test_nothing_to_do(invoke: Invoke) -> None:
    """An empty plan can be saved and applied as well."""
    assert invoke(EMPTY, "--save", "p.json").exit_code == 0
    result = run("p.json")
    assert (result.exit_code, "Nothing to do." in result.stdout) == (0, True)


def test_no_secret_of_any_kind(invoke: Invoke) -> None:
    """Whatever is secret in whichever kind, whole or in a text, is in no saved plan."""
    text = (
        HEAD
        + "storage_boxes: {box: {storage_box_type: bx11, location: fsn1, password: 'Sesame-${pw}-42!'}}\n"
        + "servers: {web: {server_type: cx23, user_data: 'x ${load_balancers.lb.ipv4} ${pw}'}}\n"
        + "load_balancers: {lb: {load_balancer_type: lb11, location: fsn1}}\n"
    )
    assert invoke(text, "--save", "p.json", PW="Correct-horse").exit_code == 0
    kept = Path("p.json").read_text()
    assert not [part for part in ("Sesame", "Correct", "horse", "-42!") if part in kept]
    assert not {"hetzner-apply/password", "hetzner-apply/user-data"} & {
        *re.findall(r"hetzner-apply/[\w-]+", kept)
    }
    assert run("p.json", "--plan", PW="Correct-horse").exit_code == 0
    other = run("p.json", "--plan", PW="Another-horse")
    assert (other.exit_code, "a secret has another value" in other.stderr) == (4, True)
