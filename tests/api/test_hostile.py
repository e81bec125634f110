"""A server that lies, floods or breaks its answers: a typed error or a sane value, in bounds."""

import asyncio
import gzip
import json
import tracemalloc
import zlib
from typing import Any

import httpx
import pytest

from hetzner import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    AsyncHetzner,
    Hetzner,
)
from hetzner.api.body import LARGEST, Body, BodyError
from tests.faulty import raw_server, wire
from tests.scripted import Scripted, error, ok, page

MEGABYTE = 1024 * 1024
FACES = pytest.mark.parametrize("face", ["blocking", "awaited"])


def answered(step: Any, **options: Any) -> Hetzner:
    """Return a client that gets this answer to everything."""
    return Hetzner(api_token="token-0123456789", transport=Scripted(step), max_retries=0, **options)


def peak_of(face: str, answer: bytes, repeat: int = 1) -> int:
    """Return the most memory that reading this answer took; it must be refused."""

    async def awaited(url: str) -> None:
        async with AsyncHetzner(api_token="t", base_url=url, max_retries=0) as client:
            await client.servers.list()

    with (
        raw_server(answer, repeat) as (url, _),
        Hetzner(api_token="t", base_url=url, max_retries=0) as client,
    ):
        tracemalloc.start()
        try:
            with pytest.raises(APIConnectionError):
                client.servers.list() if face == "blocking" else asyncio.run(awaited(url))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@FACES
def test_an_endless_body_is_cut_off(face: str) -> None:
    """A body of a gigabyte is refused after 32 MiB."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"
    assert peak_of(face, head + b" " * MEGABYTE, 1024) < 100 * MEGABYTE


@FACES
def test_a_bomb_does_not_go_off(face: str) -> None:
    """A small compressed body that stands for a gigabyte is refused after 32 MiB too."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first, again = (packer.compress(bytes(8 * MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    bomb = first + 127 * again + packer.flush()  # after a full flush every block stands for itself
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
    assert peak_of(face, head.encode() + bomb) < 100 * MEGABYTE


@FACES
def test_ten_thousand_headers_are_refused(face: str) -> None:
    """More headers than any sane answer has are an error."""
    headers = b"".join(b"X-%d: %060d\r\n" % (number, number) for number in range(10_000))
    assert peak_of(face, b"HTTP/1.1 200 OK\r\n" + headers + b"Content-Length: 2\r\n\r\n{}") < 50 * MEGABYTE


def test_a_compressed_answer_is_read() -> None:
    """An answer in gzip is unpacked, and its headers still tell what came."""
    packed = gzip.compress(b'{"server": {"id": 1}}', mtime=0)
    answer = wire(200, packed).replace(b"Content-Type", b"Content-Encoding: gzip\r\nContent-Type")
    with raw_server(answer) as (url, asked), Hetzner(api_token="t", base_url=url) as client:
        assert client.servers.retrieve(1).server.id == 1
        assert b"accept-encoding: gzip\r\n" in asked[0].lower()


@pytest.mark.parametrize("broken", [b"not gzip at all", gzip.compress(b"x" * 999, mtime=0)[:-9]])
def test_broken_compression_is_an_error(broken: bytes) -> None:
    """A body that cannot be unpacked, or only in part, is refused."""
    body = Body("gzip")
    with pytest.raises(BodyError):  # noqa: PT012  either of the two may notice
        body.add(broken)
        body.whole()


def test_other_compressions_are_refused() -> None:
    """What was not asked for is not unpacked; nothing and identity are plain."""
    with pytest.raises(BodyError):
        Body("br")
    for plain in ("", "identity"):
        body = Body(plain)
        body.add(b"a" * LARGEST)
        assert len(body.whole()) == LARGEST
        with pytest.raises(BodyError):
            body.add(b"b")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        '{"a":' * 1_000_000,
        "NaN",
        "{",
        "[]",
        '"x"',
        "null",
        "\x00",
        '{"server": 1}x',
        "1" * 5000,
    ],
    ids=lambda text: text[:9],
)
def test_what_is_no_json_object_is_a_typed_error(text: str) -> None:
    """A successful answer that is not a JSON object is an APIResponseValidationError."""
    with pytest.raises(APIResponseValidationError):
        answered(httpx.Response(200, text=text)).servers.retrieve(1)


@pytest.mark.parametrize(
    "text", ["[" * 1_000_000, "<html>", "", "null", '{"error": 5}', '{"error": {"code": 7}}']
)
def test_a_strange_error_body_is_still_a_status_error(text: str) -> None:
    """A refusal is told by its status when its body says nothing."""
    with pytest.raises(APIStatusError, match="answered with status 404") as caught:
        answered(httpx.Response(404, text=text)).servers.retrieve(1)
    assert caught.value.code is None
    assert caught.value.fields == {}


def test_an_error_nested_deeply_is_bounded() -> None:
    """Details as deep as Python reads them do not break the error that carries them."""
    details = "[" * 900 + "]" * 900
    body = f'{{"error": {{"code": "x", "message": "{"m" * 99999}", "details": {details}}}}}'
    with pytest.raises(APIStatusError) as caught:
        answered(httpx.Response(400, text=body)).servers.retrieve(1)
    assert len(str(caught.value)) < 3000
    assert "[hidden]" in repr(caught.value.details)


