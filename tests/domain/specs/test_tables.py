"""Which spec takes which calls: tables of what is there, what is wanted, and exactly what is asked for.

They go through the engine.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from hetzner.apply.document import DocumentError
from tests.apply.stage import Stage, read, steps

FOLDER = Path(__file__).parent / "tables"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(file.read_text())]
PRELUDE = "defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"


def staged(case: dict[str, Any]) -> Stage:
    """Return a stage with a DNS zone, on which the case has what is there before."""
    stage = Stage()
    stage.talk.post("/zones", {"name": "example.org", "mode": "primary"})
    stage.talk.wait()
    if case.get("before"):
        stage.converge(PRELUDE + case["before"])
    for kind, name, action, body in case.get("drift", ()):
        path = f"/{kind}/{stage.row(kind, name)['id']}/actions/{action}"
        assert stage.talk.act(path, body)["status"] == "success"
    return stage


def by_name(case: dict[str, Any]) -> str:
    """Return what a case is called in reports."""
    return str(case["case"]).replace(" ", "-").replace(",", "")


@pytest.mark.parametrize("case", [case for case in CASES if "calls" in case], ids=by_name)
def test_it_takes_exactly_these_calls(case: dict[str, Any]) -> None:
    """The plan asks for these calls, they are made, and afterwards there is nothing to do."""
    stage = staged(case)
    plan = stage.plan(PRELUDE + case["after"])
    found = {address: [list(step) for step in several] for address, several in steps(plan).items()}
    wanted = case["calls"]
    assert {address: found.get(address) for address in wanted} == wanted
    assert case.get("only") or found.keys() == wanted.keys()
    consents = {item.address: item.consent for item in plan if item.consent}
    assert consents == case.get("consent", {})
    before = stage.requests
    stage.converge(PRELUDE + case["after"])
    made = Counter(stage.writes(before))
    needed = Counter(call.operation for item in plan for call in item.calls if call.unless is None)
    assert needed <= made


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=by_name)
def test_it_is_refused(case: dict[str, Any]) -> None:
    """The plan says why it cannot be done, and nothing of it is done even when it is carried out."""
    stage = staged(case)
    plan = stage.plan(PRELUDE + case["after"])
    refused = {item.address: item.refused for item in plan.refused}
    assert refused == case["refused"]
    before = stage.state(owned=True)
    stage.apply(PRELUDE + case["after"])
    after = stage.state(owned=True)
    assert {address: after.get(address) for address in before} == before


@pytest.mark.parametrize(
    ("kind", "spec", "one_of"),
    [
        ("volumes", "{size: 10}", "server and location"),
        ("floating_ips", "{type: ipv4}", "server and home_location"),
        ("primary_ips", "{type: ipv4}", "assignee and location"),
        ("certificates", "{labels: {}}", "domain_names and certificate"),
        ("load_balancers", "{load_balancer_type: lb11}", "location and network_zone"),
    ],
)
def test_what_needs_one_of_two_says_so_offline(kind: str, spec: str, one_of: str) -> None:
    """Without a default there must be one of them, and the line that lacks it is named."""
    with pytest.raises(DocumentError, match=rf"{kind}\.one: one of {one_of} is needed"):
        read(f"{kind}: {{one: {spec}}}")


WHOLE = """
networks: {internal: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}
primary_ips: {db-ip: {type: ipv4, auto_delete: false, dns_ptr: db.example.org}}
servers:
  web: {count: 2, networks: [internal], labels: {role: web}}
  db: {networks: {internal: 10.0.1.30}, public_net: {ipv4: db-ip}}
volumes: {pgdata: {size: 50, format: ext4, server: db, automount: true}}
floating_ips: {vip: {type: ipv4, server: web-1, description: maintenance, dns_ptr: vip.example.org}}
certificates: {shop: {domain_names: [example.org, www.example.org]}}
load_balancers:
  lb:
    load_balancer_type: lb11
    networks: {internal: 10.0.1.20}
    targets: [{label_selector: role=web, use_private_ip: true}, {server: db, use_private_ip: true}]
    services: [{protocol: https, destination_port: 8080, http: {certificates: [shop], redirect_http: true}}]
    dns_ptr: lb.example.org
"""


def test_everything_comes_and_goes_together() -> None:
    """All kinds in one document are made in one run, are then as they are wanted, and go in one run."""
    stage = staged({})
    stage.converge(PRELUDE + WHOLE)
    stage.insist_exact(PRELUDE + WHOLE)
    result = stage.apply(PRELUDE)
    assert result.complete, (result.failed, result.skipped)
    assert stage.state(owned=True) == {}


@pytest.mark.parametrize("case", [case for case in CASES if "notes" in case], ids=by_name)
def test_it_is_only_told(case: dict[str, Any]) -> None:
    """The plan names the fields that differ and leaves them as they are."""
    plan = staged(case).plan(PRELUDE + case["after"])
    noted = {item.address: [change.field for change in item.changes if change.noted] for item in plan}
    assert {address: fields for address, fields in noted.items() if fields} == case["notes"]
    assert not steps(plan)


def test_a_zone_owned_as_a_whole_says_what_it_has() -> None:
    """Without a word of records nothing says whether all of them shall go."""
    with pytest.raises(DocumentError, match=r"records_mode: all is about records"):
        read("zones: {shop.com: {records_mode: all}}")
    read("zones: {shop.com: {records_mode: all, records: {}}}")
