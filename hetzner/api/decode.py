"""From the bytes of an answer to what the operation promises."""

from __future__ import annotations

from types import NoneType
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import from_json

from hetzner.api.errors import APIResponseValidationError
from hetzner.api.io import as_theirs, library_of
from hetzner.api.message import Response
from hetzner.schema.at_rest import collector_at_rest
from hetzner.schema.model import Model, adapter
from hetzner.schema.pages import Page
from hetzner.schema.sharing import Known, share_names, shared_fields
from hetzner.schema.validators import validator


class Unreadable(Exception):
    """A successful answer whose body cannot be read: nobody knows what was done."""


def decode(response: Response, returns: Any, strict: bool, known: Known) -> Any:
    """Return the answer in the promised type; a page shares what the client knows already.

    Raises Unreadable when the body is not the JSON object it should be, and APIResponseValidationError when
    ``strict`` and it is not what the API promises.
    """
    if isinstance(returns, type) and issubclass(returns, Model):
        return _model(response, returns, strict, known)
    if returns is Response:
        return response
    if returns is NoneType or returns is None:
        return None
    if returns is str:
        return response.text
    if (library := library_of(returns)) is not None:
        return as_theirs(response, library)
    try:
        return adapter(returns).validate_python(response.json())
    except ValidationError:  # it would show the answer, which may hold secrets
        raise APIResponseValidationError(f"{response.request}: not a {returns}", response) from None
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _model(response: Response, returns: type[Model], strict: bool, known: Known) -> Model:
    content = response.content
    if not content and response.request.method == "DELETE":
        content = b"{}"
    try:
        model = collector_at_rest(_validated, content, returns, known)
    except ValueError as error:  # a ValidationError, or not even JSON
        model = _lenient(response, content, returns, strict, error)
    if strict and (missing := model.broken_promise()):
        raise APIResponseValidationError(
            f"{response.request}: the answer lacks '{missing}' (it does not fit the schema)",
            response,
        )
    return model


def _validated(content: bytes, returns: type[Model], known: Known) -> Model:
    made: Any
    if not issubclass(returns, Page):
        made = validator(returns).validate_json(content)
        return cast(Model, made)
    if shared_fields(returns):
        made = validator(returns).validate_python(known.put_into(from_json(content), returns))
    else:
        made = validator(returns).validate_json(content)
    share_names(made.items)
    return cast(Model, made)


def _lenient(
    response: Response, content: bytes, returns: type[Model], strict: bool, error: ValueError
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
