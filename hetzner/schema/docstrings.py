"""The parameters of every operation in its docstring, since editors read nothing else.

``python -m hetzner.schema.docstrings`` writes them there from what stands on the parameters, the one place
where their meaning is said; a test tells when that is due.
"""

import ast
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hetzner.schema.catalog import collection_class, collection_names
from hetzner.schema.operation import Operation

WIDTH = 110
INDENT = " " * 8
METHODS = (ast.FunctionDef, ast.AsyncFunctionDef)


Told = tuple[str, Sequence[tuple[str, str]]]
"""What a method is for, and the name and the meaning of each parameter."""


def outdated() -> dict[Path, str]:
    """Return what the files should be whose docstrings do not tell the parameters as they are."""
    return mended((function, told(operation)) for operation, function in _declared())


def told(operation: Operation) -> Told:
    """Return what the docstring of an operation has to tell."""
    return operation.doc, [(p.name, p.doc) for p in operation.parameters.values() if p.doc]


def _declared() -> Iterator[tuple[Operation, Any]]:
    """Yield every operation with the method that declares it."""
    waiting = [collection_class(name) for name in collection_names()]
    while waiting:
        collection = waiting.pop()
        yield from ((endpoint.operation, endpoint.function) for endpoint in collection.endpoints())
        waiting.extend(collection.parts().values())


def mended(methods: Iterable[tuple[Any, Told]]) -> dict[Path, str]:
    """Return what the files of these methods should be, where that is not what they are."""
    found: defaultdict[str, dict[int, Told]] = defaultdict(dict)
    for function, about in methods:
        found[function.__code__.co_filename][function.__code__.co_firstlineno] = about
    wanted = {Path(name): _written(Path(name), by_line) for name, by_line in found.items()}
    return {path: text for path, text in wanted.items() if text != path.read_text(encoding="utf-8")}


def _written(path: Path, by_line: Mapping[int, Told]) -> str:
    """Return a file with the docstrings of its methods, which are known by their first lines."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    methods = [each for each in ast.walk(ast.parse(text)) if isinstance(each, METHODS)]
    for method in sorted(methods, key=lambda each: -each.lineno):
        first = min([method.lineno, *(each.lineno for each in method.decorator_list)])
        if about := by_line.get(first):
            said = method.body[0]
            lines[said.lineno - 1 : said.end_lineno] = _docstring(*about)
    return "\n".join(lines) + "\n"


def _docstring(purpose: str, parameters: Sequence[tuple[str, str]]) -> list[str]:
    """Return the lines of a docstring."""
    lines = [f'{INDENT}"""{purpose.splitlines()[0]}']
    lines += textwrap.indent("\n".join(purpose.splitlines()[1:]), INDENT).splitlines()
    if parameters:
        lines += ["", f"{INDENT}Args:"]
    elif len(lines) == 1:
        return [lines[0] + '"""']
    for name, meaning in parameters:
        first, rest = INDENT + " " * 4, INDENT + " " * 8
        lines += textwrap.wrap(
            f"{name}: {meaning}",
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
    return [*lines, f'{INDENT}"""']


def renew(found: Mapping[Path, str]) -> None:
    """Write files anew, and name them."""
    for path, text in found.items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    renew(outdated())
