"""From the bytes of an answer to what the operation promises."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from types import NoneType
from typing import Any

from pydantic import ValidationError

from hetzner.api.errors import APIResponseValidationError
from hetzner.api.io import as_httpx, httpx_response
from hetzner.api.message import Response
from hetzner.schema.model import Model, adapter

LARGE = 64 * 1024
"""Bytes from which on the garbage collector costs more than decoding."""


class Unreadable(Exception):
    """A successful answer whose body cannot be read: nobody knows what was done."""


def decode(response: Response, returns: Any, strict: bool) -> Any:
    """Return the answer in the promised type.

    Raises Unreadable when the body is not the JSON object it should be, and APIResponseValidationError when
    ``strict`` and it is not what the API promises.
    """
    if returns is Response:
        return response
    if returns is NoneType or returns is None:
        return None
    if returns is str:
        return response.text
    if returns is httpx_response():
        return as_httpx(response)
    if isinstance(returns, type) and issubclass(returns, Model):
        return _model(response, returns, strict)
    try:
        return adapter(returns).validate_python(response.json())
    except ValidationError:  # it would show the answer, which may hold secrets
        raise APIResponseValidationError(f"{response.request}: not a {returns}", response) from None
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _model(response: Response, returns: type[Model], strict: bool) -> Model:
    content = response.content
    if not content and response.request.method == "DELETE":
        content = b"{}"
    try:
        with collector_at_rest(len(content) > LARGE):
            model = returns.model_validate_json(content)
    except ValidationError as error:
        model = _lenient(response, content, returns, strict, error)
    if strict and (missing := model.broken_promise()):
        raise APIResponseValidationError(
            f"{response.request}: the answer lacks '{missing}' (it does not fit the schema)",
            response,
        )
    return model


@contextmanager
def collector_at_rest(wanted: bool) -> Iterator[None]:
    """Keep the garbage collector from walking thousands of new objects while all of them are in use."""
    wanted = wanted and gc.isenabled()
    if wanted:
        gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _lenient(
    response: Response, content: bytes, returns: type[Model], strict: bool, error: ValidationError
) -> Model:
    try:
        data = Response(response.status_code, {}, content, response.request).json()
    except ValueError as unreadable:
        raise Unreadable(str(unreadable)) from unreadable
    if not isinstance(data, dict):
        raise Unreadable(f"expected a JSON object, got {type(data).__name__}")
    if strict:
        raise APIResponseValidationError(
            f"{response.request}: Data returned by API invalid for expected schema.", response
        ) from error
    return returns.lenient(data)
