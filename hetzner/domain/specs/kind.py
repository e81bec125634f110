"""What there is to know about a kind in order to make, compare and change its objects from a spec."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import is_typeddict

from hetzner.domain.reference import Named, Ordered, plain
from hetzner.domain.specs.company import Company
from hetzner.domain.specs.drawing import Link, Role, entries
from hetzner.domain.specs.facts import UPDATE, Call, Change, Changes, How, Refers
from hetzner.domain.specs.protection import protected
from hetzner.domain.specs.referring import refs_in
from hetzner.domain.specs.saying import said_of
from hetzner.domain.specs.seen import Names
from hetzner.domain.specs.succession import Succession
from hetzner.domain.specs.worth import Catalogue, Worth
from hetzner.schema.facts import SECRET_FIELDS
from hetzner.schema.model import adapter

STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
"""The configuration of every spec: what it does not know is an error."""


@dataclass(frozen=True, slots=True)
class SpecField:
    """One field of a spec with what is said on it."""

    name: str
    annotation: Any
    required: bool
    changes: Changes
    refers: Refers | None
    doc: str
    several: bool
    """Whether its value is a list or a map."""


class Kind(Worth, Succession, Company):
    """A kind of object that can be declared; one subclass and one instance for each."""

    name: ClassVar[str]
    """Its collection, as on the client and in a document: ``servers``."""
    singular: ClassVar[str]
    """Its name in answers and actions: ``server``."""
    code: ClassVar[str]
    """Its name in labels, which must be short: ``srv``."""
    spec: ClassVar[Any]
    """A TypedDict: what may be wanted of an object; what is left out is not looked at."""
    attributes: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    """What other objects may refer to, by name, read off the object as the API shows it."""
    depends: ClassVar[Mapping[str, str]] = {}
    """The field that decides an attribute, for those attributes that change with one."""
    text_field: ClassVar[str | None] = None
    """The field that a bare text in place of a whole spec stands for."""
    decisive: ClassVar[frozenset[str]] = frozenset()
    """Commands whose success makes earlier failures a thing of the past."""
    parts: ClassVar[Mapping[str, str]] = {}
    """Fields that are read off lists of their own, one for each object, and what these lists are called."""
    inline: ClassVar[frozenset[str]] = frozenset()
    """Fields of the spec that go into the create as they are."""
    choices: ClassVar[tuple[str, ...]] = ()
    """Fields of the create of which several values may be given to choose from, the weightiest first."""
    marked: ClassVar[frozenset[str]] = frozenset()
    """Fields that change by calls, and of which fingerprints are kept then."""
    one_of: ClassVar[tuple[str, ...]] = ()
    """Fields of the spec of which one at least must be given."""
    defaults: ClassVar[Mapping[str, str]] = {}
    """The own field that a general default of a document fills, if it is called otherwise."""
    unless: ClassVar[Mapping[str, frozenset[str]]] = {}
    """Per field: other fields that, once written, keep a default of it away."""
    usual: ClassVar[Mapping[str, Any]] = {}
    """Values that go without saying, besides those that are empty."""
    unsaid: ClassVar[Mapping[str, Any]] = {}
    """What a new object has where its spec says nothing, as far as others or its own checks ask for it."""
    seconds: ClassVar[float] = 1.0
    """About how long a create takes."""
    role: ClassVar[Role] = Role.ASIDE
    """What its objects are in a picture."""

    @cached_property
    def fields(self) -> Mapping[str, SpecField]:
        """The fields of the spec."""
        hints = get_type_hints(self.spec, include_extras=True)
        return {name: _field(name, hint, name in self.spec.__required_keys__) for name, hint in hints.items()}

    @property
    def validator(self) -> TypeAdapter[Any]:
        """What checks a spec and brings it into its canonical form."""
        return adapter(self.spec)

    def expanded(self, value: Any) -> Any:
        """Return the long form of a short form of a whole spec: a bare text, or nothing for all defaults."""
        if isinstance(value, str) and self.text_field:
            return {self.text_field: value}
        return {} if value is None else value

    def canonical(self, spec: Any) -> dict[str, Any]:
        """Check a spec and return its canonical form; raises pydantic's ValidationError."""
        checked: dict[str, Any] = self.validator.validate_python(self.expanded(spec))
        return checked

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return an object as the API shows it in the terms of the spec."""
        raise NotImplementedError

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of an object that has these values, in short forms.

        What goes without saying is left out: the result makes an equal object, and asks nothing of this one.
        """
        known = {name: value for name, value in have.items() if name in self.fields}
        return said_of(known, self.usual, self.unless)

    def withheld(self, spec: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
        """Yield where in a spec secrets have to be given that nobody is shown: what an export asks for."""
        yield from ((n,) for n, field in self.fields.items() if field.required and n in SECRET_FIELDS)

    def parts_of(self, actual: Any) -> Mapping[str, str]:
        """Return those of the :attr:`parts` that an object has."""
        return self.parts

    def is_implied(self, actual: Any) -> bool:
        """Tell whether an object came with another one and goes with it, so that nobody would declare it."""
        return False

    def create(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Return the calls that make an object: the create, then what cannot be asked for in it."""
        offers = self.offers(spec)
        spec = {**spec, **offers[0]} if offers else spec
        arguments = {"name": name, **self.arguments(spec)}
        made = Call(f"{self.name}.create", arguments, seconds=self.seconds, offers=offers)
        return [made, *self.afterwards(name, spec)]

    def offers(self, spec: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
        """Return what a create may ask for, in the order in which it is tried; nothing without a choice."""
        fields = [name for name in self.choices if name in spec]
        if not any(isinstance(spec[name], Ordered) for name in fields):
            return ()
        values = [spec[name] if isinstance(spec[name], Ordered) else (spec[name],) for name in fields]
        return tuple(dict(zip(fields, map(plain, each), strict=True)) for each in product(*values))

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create besides the name."""
        return {name: value for name, value in spec.items() if name in self.inline}

    def afterwards(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Return the calls that complete an object that was just made."""
        return []

    def update(self, of: Named, fields: Mapping[str, Any]) -> Call:
        """Return the one PUT for all fields that change by it."""
        return Call(f"{self.name}.update", dict(fields), of)

    def delete(self, of: Named, actual: Any) -> list[Call]:
        """Return the calls that delete an object."""
        return [Call(f"{self.name}.delete", {}, of, seconds=3)]

    def is_protected(self, actual: Any) -> bool:
        """Tell whether the API would refuse to delete the object."""
        return bool(getattr(getattr(actual, "protection", None), "delete", False))

    def unprotect(self, of: Named) -> Call | None:
        """Return the call that lets a protected object be deleted, or None for kinds without protection."""
        return protected(of, False) if "protect" in self.fields else None

    def release(self, of: Named, actual: Any, user: Named) -> Iterable[Call]:
        """Return the calls that take an object off one that uses it, where its deletion does not do that."""
        return ()

    def owes(self, calls: Sequence[Call]) -> Mapping[str, str]:
        """Return the labels that tell, while these calls are made, what has to be done even if that ends."""
        return {}

    def owed(self, of: Named, actual: Any) -> Iterable[Call]:
        """Return the calls that an interrupted run still owes, by the labels that it left."""
        return ()

    def indirect(self, actual: Any) -> Iterable[tuple[str, int, int]]:
        """Yield this kind, this id, and the id of what the object is applied to by labels only."""
        return ()

    def comes_back(self, actual: Any, spec: Mapping[str, Any]) -> str:
        """Return the state that the object shall have after changes for which it must be off."""
        return ""

    def window(
        self, of: Named, actual: Any, changes: Sequence[Call], spec: Mapping[str, Any]
    ) -> tuple[list[Call], list[Call]]:
        """Return the calls around changes for which the object must be off."""
        return [], []

    def surplus(self, field: str, spec: Mapping[str, Any], have: Any) -> Mapping[Any, Any]:
        """Return what an object has in a field beyond what a spec wants, where that is not left alone."""
        return {}

    def is_unsettled(self, actual: Any) -> bool:
        """Tell whether the state of an object suggests that something is under way, or went wrong."""
        return False

    def is_doubtful(self, actual: Any, failed: Sequence[Any]) -> bool:
        """Tell whether failed actions of an object matter, so that what happened since must be known."""
        return any(self._creates(action) for action in failed)

    def unfinished(
        self, of: Named, actual: Any, failed: Sequence[Any], spec: Mapping[str, Any]
    ) -> Iterable[Call]:
        """Return the calls that finish what an interrupted run began and the spec does not show.

        ``failed`` are the newest actions of the object that ended in an error.
        """
        return ()

    def broken(self, actual: Any, failed: Sequence[Any]) -> str | None:
        """Tell why an object is no good although it exists, or None."""
        return next(
            (f"its creation failed: {_why(action)}" for action in failed if self._creates(action)), None
        )

    def _creates(self, action: Any) -> bool:
        return bool(action.command == f"create_{self.singular}")

    def marks(self, spec: Mapping[str, Any], of: str) -> dict[str, str]:
        """Return fingerprints of what the API takes but never shows again, to be kept in labels.

        ``of`` tells an object from others, of this project and of all.
        """
        return {}

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what is wrong with a spec that its types cannot tell: where, and what."""
        yield from ()

    def unfit(self, actual: Any, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
        """Tell why an object cannot be made (or the ``actual`` one changed) with what can be ordered."""
        return ""

    def scarce(self, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
        """Tell why another choice is better than what a spec asks for, although it might be had."""
        return ""

    def lacks(self, spec: Mapping[str, Any]) -> str | None:
        """Tell what of a spec is missing of which one is needed, or None."""
        if not self.one_of or any(spec.get(name) is not None for name in self.one_of):
            return None
        return f"one of {' and '.join(self.one_of)} is needed"

    def attribute(self, actual: Any, name: str) -> Any:
        """Return what `${kind.name.attribute}` stands for."""
        return self.attributes[name](actual)

    def refs(self, spec: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
        """Yield every reference of a spec: the field, the kind it refers to, and the reference."""
        for name, field in self.fields.items():
            if field.refers and (value := spec.get(name)) is not None:
                for ref in refs_in(value, field.refers.inside):
                    yield name, field.refers.kind, ref

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield what a picture tells of an object, the most important first."""
        yield from ()

    def is_public(self, spec: Mapping[str, Any]) -> bool:
        """Tell whether the Internet reaches an object by itself."""
        return False

    def links(self, name: str, spec: Mapping[str, Any]) -> Iterator[Link]:
        """Yield what an object is drawn together with; with the address it has there, if one is given."""
        for field, kind, ref in self.refs(spec):
            there = next((each for key, each in entries(spec[field]) if key == ref), None)
            ip = there.get("ip") if isinstance(there, Mapping) else None
            yield Link(kind, ref, label="" if ip is None else str(ip))


def _why(action: Any) -> str:
    return str(action.error.message) if action.error else "no reason given"


def _field(name: str, hint: Any, required: bool) -> SpecField:
    while (origin := get_origin(hint)) is not None and getattr(origin, "_name", "") in (
        "Required",
        "NotRequired",
    ):
        hint = get_args(hint)[0]
    notes = getattr(hint, "__metadata__", ())
    changes = next((note for note in notes if isinstance(note, Changes)), UPDATE)
    refers = next((note for note in notes if isinstance(note, Refers)), None)
    doc = next((note for note in notes if isinstance(note, str)), "")
    base = get_args(hint)[0] if notes else hint
    several = get_origin(base) in (list, dict) or is_typeddict(base)
    return SpecField(name, hint, required, changes, refers, doc, several)


__all__ = ["Call", "Change", "Changes", "How", "Kind", "Named", "Names", "SpecField"]
