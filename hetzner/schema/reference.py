"""The whole API on one page: ``python -m hetzner.schema.reference > docs/api.md``.

All of it comes from the declarations, so that the page says what the clients do.
"""

import inspect
import sys
from collections.abc import Iterator
from types import NoneType
from typing import Any

from hetzner.schema.catalog import collection_class, collection_names
from hetzner.schema.collection import Collection
from hetzner.schema.facts import SECRET_FIELDS
from hetzner.schema.operation import Operation, Options, Parameter, parameter
from hetzner.schema.pages import Page
from hetzner.schema.words import fields_in, in_words, sections_in

INTRODUCTION = """# The whole API

Every operation of `Hetzner` and `AsyncHetzner`, every type that goes in and comes out. This page is made from
the declarations in `hetzner/schema/` by `python -m hetzner.schema.reference > docs/api.md`.

An operation is a method: `servers.create` is `client.servers.create(name="web", ...)`. What stands in the
path must be given, and so must every parameter that is not optional. The awaited client has the same methods:
`await` them, and `async for` over lists. A list that comes page by page brings 50 items at a time unless
`per_page` says otherwise; iterating over a page goes on to all that follow.

Types are in `hetzner.types`. Times are aware datetimes, answers keep fields that this page does not know, and
a field that did not come is None. Every operation also takes:
"""
TYPES = """## Types

What is marked as optional may be missing in an answer (it is None then) or be left out of a request.
"""
PAGE = "It also has `page`, `has_next_page()`, `next_page_info()`, `get_next_page()` and `iter_pages()`."


def reference() -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines()).replace("``", "`")


def _lines() -> Iterator[str]:
    yield INTRODUCTION
    for name, annotation in Options.__annotations__.items():
        yield _field(parameter(name, annotation, False))
    yield ""
    yield "Collections: " + ", ".join(f"[{name}](#{name})" for name in collection_names()) + "."
    yield ""
    for name in collection_names():
        yield from _collection(collection_class(name))
    yield TYPES
    for section in sections():
        yield from _section(section)


def _collection(kind: type[Collection[Any]]) -> Iterator[str]:
    yield f"## {kind.name}\n"
    page = (inspect.getmodule(kind).__doc__ or "").partition("https:")[2].split()
    see = f" See [Hetzner's own page](https:{page[0]})." if page and "." not in kind.name else ""
    yield f"{inspect.getdoc(kind)}{see}\n"
    for endpoint in kind.endpoints():
        yield from _operation(endpoint.operation)
    for part in kind.parts().values():
        yield from _collection(part)


def _operation(operation: Operation) -> Iterator[str]:
    yield f"### {operation.name}\n"
    host = " (at api.hetzner.com)" if operation.host == "storage" else ""
    yield f"`{operation.verb} {operation.path}`{host}\n"
    yield f"{inspect.cleandoc(operation.doc)}\n"
    if operation.deprecated:
        yield f"**Deprecated**: {operation.deprecated}.\n"
    yield from _parameters(operation)
    yield _answer(operation) + "\n"


def _parameters(operation: Operation) -> Iterator[str]:
    in_order = [
        *operation.positional,
        *(name for name in operation.paths if name not in operation.positional),
    ]
    for name in in_order:
        if name in operation.paths:
            kind = "by position or name" if name in operation.positional else "by name"
            yield f"- `{name}` ({in_words(operation.paths[name])}, in the path, {kind})"
    for each in operation.parameters.values():
        yield _field(each, "" if each.required else ", optional")
    if operation.paths or operation.parameters:
        yield ""


def _answer(operation: Operation) -> str:
    if operation.returns is NoneType:
        return "Answers with nothing."
    answer = f"Answers with {in_words(operation.returns)}"
    if operation.listing:
        answer = f"Answers page by page: {in_words(operation.returns)}"
    return f"{answer}; its action is `{operation.command}`." if operation.command else f"{answer}."


def _field(field: Parameter, remark: str = "") -> str:
    meaning = f": {' '.join(field.doc.split())}" if field.doc else ""
    return f"- `{field.name}` ({in_words(field.annotation)}{remark}){meaning}"


def sections() -> list[Any]:
    """Return all types that operations take and answer with, and those in them, by name."""
    found: dict[str, Any] = {}
    waiting: list[Any] = []
    for name in collection_names():
        for operation in collection_class(name).operations():
            given = [each.annotation for each in operation.parameters.values()]
            waiting += [operation.returns, *given]
    while waiting:
        for section in sections_in(waiting.pop()):
            if section.__name__ not in found:
                found[section.__name__] = section
                waiting += [field.annotation for field in fields_in(section)]
    return [found[name] for name in sorted(found)]


def _section(section: Any) -> Iterator[str]:
    yield f"### {section.__name__}\n"
    yield f"{inspect.getdoc(section)}\n"
    for field in fields_in(section):
        remark = "" if field.required else ", optional"
        secret = field.name in getattr(section, "__secret__", SECRET_FIELDS)
        yield _field(field, remark + (", never shown" if secret else ""))
    for name, found in vars(section).items():
        if isinstance(found, property):
            yield f"- `{name}` (made of the others): {inspect.getdoc(found)}"
    if issubclass(section, Page):
        yield f"\n{PAGE}"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(reference())
