"""Types in words, and what a class says about its fields: for the reference page."""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import NoneType, UnionType
from typing import Annotated, Any, ForwardRef, Literal, NotRequired, Union, get_args, get_origin

from typing_extensions import is_typeddict

from hetzner.schema.model import Model
from hetzner.schema.operation import Parameter, parameter


def in_words(annotation: Any) -> str:
    """Return a type as text for people; types with a section of their own are links to it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return in_words(arguments[0])
    if origin is Literal:
        return _either([f'`"{value}"`' for value in arguments])
    if origin in (Union, UnionType):
        return _union(arguments)
    if origin in (Sequence, list):
        return f"list of {in_words(arguments[0])}"
    if origin in (Mapping, dict):
        return f"dict of {in_words(arguments[0])} to {in_words(arguments[1])}"
    if origin is tuple:
        return f"pair of {' and '.join(map(in_words, arguments))}"
    if is_section(annotation):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    if isinstance(annotation, ForwardRef):
        return annotation.__forward_arg__
    return "None" if annotation is NoneType else str(getattr(annotation, "__name__", annotation))


def _union(members: tuple[Any, ...]) -> str:
    single = [each for each in members if get_origin(each) is not Sequence]
    of_them = [each for each in members if get_origin(each) is Sequence]
    words = [in_words(each) for each in single]
    if len(of_them) == 1 and set(single) >= set(_members(get_args(of_them[0])[0])):
        return f"{_either(words)}, or a list of them"
    return _either(words + [in_words(each) for each in of_them])


def _members(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def is_section(annotation: Any) -> bool:
    """Tell whether a type is one of ours, with fields."""
    return is_typeddict(annotation) or (isinstance(annotation, type) and issubclass(annotation, Model))


def sections_in(annotation: Any) -> Iterator[Any]:
    """Yield our types that a type is made of, without going into them."""
    if is_section(annotation):
        yield annotation
    for each in get_args(annotation):
        yield from sections_in(each)


def fields_in(section: Any) -> list[Parameter]:
    """Return the fields of a model or a TypedDict, with what is said about each."""
    said = dict(_said(section))
    if is_typeddict(section):
        return [
            parameter(name, _unwrapped(annotation), name in section.__required_keys__)
            for name, annotation in section.__annotations__.items()
        ]
    return [
        Parameter(name, field.annotation, name in section.__declared__, said.get(name, ""))
        for name, field in section.model_fields.items()
    ]


def _unwrapped(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is NotRequired else annotation


def _said(section: type) -> Iterator[tuple[str, str]]:
    """Yield the names of fields with the docstrings that stand below them."""
    for ancestor in reversed(section.__mro__):
        if ancestor.__module__.startswith("hetzner.schema") and is_section(ancestor):
            [body] = ast.parse(textwrap.dedent(inspect.getsource(ancestor))).body
            statements = getattr(body, "body", [])
            for field, below in pairwise(statements):
                if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                    yield ast.unparse(field.target), inspect.cleandoc(ast.literal_eval(below.value))
