"""Objects that answers repeat (a server's type, image, location) are decoded once and then shared.

A list of 10,000 servers names a handful of server types ten thousand times. Two places share an object only
when the API said exactly the same about it, so nobody can tell but by ``is``; and a shared object cannot be
changed in place.
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from hetzner.schema.model import Model, Shared
from hetzner.schema.pages import Page
from hetzner.schema.validators import validator


class Known:
    """The shared objects that one client has seen, each with the data it was made of."""

    MOST = 500
    """Objects that are kept; a project has a handful of each kind, unless every server has its own image."""

    def __init__(self) -> None:
        self._objects: dict[Hashable, tuple[dict[str, Any], Model]] = {}

    def put_into(self, page: Any, returns: type[Page[Any, Any]]) -> Any:
        """Replace data of shared objects within the items of a page by the objects; returns the page."""
        items = page.get(returns.items_name) if isinstance(page, dict) else None
        fields = tuple(shared_fields(returns).items())
        for item in items if isinstance(items, list) else ():
            if type(item) is not dict:
                continue
            for name, kind in fields:
                if type(data := item.get(name)) is dict:
                    item[name] = self._object(kind, data)
        return page

    def _object(self, kind: type[Model], data: dict[str, Any]) -> Model | dict[str, Any]:
        """Return the object that this data stands for, or the data when it is none."""
        id = data.get("id")
        try:
            key: Hashable = (kind, *data.values()) if id is None else (kind, id)
            known = self._objects.get(key)
        except TypeError:  # values that cannot be a key
            return data
        if known is not None and known[0] == data:
            return known[1]
        try:
            made: Model = validator(kind).validate_python(data)
        except ValidationError:  # decoding the whole will tell
            return data
        if len(self._objects) >= self.MOST:
            self._objects.clear()
        self._objects[key] = data, made
        return made


@cache
def shared_fields(page: type[Page[Any, Any]]) -> Mapping[str, type[Shared]]:
    """Return the fields of a page's items that hold shared objects, with their types."""
    (item,) = get_args(page.model_fields[page.items_name].annotation) or (None,)
    if not (isinstance(item, type) and issubclass(item, Model)):
        return {}
    return {name: kind for name, field in item.model_fields.items() if (kind := _shared(field.annotation))}


def _shared(annotation: Any) -> type[Shared] | None:
    wanted = [each for each in get_args(annotation) if each is not NoneType] or [annotation]
    kind = wanted[0] if get_origin(annotation) is not list and len(wanted) == 1 else None
    return kind if isinstance(kind, type) and issubclass(kind, Shared) else None


def share_names(items: Iterable[Any]) -> None:
    """Let items that were told the same fields share the set of their names: 2 KiB for each server."""
    names: set[str] = set()
    for item in items:
        if isinstance(item, Model):
            if item.__pydantic_fields_set__ == names:
                object.__setattr__(item, "__pydantic_fields_set__", names)
            else:
                names = item.__pydantic_fields_set__
