"""The base of everything the API answers with, and how its JSON becomes Python."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from hetzner._faces import verb
from hetzner.schema.facts import SECRET_FIELDS, Secret

if TYPE_CHECKING:
    from pydantic import TypeAdapter


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

    __declared__ = frozenset[str]()
    """The fields that the API promises to send; strict validation insists on them.

    Neither this nor the next is annotated: pydantic would evaluate that for each model anew.
    """
    __secret__ = SECRET_FIELDS
    """The fields that are never shown: marked :class:`Secret`, or secret by their name."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        marked, promised = set(), set()
        for name, field in cls.model_fields.items():
            if Secret in field.metadata:
                marked.add(name)
            if field.is_required():
                promised.add(name)
                field.default = None
        cls.__secret__ = cls.__secret__ | marked
        cls.__declared__ = cls.__declared__ | promised

    if not TYPE_CHECKING:

        def __setattr__(self, name, value):
            if not name.startswith("_"):  # the set may be shared with others: see hetzner.schema.sharing
                names = {*self.__pydantic_fields_set__, name}
                object.__setattr__(self, "__pydantic_fields_set__", names)
            super().__setattr__(name, value)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield name, _HIDDEN if name in self.__secret__ and value is not None else _shown(value)

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


class Shared(Model):
    """An object that stands within many others, such as a server type: decoded once, see ``sharing``.

    It cannot be changed in place; to have one with other values, ``model_copy(update={...})``.
    """

    if not TYPE_CHECKING:

        def __setattr__(self, name, value):
            if not name.startswith("_"):
                raise AttributeError(
                    f"'{name}' is what the API said, and other objects share it; make a copy"
                )
            super().__setattr__(name, value)


class _Words(str):
    """What stands for a value where it is shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


_HIDDEN = _Words("[hidden]")


def _shown(value: object) -> object:
    """Return a value as it is shown: times to be read, plain data (it may be anywhere) without secrets."""
    if isinstance(value, datetime):
        return _Words(value)
    if isinstance(value, dict):
        return {
            name: _HIDDEN if name in SECRET_FIELDS and item is not None else _shown(item)
            for name, item in value.items()
        }
    return [_shown(item) for item in value] if isinstance(value, list) else value


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
        if value is None or len(wanted) == 1:
            return None if value is None else fitting(wanted[0], value)
    if origin is list and isinstance(value, list):
        return [fitting(arguments[0], item) for item in value]
    if origin is dict and isinstance(value, dict):
        return {key: fitting(arguments[1], item) for key, item in value.items()}
    try:
        return adapter(annotation).validate_python(value)
    except ValidationError:
        return value


@cache
def adapter(annotation: Any) -> "TypeAdapter[Any]":
    """Return the validator of a type, made once."""
    from pydantic import TypeAdapter

    return TypeAdapter(annotation)
