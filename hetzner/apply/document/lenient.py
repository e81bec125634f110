"""A pydantic adapter that lets through what is not known yet, and keeps secrets and file texts what they are.

The adapter's core schema is rebuilt with a wrapper around every node that takes a value. Where the wrapper
meets an unknown it keeps it unchecked; the resource is checked again, in full, once everything is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import PydanticCustomError, SchemaValidator, ValidationError, core_schema

from hetzner.apply.document.values import FileText, Secret, Unknown, holds_unknown

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_NOT_VALUES = frozenset(
    {"definitions", "default", "typed-dict-field", "model-field", "dataclass-field", "computed-field"}
)
_OPAQUE = frozenset(
    {"metadata", "serialization", "config", "default", "expected", "members", "cls", "schema_ref"}
)
_FUNCTIONS = frozenset({"function-before", "function-after", "function-wrap", "function-plain"})


def lenient(adapter: TypeAdapter[Any]) -> SchemaValidator:
    """A validator like the adapter's, for values that may hold unknowns, secrets and file texts."""
    return SchemaValidator(cast("core_schema.CoreSchema", _rebuilt(adapter.core_schema)))


def _rebuilt(schema: Any) -> Any:
    if isinstance(schema, list | tuple):
        return [_rebuilt(item) for item in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    source = cast("dict[str, Any]", schema)
    copy = {key: _part(key, value) for key, value in source.items()}
    kind = source.get("type")
    if not isinstance(kind, str) or ("function" in source and kind not in _FUNCTIONS):
        return copy
    if kind in _FUNCTIONS:
        copy["function"] = source["function"] | {"function": _guarded(source["function"]["function"])}
    return copy if kind in _NOT_VALUES or kind.endswith("-info") else _wrapped(copy)


def _part(key: str, value: Any) -> Any:
    if key in ("fields", "choices") and isinstance(value, dict):  # by names, which may be any word
        return {name: _rebuilt(item) for name, item in cast("dict[str, Any]", value).items()}
    return value if key in _OPAQUE else _rebuilt(value)


def _wrapped(schema: dict[str, Any]) -> Any:
    """The schema behind a wrapper, which takes over the name by which other schemas refer to it."""
    ref = schema.pop("ref", None)
    wrapper = core_schema.no_info_wrap_validator_function(_keep, cast("core_schema.CoreSchema", schema))
    if ref is not None:
        wrapper["ref"] = ref
    return wrapper


def _keep(value: Any, check: Callable[[Any], Any]) -> Any:
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Secret):
        return _secret(value, check)
    if type(value) is FileText:
        result = check(str(value))
        return FileText(result, value.path) if type(result) is str else result
    return check(value)


def _secret(secret: Secret, check: Callable[[Any], Any]) -> Any:
    """Check the text of a secret without letting it into an error."""
    try:
        result = check(secret.reveal())
    except (ValueError, AssertionError):
        result = None
        wrong = True
    else:
        wrong = False
    if wrong:  # outside the except clause, so that the first error is not kept as the context of this one
        raise PydanticCustomError("secret", "the secret value is not valid here")
    return Secret(result, secret.path, secret.parts) if isinstance(result, str) else _sealed(result, secret)


def _sealed(result: Any, secret: Secret) -> Any:
    """Hide those texts of a short form that was written out that show what is secret in it."""
    if isinstance(result, str):
        return Secret(result, secret.path) if secret.shows_in(result) else result
    if isinstance(result, dict):
        return {key: _sealed(value, secret) for key, value in result.items()}
    if isinstance(result, list):
        return [_sealed(value, secret) for value in result]
    return result


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A validator function that stands back where it stumbles over an unknown."""

    def guarded(value: Any, *rest: Any) -> Any:
        try:
            return function(value, *rest)
        except ValidationError:
            raise
        except (TypeError, AttributeError, ValueError, AssertionError, KeyError):
            if holds_unknown(value):
                return value
            raise

    return guarded
