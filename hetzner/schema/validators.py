"""What turns JSON into models: built by hand for the few types that the API's answers have.

pydantic builds the same validators by itself, but before the first one it looks for plugins in everything
that is installed, and it generates each from type hints: a tenth of what a program's first call costs. A type
that is not known here is left to pydantic, and so is all else (dumping, copying, validating by hand).
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from hetzner.schema.model import Model, adapter

PLAIN: dict[Any, Callable[[], CoreSchema]] = {
    Any: core_schema.any_schema,
    str: core_schema.str_schema,
    int: core_schema.int_schema,
    float: core_schema.float_schema,
    bool: core_schema.bool_schema,
    datetime: core_schema.datetime_schema,
}
CONFIG = core_schema.CoreConfig(extra_fields_behavior="allow", hide_input_in_errors=True)


@cache
def validator(model: type[Model]) -> Any:
    """Return the validator of a model, made once; a model that a caller declared is built by pydantic."""
    if model.__module__.startswith("hetzner.schema."):
        return SchemaValidator(schema_of(model), CONFIG)
    model.model_rebuild()
    return model.__pydantic_validator__


@cache
def schema_of(annotation: Any) -> CoreSchema:
    """Return how a type is validated, as pydantic would say it."""
    if plain := PLAIN.get(annotation):
        return plain()
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _model(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return core_schema.list_schema(schema_of(arguments[0]))
    if origin is dict:
        return core_schema.dict_schema(schema_of(arguments[0]), schema_of(arguments[1]))
    if origin is Literal:
        return core_schema.literal_schema(list(arguments))
    if origin in (Union, UnionType):
        return _union(arguments)
    return adapter(annotation).core_schema


def _union(arguments: tuple[Any, ...]) -> CoreSchema:
    choices: list[CoreSchema] = [schema_of(each) for each in arguments if each is not NoneType]
    schema = choices[0] if len(choices) == 1 else core_schema.union_schema([*choices])
    return {"type": "nullable", "schema": schema} if NoneType in arguments else schema


def _model(model: type[Model]) -> CoreSchema:
    fields: dict[str, core_schema.ModelField] = {
        name: {
            "type": "model-field",
            "schema": {"type": "default", "schema": of, "default": field.default},
        }
        for name, field in model.model_fields.items()
        for of in [schema_of(cast(Any, field.annotation))]
    }
    return core_schema.model_schema(
        model,
        core_schema.model_fields_schema(fields, model_name=model.__name__),
        config=CONFIG,
        post_init=getattr(model, "__pydantic_post_init__", None),
    )
