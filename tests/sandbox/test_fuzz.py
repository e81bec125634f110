"""Nonsense thrown at every operation: refused in the API's own way, and never a crash."""

import json
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

from hetzner.sandbox import Sandbox
from hetzner.schema import Operation, operations
from tests.sandbox import boxes
from tests.sandbox.spec import check_answer, specification
from tests.sandbox.talk import Talk

VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 3.5, 10**30, "", "x", "²", "9" * 5000, "10.0.0.0/16", "10.0.1.0/24", "cx23",
    "fsn1", "é\u202e\x00", [], {}, [1], ["x"], [None], [{}], {"a": "b"}, {"a": 1}, "2026-11-23T12:00:00Z",
    1_000_001, "\ud800", "debian-13", {"delete": True, "rebuild": True}, "snapshot", [{"firewall": 1}],
]  # fmt: skip

GOOD: dict[str, dict[str, Any]] = {
    "servers.create": {"server_type": "cx23", "image": "debian-13"},
    "zones.create": {"mode": "primary", "rrsets": []},
    "zones.rrsets.create": {"name": "1000001", "type": "A", "records": [{"value": "192.0.2.1"}]},
    "storage_boxes.create": {**boxes.BODY, "name": "box", "ssh_keys": []},
    "storage_boxes.subaccounts.create": {"home_directory": "a", "password": boxes.PASSWORD},
}
"""What makes an object, most of the time."""


def target(operation: Operation, talk: Talk, random: Random) -> str:
    """A path of the operation, mostly with an id that exists."""
    ids: list[Any] = [row["id"] for row in talk.sandbox.project().table(operation.name.split(".")[0])] or [1]
    path = operation.path
    for name in operation.paths:
        path = path.replace(f"{{{name}}}", str(random.choice([*ids, *ids, *ids, 1])))
    return path


def body_of(operation: Operation, random: Random) -> dict[str, Any]:
    """Some of the operation's parameters with values that hardly ever fit."""
    share = random.choice((0.1, 0.4, 0.9))
    body = {name: random.choice(VALUES) for name in operation.parameters if random.random() < share}
    if operation.name in GOOD and random.random() < 0.5:
        body |= {"name": f"s{random.randrange(10**9)}.com", **GOOD[operation.name]}
    return body


@pytest.mark.parametrize("seed", range(3))
def test_nonsense_is_refused_and_never_a_crash(seed: int) -> None:
    """Two thousand random requests a seed: no 5xx, and whatever is answered fits the specification."""
    talk, random = Talk(Sandbox(seed=seed, requests_per_hour=10**9)), Random(seed)  # noqa: S311
    talk.server()
    known = {*specification()["paths"], *specification("storage")["paths"]}
    declared = [each for each in operations() if each.path in known]
    statuses = set()
    for _ in range(2000):
        operation = random.choice(declared)
        if operation.name == "servers.delete" and random.random() < 0.9:
            continue
        path, values = target(operation, talk, random), body_of(operation, random)
        if operation.verb == "GET":
            texts = {name: str(value).encode("utf-8", "replace") for name, value in values.items()}
            answer = talk.send("GET", f"{path}?{urlencode(texts)}")
        else:
            answer = talk.send(operation.verb, path, values)
        assert answer.status < 500, (operation.name, json.dumps(values), answer.body)
        check_answer(operation.verb, operation.path, answer)
        statuses.add(answer.status)
        talk.wait(random.choice((0, 1, 10, 1000)))
    assert {200, 201, 400, 404, 410, 422} <= statuses
