"""Planning and applying from Python: both clients, the same models, and nothing lost unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hetzner import AsyncHetzner, Hetzner
from hetzner.apply import Drifted, Refused, apply, declare, load, plan
from hetzner.apply.document import DocumentError
from hetzner.apply.events import Event
from hetzner.sandbox import Sandbox, SandboxTransport
from tests.apply.stage import KEY

SHOP: dict[str, Any] = {
    "project": "shop",
    "networks": {"internal": {"ip_range": "10.0.0.0/16", "subnets": ["10.0.1.0/24"]}},
    "servers": {
        "web": {"count": 3, "server_type": "cx23", "image": "debian-13", "networks": ["internal"]},
        "peer": {"server_type": "cx23", "image": "debian-13", "user_data": "web=${servers.web-1.ipv4}"},
    },
}
GROUPS: dict[str, Any] = {"project": "shop", "placement_groups": {name: {} for name in "abcdef"}}


@pytest.fixture
def sandbox() -> Sandbox:
    """Return an empty sandbox."""
    return Sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Hetzner]:
    """Return a blocking client of it."""
    with Hetzner(api_token="made-up", transport=SandboxTransport(sandbox)) as client:
        yield client


def test_the_blocking_client(client: Hetzner, sandbox: Sandbox) -> None:
    """A blocking client plans, applies everything at once that can be, and finds nothing to do then."""
    assert len(plan(client, SHOP).pending) == 5
    before = sandbox.clock.now()
    result = apply(client, SHOP)
    assert (result.complete, len(result.done)) == (True, 5)
    assert sandbox.clock.now() - before < 3 * 20  # three servers one after the other would take longer
    assert plan(client, SHOP).is_empty
    assert client.servers.list(name="web-2").servers[0].status == "running"


def test_the_awaited_client(sandbox: Sandbox) -> None:
    """With the awaited client the same is awaited, in the caller's event loop."""

    async def go() -> None:
        async with AsyncHetzner(
            api_token="made-up", transport=SandboxTransport(sandbox).suspending
        ) as client:
            assert not (await plan(client, SHOP)).is_empty
            assert (await apply(client, SHOP)).complete
            assert (await plan(client, SHOP)).is_empty

    asyncio.run(go())


def test_a_blocking_client_in_an_event_loop(client: Hetzner) -> None:
    """A blocking call that would stop an event loop is refused, and says what to do."""

    async def go() -> None:
        with pytest.raises(RuntimeError, match="await this with an AsyncHetzner"):
            plan(client, SHOP)

    asyncio.run(go())


def test_a_client_with_a_transport_of_its_own() -> None:
    """A blocking client whose connections were given cannot be used in a loop, and says what to do."""
    given = Hetzner(api_token="made-up", transport=httpx.MockTransport(lambda request: httpx.Response(500)))
    with pytest.raises(ValueError, match="make an AsyncHetzner instead"):
        plan(given, SHOP)


def test_a_client_with_other_options(client: Hetzner) -> None:
    """What was made by with_options can do it, too."""
    assert plan(client.with_options(max_retries=5), SHOP).project == "shop"


def test_from_files(client: Hetzner, tmp_path: Path) -> None:
    """A path, a document and a map are the same."""
    path = tmp_path / "infra.yaml"
    path.write_text("project: shop\nplacement_groups: {g: {}}\n")
    ways: list[Any] = [path, str(path), load([path]), {"project": "shop", "placement_groups": {"g": {}}}]
    assert [[item.address for item in plan(client, way)] for way in ways] == [["placement_groups.g"]] * 4


def test_a_plan_is_carried_out_as_it_is(client: Hetzner) -> None:
    """A plan that was looked at is applied with its own options, and not at all once something changed."""
    document = declare(SHOP)
    chosen = plan(client, document, target=["networks"])
    assert [item.address for item in apply(client, chosen).done] == ["networks.internal"]
    whole = plan(client, document)
    client.networks.delete(client.networks.list().networks[0].id)
    with pytest.raises(Drifted, match="plan again") as caught:
        apply(client, whole)
    assert len(caught.value.plan.pending) == len(whole.pending) + 1
    assert client.servers.list().servers == []


def test_nothing_is_lost_unasked(client: Hetzner, sandbox: Sandbox) -> None:
    """What deletes needs to be allowed, and most of a project a number; else nothing is changed."""
    apply(client, GROUPS)
    requests = len(sandbox.log)
    less = {"project": "shop", "placement_groups": {"a": {}}}
    with pytest.raises(Refused, match=r"this plan deletes placement_groups\.b, .*allow_destroy=True"):
        apply(client, less)
    with pytest.raises(Refused, match=r"5 of the 6 objects .* max_destroy=5 allows it"):
        apply(client, less, allow_destroy=True)
    with pytest.raises(Refused, match=r"5 objects would go, and at most 4 may; max_destroy=5 allows it"):
        apply(client, less, allow_destroy=True, max_destroy=4)
    assert {entry.method for entry in list(sandbox.log)[requests:]} == {"GET"}
    assert apply(client, less, allow_destroy=True, max_destroy=5).complete
    assert apply(client, less, destroy=True, allow_destroy=True).complete


def test_what_is_refused_is_refused(client: Hetzner) -> None:
    """A plan with something that must not be done is not carried out at all."""
    apply(client, {"project": "other", "placement_groups": {"a": {}}})
    with pytest.raises(Refused, match=r"placement_groups\.a: it belongs to the project 'other'") as caught:
        apply(client, GROUPS)
    assert caught.value.plan.project == "shop"
    assert apply(client, GROUPS, exclude=["placement_groups.a"]).complete


def test_listening(client: Hetzner) -> None:
    """Everything that happens can be listened to."""
    heard: list[Event] = []
    apply(client, GROUPS, listen=heard.append, parallel=1)
    assert {type(event).__name__ for event in heard} >= {"Called", "Done"}


def test_declared_values(client: Hetzner, sandbox: Sandbox) -> None:
    """Objects stand for their ids, dollars are written as in files, and texts are what they are."""
    key = client.ssh_keys.create(name="ops", public_key=KEY).ssh_key
    text = "#!/bin/sh\necho '1e3: yes # no' $${x}\n"
    server = {"server_type": "cx23", "image": "debian-13", "ssh_keys": [key], "user_data": text}
    document = declare({"project": "p", "servers": {"a": server}, "outputs": {"rev": "1e3", "yes": "yes"}})
    assert document.resources[0].spec["user_data"] == text.replace("$$", "$")
    assert document.resources[0].spec["ssh_keys"] == [key.id]
    assert document.outputs == {"rev": "1e3", "yes": "yes"}
    assert apply(client, document).complete


def test_declared_nonsense() -> None:
    """A map that makes no document is told with the line of the YAML that it comes to."""
    with pytest.raises(DocumentError) as caught:
        declare({"project": "p", "servers": {"web": {"servr_type": "cx23", "image": "debian-13"}}})
    assert "did you mean 'server_type'?" in str(caught.value)
    assert "the map given to declare()" in str(caught.value)


def test_everything_that_is_offered_can_be_imported() -> None:
    """`from hetzner.apply import *` gives all of it, as the editors show."""
    names: dict[str, object] = {}
    exec("from hetzner.apply import *", names)  # noqa: S102
    assert {"apply", "plan", "load", "declare", "Refused", "Drifted", "Plan"} <= names.keys()