@pytest.mark.parametrize("fields", [5, "x", [5], [{"name": 1, "messages": 2}], [{"messages": "abc"}]])
def test_details_of_another_shape_are_no_fields(fields: Any) -> None:
    """Error details that are not as documented are kept and not interpreted."""
    with pytest.raises(APIStatusError) as caught:
        answered(error(422, "invalid_input", details={"fields": fields})).servers.retrieve(1)
    assert caught.value.fields == {}
    assert caught.value.details == {"fields": fields}


def test_duplicate_keys_mean_the_last() -> None:
    """Of two values of one key the last counts, as in any JSON reader."""
    assert answered(httpx.Response(200, text='{"server":{"id":1,"id":2}}')).servers.retrieve(1).server.id == 2


def test_wrong_types_survive_as_they_came() -> None:
    """A field of another type keeps its value, and what is right beside it is still converted."""
    wrong = {
        "id": "x",
        "created": "2026-01-01T00:00:00Z",
        "labels": 7,
        "server_type": {"id": []},
        "image": "none",
    }
    server: Any = answered(ok(server=wrong)).servers.retrieve(1).server
    assert (server.id, server.labels, server.server_type.id, server.image) == ("x", 7, [], "none")
    assert server.created.year == 2026


def test_missing_fields_are_none_and_unknown_ones_are_kept() -> None:
    """What the API leaves out is None, what it adds is an attribute, and repr works on both."""
    server: Any = answered(ok(server={"id": 1, "colour": "red"})).servers.retrieve(1).server
    assert server.name is None
    assert server.colour == "red"
    assert "colour='red'" in repr(server)
    nothing: Any = answered(ok()).servers.retrieve(1)
    assert nothing.server is None


def test_strict_validation_refuses_both() -> None:
    """With strict validation a missing or wrong field is an error that names it."""
    with pytest.raises(APIResponseValidationError, match=r"lacks 'server'"):
        answered(ok(), _strict_response_validation=True).servers.retrieve(1)
    with pytest.raises(APIResponseValidationError, match="invalid for expected schema") as caught:
        answered(ok(server={"id": "x"}), _strict_response_validation=True).servers.retrieve(1)
    assert caught.value.status_code == 200
    assert isinstance(caught.value, APIError)


@pytest.mark.parametrize("items", ["text", 5, None, {"a": 1}])
def test_a_list_that_is_none_is_empty(items: Any) -> None:
    """A page whose items are no list has no items."""
    assert list(answered(page("servers", items)).servers.list()) == []


@pytest.mark.parametrize(
    "meta", [5, {}, {"pagination": 5}, {"pagination": {"next_page": "x"}}, {"pagination": None}]
)
def test_strange_pagination_ends_the_list(meta: Any) -> None:
    """When nobody can tell whether there is another page, there is none."""
    assert len(list(answered(ok(servers=[{"id": 1}], meta=meta)).servers.list())) == 1


def test_a_list_that_goes_in_circles_is_an_error() -> None:
    """Pages that lead back are refused instead of being walked for ever."""
    api = Hetzner(api_token="token", transport=Scripted(page("servers", [{"id": 1}], 1, 2)))
    with pytest.raises(APIResponseValidationError, match="page 2 is followed by page 2"):
        list(api.servers.list())


def test_a_list_without_an_end_is_an_error() -> None:
    """Page numbers that no list has are refused, and empty pages lead nowhere."""
    endless = page("servers", [{"id": 1}], 1, 100_000), page("servers", [{"id": 1}], 100_000, 100_001)
    api = Hetzner(api_token="token", transport=Scripted(*endless))
    with pytest.raises(APIResponseValidationError, match="page 100000 is followed"):
        list(api.servers.list())
    assert list(answered(page("servers", [], 1, 2)).servers.list()) == []


@pytest.mark.parametrize("headers", [
    {"ratelimit-limit": "9" * 5000, "ratelimit-remaining": "9" * 5000}, {"ratelimit-remaining": "-1"},
    {"ratelimit-limit": "0", "ratelimit-remaining": "0"}, {"date": "no date"},
    {"date": "Mon, 99 Foo 99999 0:0"},
    {"ratelimit-limit": "1", "ratelimit-remaining": "0"}, {"x-correlation-id": "a\x1b[31m"},
])  # fmt: skip
def test_strange_headers_neither_break_nor_stop_the_client(headers: dict[str, str]) -> None:
    """Nonsense in the headers that the client reads makes it wait a minute at most."""
    script = Scripted(httpx.Response(200, headers=headers, json={"server": {"id": 1}}))
    api = Hetzner(api_token="token", transport=script)
    for _ in range(2):
        api.servers.retrieve(1)
    assert script.clock.skipped <= 60


def test_control_characters_do_not_get_into_messages() -> None:
    """What a server says is shown without escape sequences and line ends."""
    bad = "a\x1b[2Jb\nc\u202ed"
    with pytest.raises(APIStatusError) as caught:
        answered(
            error(400, "x" + bad, bad, details={"fields": [{"name": bad, "messages": [bad]}]})
        ).servers.list()
    assert str(caught.value).isprintable()
    assert json.dumps(bad)[1:-1].split("\\u202e")[0].split("\\u001b")[0] in str(caught.value)
