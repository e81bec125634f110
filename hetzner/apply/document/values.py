"""Values that are more than plain: secrets, texts from files, and what only the cloud can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from hetzner.apply.document.marks import Mark
from hetzner.apply.document.nodes import Path


class Secret:
    """A text that no repr, format, log or pickle shows; `reveal()` is the only way to it."""

    __slots__ = ("_parts", "_text", "path")

    def __init__(self, text: str, path: str | None = None, parts: tuple[str, ...] = ()) -> None:
        self._text = text
        self._parts = parts or (text,)
        self.path = path
        """The file it was read from, if any."""

    @property
    def parts(self) -> tuple[str, ...]:
        """What is secret in it: all of it, or the secrets that were put into a text."""
        return self._parts

    def shows_in(self, text: str) -> bool:
        """Whether a text that was made from this one shows what is secret in it."""
        return any(part in text or (len(text) > 3 and text in part) for part in self._parts)

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "(secret)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __lt__(self, other: object) -> bool:
        return self._text < (other._text if isinstance(other, Secret) else str(other))

    def __gt__(self, other: object) -> bool:
        return self._text > (other._text if isinstance(other, Secret) else str(other))

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


class FileText(str):
    """A text that was read from a file, with its path as shown to people; else an ordinary string."""

    path: str

    def __new__(cls, text: str, path: str) -> FileText:
        """Keep the path beside the text."""
        self = super().__new__(cls, text)
        self.path = path
        return self

    def __repr__(self) -> str:
        return f"FileText({self.path!r}, {len(self)} characters)"


class Unknown:
    """A value that is known only once other resources exist."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it waits for."""
        raise NotImplementedError


@dataclass(frozen=True)
class Reference(Unknown):
    """`${servers.db.ipv4}`, or `${servers.web[*].ipv6}` for a list with one value for each replica."""

    kind: str
    base: str
    """The name as written."""
    targets: tuple[str, ...]
    """The names of the resources meant: one, or all replicas."""
    attribute: str
    """May have dots: `public_net.ipv4.ip`."""
    many: bool
    """Whether it stands for a list."""
    mark: Mark

    @property
    def references(self) -> tuple[Reference, ...]:
        """Itself."""
        return (self,)

    def __str__(self) -> str:
        return f"${{{self.kind}.{self.base}{'[*]' if self.many else ''}.{self.attribute}}}"

    def __repr__(self) -> str:
        return f"Reference({self})"


class Broken(Unknown):
    """Stands where a problem was found, so that nothing else complains about the same place.

    It also stands for a secret that nobody gave or needs; of documents with problems nothing is shown.
    """

    @property
    def references(self) -> tuple[Reference, ...]:
        """None."""
        return ()

    def __str__(self) -> str:
        return "(secret)"


BROKEN = Broken()


@dataclass(frozen=True)
class Template(Unknown):
    """Text with holes: `db.${servers.db.name}.example`."""

    parts: tuple[str | Secret | Reference, ...]
    path: str | None = None
    """The file it was read from, if any."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the holes wait for, in order."""
        return tuple(part for part in self.parts if isinstance(part, Reference))

    def __str__(self) -> str:
        return "".join("(secret)" if isinstance(part, Secret) else str(part) for part in self.parts)

    def __repr__(self) -> str:
        return f"Template({self.path or self})"


def unknowns(value: object, path: Path = ()) -> Iterator[tuple[Path, Unknown]]:
    """Every unknown in a value, with the path to it."""
    if isinstance(value, Unknown):
        yield path, value
    elif isinstance(value, Mapping):
        for key, below in cast("Mapping[str, object]", value).items():
            yield from unknowns(below, (*path, key))
    elif isinstance(value, list | tuple):
        for index, below in enumerate(cast("list[object]", value)):
            yield from unknowns(below, (*path, index))


def holds_unknown(value: object) -> bool:
    """Whether a value can only be completed once other resources exist."""
    return next(unknowns(value), None) is not None


def resolve(value: Any, lookup: Callable[[Reference], object]) -> Any:
    """The value with every reference replaced by `lookup(reference)`; secrets stay secrets.

    For a reference with `many`, `lookup` returns a list; a list inside a list is laid flat. A `lookup` that
    does not know a reference returns it as it is, and what holds it stays unknown.
    """
    if isinstance(value, Reference):
        return lookup(value)
    if isinstance(value, Template):
        parts = [lookup(part) if isinstance(part, Reference) else part for part in value.parts]
        if any(isinstance(part, Reference) for part in parts):
            return Template(tuple(_part(part) for part in parts), value.path)
        return joined(parts, value.path)
    if isinstance(value, Mapping):
        return {key: resolve(below, lookup) for key, below in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [below for item in cast("list[Any]", value) for below in _flat(item, resolve(item, lookup))]
    return value


def _part(part: Any) -> str | Secret | Reference:
    return part if isinstance(part, str | Secret | Reference) else str(part)


def plain(value: Any) -> Any:
    """The value as the API takes it: secrets revealed. Not for showing to people.

    Raises:
        ValueError: a reference in it is still unknown.
    """
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, Unknown):
        raise ValueError(f"{value} is not known yet")
    if isinstance(value, Mapping):
        return {key: plain(below) for key, below in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [plain(below) for below in cast("list[Any]", value)]
    return str(value) if type(value) is FileText else value


def joined(parts: list[Any], path: str | None = None) -> str | Secret:
    """One text of several parts, secret if any part is, remembering the file it came from."""
    text = "".join(part.reveal() if isinstance(part, Secret) else str(part) for part in parts)
    if secrets := [part for part in parts if isinstance(part, Secret)]:
        return Secret(text, path, tuple(hidden for part in secrets for hidden in part.parts))
    return FileText(text, path) if path is not None else text


def _flat(item: object, resolved: Any) -> list[Any]:
    many = isinstance(item, Reference) and item.many and isinstance(resolved, list)
    return list(cast("list[Any]", resolved)) if many else [resolved]
