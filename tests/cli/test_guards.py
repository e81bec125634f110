"""Nothing is lost, taken or changed without a word of the user's."""

import io
import re
from typing import Any

import pytest

from hetzner.apply.plans import Plan
from hetzner.cli.guards import approved
from hetzner.cli.screen import Screen
from hetzner.cli.wishes import Wishes
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK
from tests.cli.plans import deletion, plan, update

OTHER = NETWORK + "firewalls:\n  base: {rules: [icmp]}\n"


def changes(cloud: Sandbox) -> list[str]:
    """Return what was written so far."""
    return [entry.operation for entry in cloud.log if entry.method != "GET"]


def test_a_deletion_refuses_the_whole_plan(invoke: Invoke, cloud: Sandbox) -> None:
    """Without --allow-destroy a plan that deletes one thing changes nothing at all, and says what and how."""
    invoke(NETWORK, "--yes")
    before = changes(cloud)
    result = invoke(EMPTY + "firewalls:\n  base: {rules: [icmp]}\n", "--yes")
    assert (result.exit_code, changes(cloud)) == (4, before)
    assert "nothing was changed: this plan deletes networks.internal" in result.stderr
    assert "--allow-destroy allows it" in result.stderr


def test_losses_are_told_in_fitting_words(invoke: Invoke) -> None:
    """What is deleted, loses data or gives addresses back is told as that, each with what is lost of it."""
    kept = "servers:\n  a: {server_type: cx23, image: %s, public_net: {ipv4: %s}, "
    kept += "lifecycle: {rebuild_on: [image]}}\n"
    kept += "  b: {server_type: cx23, image: debian-13, public_net: {ipv4: %s}}\n"
    invoke(NETWORK + kept % ("debian-13", "true", "true"), "--yes")
    result = invoke(EMPTY + kept % ("ubuntu-24.04", "false", "false"), "--yes")
    disk, address = r"\(local disk 40 GB\)", r"\(ipv4 [0-9.]+\)"
    told = r"this plan deletes networks\.internal, loses data of servers\.a " + disk
    told += rf" and gives back addresses of servers\.a {address}, servers\.b {address}"
    assert re.search(told, " ".join(result.stderr.split()))
    losses = rf"Losses 3: networks\.internal, servers\.a {disk}, servers\.b {address}"
    assert re.search(losses, " ".join(result.stdout.split()))


def test_allow_destroy_is_no_approval(invoke: Invoke, cloud: Sandbox) -> None:
    """With --allow-destroy and without --yes there is still nobody who approved."""
    invoke(NETWORK, "--yes")
    before = changes(cloud)
    result = invoke(EMPTY, "--allow-destroy")
    assert (result.exit_code, changes(cloud)) == (4, before)
    assert "--yes applies the plan" in result.stderr


def test_allowed_deletion(invoke: Invoke, cloud: Sandbox) -> None:
    """With --yes and --allow-destroy it is deleted, and a second run finds nothing to do."""
    invoke(NETWORK, "--yes")
    result = invoke(EMPTY, "--yes", "--allow-destroy")
    assert (result.exit_code, changes(cloud)[-1]) == (0, "networks.delete")
    assert "Losses 1: networks.internal" in result.stdout
    assert invoke(EMPTY).exit_code == 0


def test_destroy(invoke: Invoke, cloud: Sandbox) -> None:
    """--destroy deletes what is declared and owned, under the same guards, and nothing else."""
    invoke(OTHER, "--yes")
    assert invoke(OTHER, "--destroy", "--yes").exit_code == 4
    assert invoke(OTHER, "--destroy", "--yes", "--allow-destroy").exit_code == 0
    assert sorted(changes(cloud)[-2:]) == ["firewalls.delete", "networks.delete"]
    assert "Nothing to do." in invoke(OTHER, "--destroy", "--yes", "--allow-destroy").stdout


def test_protection_is_stronger_than_consent(invoke: Invoke, cloud: Sandbox) -> None:
    """What is protected is not deleted even with --allow-destroy, and the place in the file is told."""
    text = NETWORK.replace("}", ", protect: true}")
    invoke(text, "--yes")
    before = changes(cloud)
    for option in ("--yes", "--plan"):
        result = invoke(text, "--destroy", "--allow-destroy", option)
        assert (result.exit_code, changes(cloud)) == (4, before)
        assert "refused: networks.internal: it is kept by 'protect'" in result.stderr
        assert "(infra.yaml:3:3)" in result.stderr
    assert "make that 'protect: false'" in result.stderr
    done = invoke(text.replace("protect: true", "protect: false"), "--destroy", "--allow-destroy", "--yes")
    assert done.exit_code == 0


class Answering(Screen):
    """A screen whose questions are answered beforehand."""

    def __init__(self, *answers: str) -> None:
        super().__init__(io.StringIO())
        self.answers, self.asked = list(answers), 0

    def ask(self, *parts: object) -> str:
        """Give the next answer."""
        self.asked += 1
        return self.answers.pop(0)


def decided(plan: Plan, screen: Screen, **wishes: Any) -> bool:
    """Ask for approval of a plan at a terminal."""
    return approved(plan, Wishes(**wishes), screen, interactive=True)


@pytest.mark.parametrize(("answer", "approves"), [("y", True), ("YES", True), ("", False), ("no", False)])
def test_the_question(answer: str, approves: bool) -> None:
    """On a terminal y and yes approve, and everything else does not."""
    assert decided(update(), Answering(answer)) is approves


