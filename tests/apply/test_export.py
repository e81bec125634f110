"""A live project as a document: reading it back plans nothing, whatever there is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from hetzner.api.errors import ConfigError
from hetzner.apply import document as documents
from hetzner.apply.document import Document, DocumentError
from hetzner.apply.examine import examine
from hetzner.apply.export import export
from hetzner.apply.faces import faces
from hetzner.apply.plans import Plan, Verdict
from hetzner.domain.specs import kinds
from hetzner.domain.specs.labels import PREFIX
from tests.apply.documents import written
from tests.apply.stage import KEY, Stage, read
from tests.apply.wide import PASSWORD, everything

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
WEB = f"""
ssh_keys: {{ops: "{KEY}"}}
networks: {{internal: {{ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}}}
firewalls: {{base: {{rules: [tcp/22 from 10.0.0.0/8, icmp]}}}}
servers:
  web:
    {{server_type: cx23, image: debian-13, networks: [internal], firewalls: [base], labels: {{rev: "1e3"}}}}
"""


def exported(stage: Stage, **options: Any) -> str:
    """Return the document of what is in a stage."""
    return stage.go(lambda client: export(client, **options))


def disowned(stage: Stage) -> None:
    """Take all of our labels off everything, as if it had been made by hand."""
    with stage.sandbox.inside() as inside:
        for kind in kinds():
            for row in list(inside.table(kind)):
                kept = {key: value for key, value in row["labels"].items() if not key.startswith(PREFIX)}
                inside.table(kind).update(row["id"], labels=kept)


def again(text: str) -> Document:
    """Read what was exported, with the secrets that it asks for."""
    asked = ("STORAGE_BOX_BACKUP_PASSWORD", "STORAGE_BOX_BACKUP_SUBACCOUNTS_DB_PASSWORD")
    found = documents.loads(text, faces(), environ=dict.fromkeys(asked, PASSWORD))
    examine(found)
    return found


def insist_silent(plan: Plan, *verdicts: Verdict) -> None:
    """Insist that a plan finds everything as it is declared."""
    loud = [(item.address, item.verdict, item.changes) for item in plan if item.verdict not in verdicts]
    assert (loud, plan.refused) == ([], ())


def insist_round(declared: dict[str, Any]) -> None:
    """Insist that what was made of a document is exported so that nothing is left to do, owned or not."""
    stage = Stage()
    issued = {
        kind: found for kind, found in declared.items() if kind not in ("certificates", "load_balancers")
    }
    stage.converge(written(issued))  # a certificate is issued for zones that are there
    stage.converge(written(declared))
    insist_silent(stage.plan(again(exported(stage))), Verdict.KEEP)
    disowned(stage)
    text = exported(stage, project="shop")
    insist_silent(stage.plan(again(text)), Verdict.USE)
    plan = stage.plan(again(text), adopt=True)
    assert all(not item.changes and item.verdict is Verdict.UPDATE for item in plan)
    assert {call.operation.rpartition(".")[2] for item in plan for call in item.calls} <= {"update"}
    assert all(call.arguments.keys() == {"labels"} for item in plan for call in item.calls)
    stage.converge(again(text), adopt=True)
    insist_silent(stage.plan(again(exported(stage))), Verdict.KEEP)


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW)
@given(everything())
def test_what_is_exported_is_what_is_there(declared: dict[str, Any]) -> None:
    """The plan of an exported project is empty; adopting what nobody owns changes labels only."""
    insist_round(declared)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
@given(everything())
def test_what_is_exported_is_what_is_there_at_length(declared: dict[str, Any]) -> None:
    """The same for 250 random projects."""
    insist_round(declared)


def test_export_is_short() -> None:
    """Names stand for ids, rules and subnets are short, and what goes without saying is not there."""
    stage = Stage()
    stage.converge(WEB)
    lines = exported(stage).splitlines()
    assert lines[lines.index("servers:") :] == [
        "servers:",
        "  web:",
        "    server_type: cx23",
        "    image: debian-13",
        "    location: fsn1",
        '    labels: {rev: "1e3"}',
        "    firewalls: [base]",
        "    networks: {internal: 10.0.1.1}",
    ]
    assert f"  ops: {KEY}" in lines
    assert "    subnets: [10.0.1.0/24]" in lines
    assert "      - tcp/22 from 10.0.0.0/8" in lines
    assert lines[0].startswith("# yaml-language-server: $schema=")


def test_export_asks_once_for_each_kind() -> None:
    """Exporting costs one list of each kind and nothing else; a selector costs one more."""
    stage = Stage()
    stage.converge(WEB)
    before = stage.requests
    exported(stage)
    assert stage.requests - before == len(kinds())
    before = stage.requests
    exported(stage, selector="rev=1e3", only=["servers"])
    assert stage.requests - before == len(kinds()) + 1


def test_a_part_of_a_project_says_so() -> None:
    """A selection that leaves out what the project owns warns that applying it would delete that."""
    stage = Stage()
    stage.converge(WEB)
    text = exported(stage, only=["servers"])
    assert "networks:" not in text.splitlines()
    assert "# CAREFUL: this is a part of shop; applying it would delete the rest: ssh_keys.ops," in text
    assert "CAREFUL" not in exported(stage)


def test_what_others_own_is_not_exported() -> None:
    """Several owners need a choice; what the others own is told in comments."""
    stage = Stage()
    stage.converge(WEB)
    stage.converge(read("placement_groups: {g: {}}", project="other"))
    with pytest.raises(ConfigError, match=r"several projects own what is there: other, shop"):
        exported(stage)
    text = exported(stage, project="shop")
    assert "# placement_groups.g belongs to the project 'other'" in text
    insist_silent(stage.plan(again(text)), Verdict.KEEP)


def test_secrets_are_told_and_not_shown() -> None:
    """What was given at creation and is never shown again is asked for in a comment."""
    text = WEB.replace("labels:", "user_data: top-secret, ssh_keys: [ops], labels:")
    stage = Stage()
    stage.converge(text)
    told = exported(stage)
    assert "top-secret" not in told
    assert "    # user_data: it was given one, which the API does not show; give it again" in told
    disowned(stage)
    assert "# Never shown by the API, and therefore not here: ssh_keys, user_data" in exported(stage)


@pytest.mark.parametrize("label", ["1e3", "0o14", "yes", "null", "007", "1.0", "2026-11-26", "", "a.b-c_d"])
def test_labels_stay_text(label: str) -> None:
    """A label that looks like a number, a date or a word of YAML is the same text when it is read back."""
    stage = Stage()
    stage.converge(f"placement_groups: {{g: {{labels: {{rev: '{label}'}}}}}}")
    insist_silent(stage.plan(again(exported(stage))), Verdict.KEEP)
    assert again(exported(stage)).resources[0].spec["labels"] == {"rev": label}


def test_what_cannot_be_declared_is_a_comment() -> None:
    """An object that no document could declare is written as a comment that says why."""
    stage = Stage()
    stage.converge("placement_groups: {g: {}}")
    with stage.sandbox.inside() as inside:
        row = next(iter(inside.table("placement_groups")))
        inside.table("placement_groups").update(row["id"], labels={"hetzner.cloud/x": "y"})
    text = exported(stage)
    assert "# g cannot be declared: labels: " in text
    assert "# placement_groups:" in text
    with pytest.raises(DocumentError):
        read(text.replace("# ", ""))
    assert again(text).resources == ()


def test_an_image_that_is_gone() -> None:
    """A server whose image the API does not tell any more is exported with a word for it, and adopted."""
    stage = Stage()
    stage.converge(WEB)
    with stage.sandbox.inside() as inside:
        row = next(iter(inside.table("servers")))
        inside.table("servers").update(row["id"], image=None)
    disowned(stage)
    text = exported(stage, project="shop")
    assert "    # image: the API does not tell it any more" in text
    stage.converge(again(text), adopt=True)


def test_addresses_that_stand_alone() -> None:
    """A primary IP that was made with a server is part of it; one that stays without it is declared."""
    stage = Stage()
    stage.converge(
        "primary_ips: {db-ip: {type: ipv4, location: fsn1, auto_delete: false}}\n"
        "servers: {db: {server_type: cx23, image: debian-13, location: fsn1, public_net: {ipv4: db-ip}}}\n"
    )
    assert len(stage.rows("primary_ips")) == 2
    disowned(stage)
    text = exported(stage, project="shop")
    document = again(text)
    assert [each.address for each in document.resources] == ["primary_ips.db-ip", "servers.db"]
    assert "    public_net: {ipv4: db-ip}" in text.splitlines()
    insist_silent(stage.plan(document), Verdict.USE)


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("web", "[web]"),
        ("{server: web, use_private_ip: true}", "- {use_private_ip: true, server: web}\n"),
        ("{server: web, ip: '2001:db8:0:1::1'}", "- {server: web, ip: 2001:db8:0:1::1}\n"),
    ],
)
def test_targets_are_shown_as_they_may_be_written(target: str, shown: str) -> None:
    """The address by which a target is reached is told only where another one would be taken without it."""
    stage = Stage()
    balancer = f"lb: {{load_balancer_type: lb11, location: fsn1, networks: [internal], targets: [{target}]}}"
    server = WEB.replace("image: debian-13", "image: debian-13, location: fsn1")
    stage.converge(f"{server}load_balancers: {{{balancer}}}\n")
    text = exported(stage, project="shop")
    assert shown in text
    insist_silent(stage.plan(again(text)), Verdict.KEEP)
