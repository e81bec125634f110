"""Requests that no declaration covers: any verb on any path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from hetzner.schema.facts import Repeat
from hetzner.schema.operation import DEFAULT, Host, Operation, Request, Verb, query_pairs


class RequestOptions(TypedDict, total=False):
    """What a request to any path takes besides its body."""

    params: Mapping[str, Any]
    headers: Mapping[str, str | None]
    timeout: Any
    max_retries: int
    extra_json: Mapping[str, Any]


def raw_request(
    verb: Verb,
    path: str,
    returns: Any,
    body: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
    *,
    host: Host = "cloud",
) -> Request:
    """Return a request for a path of the API; raises ValueError for an address of another host.

    A POST of this kind is only repeated when it was surely not carried out, since nothing is known of it.
    """
    if "://" in path or not path.startswith("/"):
        raise ValueError(f"a path of the API starts with '/': {path!r}; other hosts are never sent the token")
    operation = Operation(
        name="raw",
        verb=verb,
        path=path,
        host=host,
        positional=(),
        paths={},
        parameters={},
        returns=returns,
        doc="",
        command=None,
        repeat=Repeat.SAFE if verb != "POST" else Repeat.NEVER,
        deprecated=None,
        listing=False,
    )
    chosen = options or {}
    content = {**(body or {}), **chosen.get("extra_json", {})} if body is not None or "extra_json" in chosen else None
    query = query_pairs(chosen.get("params", {}))
    return Request(operation, path, returns, query, content, chosen.get("headers", {}), chosen.get("timeout", DEFAULT))
