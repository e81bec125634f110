"""What many objects of a list repeat is decoded once: shared, equal, and safe."""

import asyncio
import copy
from typing import Any

import pytest

from hetzner import AsyncHetzner, Hetzner
from hetzner.schema.server_types import ServerType
from hetzner.schema.servers import ServersPage
from hetzner.schema.sharing import Known, shared_fields
from hetzner.schema.ssh_keys import SSHKeysPage
from tests.scripted import Scripted, page

SMALL = {"id": 1, "name": "cx23", "cores": 2, "colour": "red", "deprecation": None}


def server(id: int, **fields: Any) -> dict[str, Any]:
    """Return a server as the API shows it, as far as these tests look."""
    return {"id": id, "server_type": dict(SMALL), "protection": {"delete": False}, "image": None, **fields}


def listed(*pages: list[dict[str, Any]]) -> list[Any]:
    """Return the servers of a list with these pages."""
    last = len(pages)
    steps = (page("servers", each, n, n + 1 if n < last else None) for n, each in enumerate(pages, 1))
    return list(Hetzner(api_token="token", transport=Scripted(*steps)).servers.list())


def test_the_same_type_is_one_object_on_all_pages() -> None:
    """Servers of one type share it, over pages too, with everything the API said about it."""
    one, two, three = listed([server(1), server(2)], [server(3)])
    assert one.server_type is two.server_type is three.server_type
    assert one.protection is three.protection
    kind: Any = one.server_type
    assert (type(kind), kind.cores, kind.colour, one.image) == (ServerType, 2, "red", None)
    assert kind.model_dump(exclude_unset=True) == SMALL


def test_what_differs_in_anything_is_not_shared() -> None:
    """One id with other content, now or later, is another object."""
    other = {**SMALL, "deprecation": {"announced": "2026-01-01T00:00:00Z"}}
    one, two, three = listed([server(1), server(2, server_type=other)], [server(3)])
    assert one.server_type is not two.server_type
    assert (one.server_type.deprecation, three.server_type.deprecation) == (None, None)
    assert two.server_type.deprecation.announced.tzinfo is not None


def test_a_shared_object_cannot_be_changed_in_place() -> None:
    """Setting a field of what is shared is an error; a copy is one's own."""
    one, two = listed([server(1), server(2)])
    with pytest.raises(AttributeError, match="make a copy"):
        one.server_type.name = "mine"
    mine = one.server_type.model_copy(update={"name": "mine"})
    assert (mine.name, two.server_type.name) == ("mine", "cx23")
    assert copy.deepcopy(one).server_type is not one.server_type


def test_changing_one_item_leaves_the_others_alone() -> None:
    """Items with the same fields share the set of their names only until one of them is changed."""
    one, two = listed([server(1), server(2)])
    assert one.model_fields_set is two.model_fields_set
    one.status = "mine"
    assert "status" in one.model_fields_set
    assert two.model_fields_set == set(server(2))
    assert two.model_dump(exclude_unset=True)["id"] == 2


@pytest.mark.parametrize("strange", [{"id": []}, {"id": "x", "name": {}}, {"id": {}, "name": []}, 7, "x", []])
def test_strange_data_survives_as_it_came(strange: Any) -> None:
    """What is no object of the kind stands there as the API sent it, twice as well as once."""
    one, two, three = listed([server(1, server_type=strange), server(2, server_type=strange), server(3)])
    for each in (one, two):
        told = each.server_type
        assert (told.to_dict()["id"] == strange["id"]) if isinstance(strange, dict) else told == strange
    assert three.server_type.cores == 2


def test_only_so_much_is_remembered() -> None:
    """A project in which every server has an image of its own does not make a client grow without end."""
    known = Known()
    for id in range(3 * Known.MOST):
        known.put_into({"servers": [{"image": {"id": id}}]}, ServersPage)
    assert len(known._objects) <= Known.MOST


def test_the_kinds_that_are_shared() -> None:
    """Sharing follows from the declarations: a server has five such fields, an SSH key none."""
    names = {"server_type", "location", "image", "iso", "protection", "placement_group"}
    assert set(shared_fields(ServersPage)) == names
    assert shared_fields(SSHKeysPage) == {}


def test_the_awaited_client_shares_too() -> None:
    """Clients made from one another share what they know, whichever face."""

    async def call() -> list[Any]:
        api = AsyncHetzner(api_token="token", transport=Scripted(page("servers", [server(1)])))
        one = await api.servers.list()
        two = await api.with_options(max_retries=0).servers.list()
        return [one.servers[0], two.servers[0]]

    one, two = asyncio.run(call())
    assert one is not two
    assert one.server_type is two.server_type