def test_no_question() -> None:
    """With --yes nothing is asked about changes, with --allow-destroy beside it nothing about losses."""
    assert decided(update(), Answering(), yes=True)
    assert decided(deletion(), Answering(), yes=True, allow_destroy=True)


@pytest.mark.parametrize(("typed", "approves"), [("shop", True), ("y", False), ("", False), ("Shop", False)])
@pytest.mark.parametrize("yes", [False, True])
def test_losses_need_the_name(typed: str, approves: bool, yes: bool) -> None:
    """On a terminal a loss is allowed by the project's name alone, --yes or not, and by one question."""
    screen = Answering(typed)
    assert decided(deletion(), screen, yes=yes) is approves
    assert screen.asked == 1


def test_allowed_losses_are_approved_by_the_question() -> None:
    """With --allow-destroy and without --yes the usual question is asked."""
    assert decided(deletion(), Answering("y"), allow_destroy=True)
    assert not decided(deletion(), Answering("n"), allow_destroy=True)


FIVE = "project: demo\nfirewalls: {f: {count: 5}}\n"


def test_most_of_a_project_does_not_go_by_accident(invoke: Invoke, cloud: Sandbox) -> None:
    """More than 3 and more than half are refused, whatever is allowed, until said by number."""
    invoke(FIVE, "--yes")
    before = changes(cloud)
    result = invoke(FIVE.replace("5", "1"), "--yes", "--allow-destroy")
    assert (result.exit_code, changes(cloud)) == (4, before)
    assert "4 of the 5 objects that 'demo' owns would be destroyed or replaced" in result.stderr
    assert "--max-destroy 4" in result.stderr
    result = invoke(FIVE.replace("5", "1"), "--yes", "--allow-destroy", "--max-destroy", "4")
    assert (result.exit_code, len(changes(cloud))) == (0, len(before) + 4)


def test_destroying_everything_says_what_it_means(invoke: Invoke) -> None:
    """--destroy needs no number, but obeys one."""
    invoke(FIVE, "--yes")
    assert invoke(FIVE, "--destroy", "--yes", "--allow-destroy", "--max-destroy", "4").exit_code == 4
    assert invoke(FIVE, "--destroy", "--yes", "--allow-destroy").exit_code == 0


@pytest.mark.parametrize(("limit", "code"), [("0", 4), ("1", 0)])
def test_a_limit_of_what_may_go(invoke: Invoke, limit: str, code: int) -> None:
    """--max-destroy refuses a plan that destroys more, before anything is changed."""
    invoke(OTHER, "--yes")
    result = invoke(NETWORK, "--yes", "--allow-destroy", "--max-destroy", limit)
    assert result.exit_code == code
    assert ("1 objects would go, and --max-destroy allows 0: firewalls.base" in result.stderr) is (code == 4)


@pytest.mark.parametrize(("typed", "approves"), [("shop", True), ("y", False)])
def test_the_name_confirms_that_most_may_go(typed: str, approves: bool) -> None:
    """On a terminal it is asked for in one question, whatever is allowed."""
    owned = {"labels": {"hetzner-apply/project": "shop"}}
    items = [item for number in range(4) for item in deletion(f"web-{number}", **owned)]
    screen = Answering(typed)
    assert decided(plan(*items), screen, yes=True, allow_destroy=True) is approves
    assert screen.asked == 1


SERVER = "project: demo\nservers: {web: {server_type: cx23, image: debian-13, location: fsn1}}\n"


def test_downtime_can_be_forbidden(invoke: Invoke, cloud: Sandbox) -> None:
    """--no-downtime and lifecycle.allow_downtime refuse to stop what runs."""
    invoke(SERVER, "--yes")
    before, larger = changes(cloud), SERVER.replace("cx23", "cx33")
    result = invoke(larger, "--yes", "--no-downtime")
    assert (result.exit_code, changes(cloud)) == (4, before)
    assert "--no-downtime forbids to stop servers.web" in result.stderr
    steady = larger.replace("fsn1}", "fsn1, lifecycle: {allow_downtime: false}}")
    result = invoke(steady, "--yes")
    assert (result.exit_code, changes(cloud)) == (4, before)
    assert "'lifecycle.allow_downtime: false' forbids that" in result.stderr
    assert invoke(SERVER.replace("fsn1", "fsn1, labels: {a: b}"), "--yes", "--no-downtime").exit_code == 0
    off = SERVER.replace("fsn1", "fsn1, power: off")
    assert invoke(off, "--yes", "--no-downtime").exit_code == 4
    assert invoke(off, "--yes").exit_code == 0
    assert invoke(SERVER.replace("fsn1", "fsn1, power: on"), "--yes", "--no-downtime").exit_code == 0
    assert invoke(larger, "--yes").exit_code == 0


def test_parallel(invoke: Invoke) -> None:
    """--parallel bounds the requests in flight, and wants a number."""
    assert invoke(FIVE, "--yes", "--parallel", "1").exit_code == 0
    assert invoke(FIVE, "--parallel", "0").exit_code == 64


@pytest.mark.parametrize(
    ("answers", "shown", "approves"), [(["d", "y"], 1, True), (["D", "diff", "n"], 2, False)]
)
def test_everything_can_be_seen_before(answers: list[str], shown: int, approves: bool) -> None:
    """With d the whole plan is shown, as often as somebody asks, and then the question comes again."""
    seen: list[str] = []
    screen = Answering(*answers)
    said = approved(update(), Wishes(), screen, interactive=True, details=lambda: seen.append("plan"))
    assert (said, len(seen), screen.asked) == (approves, shown, len(answers))
