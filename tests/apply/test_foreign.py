"""What other programs keep in the same project is never changed and never deleted."""

from __future__ import annotations

import pytest

from hetzner.apply.plans import Verdict
from hetzner.domain.specs.foreign import keeper
from tests.apply.stage import Stage

LABELS = {
    "autoscaler": {"hcloud/node-group": "pool"},
    "csi": {"managed-by": "csi-driver", "pvc-name": "data"},
    "csi-old": {"pvc-name": "data"},
    "caph": {"caph-cluster-prod": "owned"},
    "ccm": {"hcloud-ccm/service-uid": "4d1b"},
}
OURS = {"hetzner-apply/project": "shop"}
SERVER = "servers: {web: {server_type: cx23, image: debian-13, location: fsn1, labels: {role: web}}}\n"


@pytest.mark.parametrize("theirs", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("owned", [False, True])
def test_what_another_program_keeps_is_refused(theirs: dict[str, str], owned: bool) -> None:
    """Named like ours, adopted or even owned: what differs is refused, and nothing is changed."""
    stage = Stage()
    stage.talk.server("web", labels={**theirs, **(OURS if owned else {})})
    before = stage.rows("servers")
    for adopt in (False, True):
        [item] = stage.plan(SERVER, adopt=adopt)
        assert (item.verdict, "belongs to the C" in item.refused or "belongs to the c" in item.refused) == (
            Verdict.USE,
            True,
        )
        assert not stage.apply(SERVER, adopt=adopt).done
    assert stage.rows("servers") == before


@pytest.mark.parametrize("destroy", [False, True])
def test_what_another_program_keeps_is_not_deleted(destroy: bool) -> None:
    """An owned object that is not declared any more stays when another program keeps it, and says which."""
    stage = Stage()
    stage.talk.server("web", labels={**OURS, **LABELS["ccm"]})
    [item] = stage.plan("servers: {}\n", destroy=destroy)
    assert item.verdict is Verdict.DELETE
    assert "the cloud controller manager (label hcloud-ccm/service-uid)" in item.refused
    assert not stage.apply("servers: {}\n", destroy=destroy).done
    assert "web" in stage.rows("servers")


def test_what_another_program_keeps_is_used_as_it_is() -> None:
    """It may be declared as it is, which changes nothing."""
    stage = Stage()
    stage.talk.server("web", labels=LABELS["autoscaler"])
    [item] = stage.plan("servers: {web: {server_type: cx23, image: debian-13}}\n")
    assert (item.verdict, item.refused) == (Verdict.USE, "")
    assert "the cluster autoscaler" in item.why


def test_a_label_that_is_declared_is_our_own() -> None:
    """Who declares such a label put it there, and may change and delete the object."""
    stage = Stage()
    text = SERVER.replace("role: web", "hcloud/node-group: mine")
    stage.converge(text)
    stage.converge(text.replace("mine", "yours"))
    stage.converge(text.replace("cx23", "cx33").replace("mine", "yours"))
    assert stage.apply(text, destroy=True).complete


@pytest.mark.parametrize("labels", [{}, OURS, {"managed-by": "us"}, {"caph": "x"}, {"hcloud": "x"}])
def test_other_labels_say_nothing(labels: dict[str, str]) -> None:
    """Only the labels of known programs count."""
    assert keeper(labels) == ""
