"""Finding records: what is asked for, what is near, and how many requests it takes."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import hetzner
from hetzner import Ambiguous, NotFound, NotFoundError
from tests.domain.faces import Face, done


async def test_a_name_takes_one_request(face: Face) -> None:
    """Finding by name asks for that name, once."""
    web = await face.server()
    with face.requests() as made:
        assert await done(face.Server.find("web")) == web
    assert made == ["servers.list"]


async def test_an_id_takes_one_request(face: Face) -> None:
    """Finding by id, by its digits, or by the object reads that object, once."""
    web = await face.server()
    for ref in (web.id, str(web.id), web):
        with face.requests() as made:
            assert await done(face.Server.find(ref)) == web
        assert made == ["servers.retrieve"]


async def test_a_name_of_digits_is_found(face: Face) -> None:
    """Digits are an id first, and a name when there is no such id."""
    number = await face.server("4711")
    assert await done(face.Server.find("4711")) == number
    with pytest.raises(NotFound):
        await done(face.Server.find(4711))
    long = await face.server("9" * 40)
    assert await done(face.Server.find("9" * 40)) == long


async def test_an_id_wins_over_a_name(face: Face) -> None:
    """A server whose name is the id of another one is not found in its place."""
    web = await face.server()
    await face.server(str(web.id))
    assert await done(face.Server.find(str(web.id))) == web


async def test_not_found_says_what_is_near(face: Face) -> None:
    """The error names the kind, what was asked for, and the names like it."""
    await face.server("web-1")
    with pytest.raises(NotFound, match=r"there is no server 'wbe-1'; did you mean 'web-1'\?") as caught:
        await done(face.Server.find("wbe-1"))
    assert (caught.value.kind, caught.value.ref, caught.value.near) == ("servers", "wbe-1", ["web-1"])
    with pytest.raises(NotFound, match=r"there is no ssh key 'me'$"):
        await done(face.SSHKey.find("me"))
    with pytest.raises(NotFound, match=r"there is no server '42'$"):
        await done(face.Server.find(42))


def test_not_found_can_be_pickled() -> None:
    """Worker processes can hand the error to their parent."""
    error = pickle.loads(pickle.dumps(NotFound("servers", "wbe", ["web"])))  # noqa: S301
    assert (str(error), error.near) == ("there is no server 'wbe'; did you mean 'web'?", ["web"])


async def test_what_is_no_reference_is_refused(face: Face) -> None:
    """None, true, and an object of another kind are mistakes, and cost no request."""
    net = await face.network()
    with face.requests() as made:
        for ref in (None, True, 1.5, net):
            with pytest.raises(TypeError, match=r"^expected a name, an id or an object of servers, not"):
                await done(face.Server.find(ref))
    assert made == []


async def test_a_name_that_several_have_is_told_apart_by_filters(face: Face) -> None:
    """An image exists for each architecture, so a bare name is not enough."""
    with pytest.raises(Ambiguous, match=r"2 images are called 'debian-13': .*architecture='arm'"):
        await done(face.Image.find("debian-13"))
    image = await done(face.Image.find("debian-13", architecture="arm"))
    assert (image.name, image.architecture) == ("debian-13", "arm")


async def test_get_asks_for_ids_only(face: Face) -> None:
    """An id that does not exist is a 404, and a name is a mistake."""
    with pytest.raises(NotFoundError):
        await done(face.Server.get(42))
    with pytest.raises(TypeError, match=r"Server\.get\(\) takes an id; Server\.find\('web'\) takes names"):
        await done(face.Server.get("web"))


async def test_a_filter_that_is_none_is_told(face: Face) -> None:
    """What is near is said, and nothing is asked for."""
    with face.requests() as made, pytest.raises(TypeError, match=r"Image\.find\(\) .*'architecture'"):
        await done(face.Image.find("debian-13", architectur="arm"))
    assert made == []


async def test_all_narrows_by_labels_and_filters(face: Face) -> None:
    """Labels are a map or a selector; filters are those of the API."""
    web = await face.server("web", labels={"role": "web", "env": "prod"})
    db = await face.server("db", labels={"role": "db"})
    await done(db.poweroff())
    ask = face.Server.all
    assert await done(ask()) == [web, db]
    assert await done(ask(labels={"role": "web"})) == [web]
    assert await done(ask(labels={"role": ["web", "db"]})) == [web, db]
    assert await done(ask(labels={"env": None})) == [web]
    assert await done(ask(labels="role!=web")) == [db]
    assert await done(ask(status="off")) == [db]
    assert await done(ask(labels={"role": "web"}, status="off")) == []
    assert await done(ask(name="db")) == [db]


async def test_empty_labels_are_refused(face: Face) -> None:
    """A script that deletes what fits must not delete everything when its labels come out empty."""
    with face.requests() as made:
        empty: list[Any] = [{}, "", " "]
        for labels in empty:
            with pytest.raises(ValueError, match="empty labels would fit everything"):
                await done(face.Server.all(labels=labels))
        with pytest.raises(TypeError, match="labels or label_selector, not both"):
            await done(face.Server.all(labels="a", label_selector="b"))
        with pytest.raises(
            TypeError,
            match=r"Server\.all\(\) got an unexpected keyword argument 'lables'; did you mean 'labels'",
        ):
            await done(face.Server.all(lables="a"))
    assert made == []


async def test_all_asks_for_pages_of_fifty(face: Face) -> None:
    """Sixty groups are two requests."""
    for number in range(60):
        await done(face.PlacementGroup.create(f"group-{number}"))
    with face.requests() as made:
        found = await done(face.PlacementGroup.all())
    assert [group.name for group in found] == [f"group-{number}" for number in range(60)]
    assert made == ["placement_groups.list"] * 2


def test_both_modules_offer_the_same_records() -> None:
    """`hetzner.aio` has every record of `hetzner`, under the same name, and says so."""
    from hetzner import aio

    for name in hetzner.RECORDS:
        assert getattr(hetzner, name).kind == getattr(aio, name).kind
        assert name in dir(aio)
        assert name in dir(hetzner)
    assert sorted(aio.__all__) == sorted([*hetzner.RECORDS, "gather", "sweep", "wait"])
    with pytest.raises(AttributeError, match=r"hetzner\.aio' has no attribute 'Sever'"):
        _ = aio.Sever
