"""What every collection of the API shares: a path, a host, its operations and its sub-collections."""

from inspect import get_annotations
from typing import Any, ClassVar, Generic

from hetzner._faces import IO, Face
from hetzner.schema.at_rest import loaded
from hetzner.schema.endpoint import Core, Declared
from hetzner.schema.operation import Host, Operation, near, path_names
from hetzner.schema.reading import bare


class _Part:
    """A sub-collection with a module of its own, which is loaded when it is first used."""

    def __init__(self, module: str) -> None:
        self.module = module

    def __set_name__(self, owner: Any, name: str) -> None:
        self.name, self.class_name = name, owner.__annotations__[name].partition("[")[0]

    def kind(self) -> "type[Collection[Any]]":
        """Return its class."""
        kind: type[Collection[Any]] = getattr(loaded(f"hetzner.schema.{self.module}"), self.class_name)
        return kind

    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        found = obj.__dict__[self.name] = self.kind()(obj._core, obj._blocking)
        return found


def part(module: str) -> Any:
    """Name the module of the sub-collection that an annotation, as text, stands for.

    ``actions: "ServersActions[IO]" = part("server_actions")``
    """
    return _Part(module)


class Collection(Face[IO], Generic[IO]):
    """A noun of the API with its operations; ``at`` is its path."""

    at: ClassVar[str] = ""
    host: ClassVar[Host] = "cloud"
    name: ClassVar[str] = ""
    """Dotted, as on the client: ``servers.actions``."""

    def __init_subclass__(cls, at: str = "", host: Host = "cloud", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.at, cls.host = at, host
        placeholders = {f"{{{name}}}" for name in path_names(at)}
        cls.name = ".".join(part for part in at.split("/") if part and part not in placeholders)
        for name in dir(cls):
            declared = getattr(cls, name, None)
            if at and isinstance(declared, Declared) and declared.owner is not cls:
                setattr(cls, name, declared.inherited_by(cls))

    def __init__(self, core: Core, blocking: bool) -> None:
        self._core, self._blocking = core, blocking

    def __getattr__(self, name: str) -> Any:
        kind = type(self).parts().get(name)
        if kind is None:
            raise AttributeError(
                f"'{self.name}' has no operation or part '{name}'{_advice(type(self), name)}"
            )
        part = self.__dict__[name] = kind(self._core, self._blocking)
        return part

    @classmethod
    def parts(cls) -> "dict[str, type[Collection[Any]]]":
        """Return the sub-collections by name (``actions``, ``metrics``, ...)."""
        found: dict[str, type[Collection[Any]]] = {}
        for ancestor in reversed(cls.__mro__):
            for name, annotation in get_annotations(ancestor).items():
                elsewhere = ancestor.__dict__.get(name)
                kind = elsewhere.kind() if isinstance(elsewhere, _Part) else bare(annotation)
                if isinstance(kind, type) and issubclass(kind, Collection):
                    found[name] = kind
        return found

    @classmethod
    def endpoints(cls) -> "list[Declared]":
        """Return the operations declared here, in order; one with two names (``ass_target``) once."""
        names = dict.fromkeys(name for ancestor in reversed(cls.__mro__) for name in ancestor.__dict__)
        found = (getattr(cls, name, None) for name in names)
        return list(dict.fromkeys(each for each in found if isinstance(each, Declared)))

    @classmethod
    def operations(cls) -> list[Operation]:
        """Return all operations here and in the parts."""
        own = [endpoint.operation for endpoint in cls.endpoints()]
        return own + [operation for part in cls.parts().values() for operation in part.operations()]

    def __repr__(self) -> str:
        return f"<{self.name} at {self.at}>"


def _advice(kind: type[Collection[Any]], name: str) -> str:
    """Return what may be meant by a name that a collection does not have, and else what it has."""
    parts = kind.parts()
    for part, below in parts.items():
        if name in dir(below):
            return f"; did you mean '{kind.name}.{part}.{name}'?"
    there = [*(each.name for each in kind.endpoints()), *parts]
    return near(name, there) or f"; there are {', '.join(there)}"
