"""Answers of a newer or a broken API: the unknown survives, the missing is None, strictness refuses both."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from hetzner import APIResponseValidationError, AsyncHetzner, Hetzner, types
from hetzner.schema.model import Model
from hetzner.schema.reference import sections
from hetzner.schema.words import sections_in
from tests.scripted import Scripted, ok

MODELS = [each for each in sections() if issubclass(each, Model)]
TIMES = [
    (model, name)
    for model in MODELS
    for name, field in model.model_fields.items()
    if field.annotation in (datetime, datetime | None)
]
ALL = pytest.mark.parametrize("model", MODELS, ids=lambda each: each.__name__)
SERVER = {"id": 42, "name": "web", "status": "hibernating", "created": "2026-11-23T12:00:00+00:00"}


SCRIPTS = {strict: Scripted(ok()) for strict in (False, True)}
CLIENTS = {
    strict: Hetzner(api_token="token", transport=script, _strict_response_validation=strict)
    for strict, script in SCRIPTS.items()
}


def read(model: type[Model], data: str, *, strict: bool = False) -> Any:
    """Return what a client makes of an answer that should be this model."""
    SCRIPTS[strict].requests.clear()
    SCRIPTS[strict].steps[:] = [httpx.Response(200, content=data)]
    return CLIENTS[strict].get("/anything", cast_to=model)


def answers(*steps: httpx.Response, strict: bool = False) -> list[Any]:
    """Return what both clients make of these answers to the question for a server."""

    async def awaited() -> Any:
        async with AsyncHetzner(
            api_token="token", transport=Scripted(*steps), _strict_response_validation=strict
        ) as client:
            return await client.servers.retrieve(42)

    with Hetzner(api_token="token", transport=Scripted(*steps), _strict_response_validation=strict) as client:
        return [client.servers.retrieve(42), asyncio.run(awaited())]


@ALL
def test_missing_fields_are_none(model: type[Model]) -> None:
    """Every field that is promised is None when it does not come, and strictness names the first of them."""
    answer = read(model, "{}")
    for name in model.__declared__:
        assert getattr(answer, name) is None
    if model.__declared__:
        with pytest.raises(APIResponseValidationError, match=f"'{min(model.__declared__)}'"):
            read(model, "{}", strict=True)
    else:
        assert isinstance(read(model, "{}", strict=True), model)


@ALL
def test_unknown_fields_survive(model: type[Model]) -> None:
    """A field that no declaration knows is an attribute, and goes back into plain data."""
    answer = read(model, '{"of_tomorrow": {"deep": [1, "two"]}}')
    assert answer.of_tomorrow == {"deep": [1, "two"]}
    assert answer.to_dict()["of_tomorrow"] == {"deep": [1, "two"]}


@ALL
def test_values_of_the_wrong_type_survive(model: type[Model]) -> None:
    """Nothing that JSON can say in a field's place breaks an answer, and strictness refuses it."""
    for name, field in model.model_fields.items():
        for wrong in ('"text"', '{"of": ["tomorrow"]}', "[[[]]]", "12345.5", "true", "null"):
            answer = read(model, f'{{"{name}": {wrong}}}')
            assert isinstance(answer.to_dict(), dict)
            assert repr(answer)
        if list(sections_in(field.annotation)):
            with pytest.raises(APIResponseValidationError):
                read(model, f'{{"{name}": "text"}}', strict=True)


@pytest.mark.parametrize(("model", "name"), TIMES, ids=str)
def test_times_are_aware(model: type[Model], name: str) -> None:
    """A time has its zone, whichever way the API writes it, and one it cannot be stays text."""
    for written in ("2026-11-23T12:00:00Z", "2026-11-23T13:00:00+01:00"):
        read_back = getattr(read(model, f'{{"{name}": "{written}"}}'), name)
        assert read_back == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert getattr(read(model, f'{{"{name}": "tomorrow"}}'), name) == "tomorrow"


def test_both_clients_keep_what_they_do_not_know() -> None:
    """An unknown status is text, an unknown field stays, a missing one is None, at all depths."""
    newer = {**SERVER, "image": {"id": 1, "type": "holographic", "layers": 7}, "mood": "sunny"}
    for answer in answers(ok(server=newer)):
        assert isinstance(answer, types.ServerRetrieveResponse)
        server: Any = answer.server
        assert (server.status, server.mood, server.public_net) == ("hibernating", "sunny", None)
        assert (server.image.type, server.image.layers, server.image.name) == ("holographic", 7, None)
        assert server.created.utcoffset() == timedelta(0)
        assert dict(server)["mood"] == "sunny"


def test_both_clients_refuse_it_when_they_are_told_to() -> None:
    """With `_strict_response_validation=True` what is missing or wrong is an error with the answer in it."""
    for broken in (ok(server=SERVER), ok(server={**SERVER, "id": "forty-two"}), ok(servers=[])):
        for client in (0, 1):
            with pytest.raises(APIResponseValidationError) as caught:
                answers(broken, strict=True)[client]
            assert caught.value.status_code == 200
            assert caught.value.response.json() == broken.json()
