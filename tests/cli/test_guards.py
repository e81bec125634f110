"""Nothing is lost, taken or changed without a word of the user's."""

import io

import pytest

from hetzner.apply.plan import Plan
from hetzner.cli.guards import approved
from hetzner.cli.screen import Screen
from hetzner.cli.wishes import Wishes
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK
from tests.cli.plans import deletion, update

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
    assert "nothing was changed: this plan loses data: networks.internal (delete)" in result.stderr
    assert "--allow-destroy allows it" in result.stderr


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
    assert "Data   1 loss: networks.internal" in result.stdout
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


class Answering(Screen):
    """A screen whose questions are answered beforehand."""

    def __init__(self, *answers: str) -> None:
        super().__init__(io.StringIO())
        self.answers, self.asked = list(answers), 0

    def ask(self, *parts: object) -> str:
        """Give the next answer."""
        self.asked += 1
        return self.answers.pop(0)


def decided(plan: Plan, screen: Screen, *, yes: bool = False, allow_destroy: bool = False) -> bool:
    """Ask for approval of a plan at a terminal."""
    return approved(plan, Wishes(yes=yes, allow_destroy=allow_destroy), screen, interactive=True)


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
