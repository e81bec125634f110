"""The base of everything the API answers with, and how its JSON becomes Python."""

from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from hetzner._faces import verb


class Model(BaseModel):
    """An object of the API.

    Unknown fields are kept as attributes, missing ones are ``None``, unknown enumeration values and wrong
    types survive as they came: a newer API must not break an older program.
    """

    model_config = ConfigDict(
        extra="allow",
        defer_build=True,
        protected_namespaces=(),
        hide_input_in_errors=True,
        ignored_types=(verb,),
    )

    __declared__: ClassVar[frozenset[str]] = frozenset()
    """The fields that the API promises to send; strict validation insists on them."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        promised = {name for name, field in cls.model_fields.items() if field.is_required()}
        for name in promised:
            cls.model_fields[name].default = None
        cls.__declared__ = cls.__declared__ | promised

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as the API would send it (dates as text), fit for JSON."""
        return self.model_dump(mode="json", warnings=False)

    @classmethod
    def lenient(cls, data: dict[str, Any]) -> Self:
        """Build from data that does not have the declared types, keeping what does not fit as it is."""
        values = {
            name: fitting(cls.model_fields[name].annotation, value) if name in cls.model_fields else value
            for name, value in data.items()
        }
        return cls.model_construct(_fields_set=set(values), **values)

    def broken_promise(self) -> str | None:
        """Name the first promised field, here or below, that the API did not send."""
        for name in sorted(self.__declared__):
            if name not in self.model_fields_set:
                return name
        for name in type(self).model_fields:
            if below := _broken_promise(getattr(self, name)):
                return f"{name}.{below}"
        return None


def _broken_promise(value: object) -> str | None:
    if isinstance(value, Model):
        return value.broken_promise()
    items = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return next((found for item in items if (found := _broken_promise(item))), None)


def fitting(annotation: Any, value: Any) -> Any:
    """Return the value in the annotated type where it fits, and as it is where it does not."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation.lenient(value) if isinstance(value, dict) else value
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        wanted = [argument for argument in arguments if argument is not NoneType]
        return fitting(wanted[0], value) if value is not None else None
    if origin is list and isinstance(value, list):
        return [fitting(arguments[0], item) for item in value]
    if origin is dict and isinstance(value, dict):
        return {key: fitting(arguments[1], item) for key, item in value.items()}
    try:
        return adapter(annotation).validate_python(value)
    except ValidationError:
        return value


@cache
def adapter(annotation: Any) -> TypeAdapter[Any]:
    """Return the validator of a type, made once."""
    return TypeAdapter(annotation)
