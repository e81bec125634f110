"""The parameters of every operation in its docstring, since editors read nothing else.

``python -m hetzner.schema.docstrings`` writes them there from what stands on the parameters, the one place
where their meaning is said; a test tells when that is due.
"""

import ast
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hetzner.schema.catalog import collection_class, collection_names
from hetzner.schema.operation import Operation, before_arguments

WIDTH = 110
INDENT = " " * 8


def outdated() -> dict[Path, str]:
    """Return what the files should be whose docstrings do not tell the parameters as they are."""
    operations: defaultdict[str, dict[int, Operation]] = defaultdict(dict)
    for operation, function in _declared():
        operations[function.__code__.co_filename][function.__code__.co_firstlineno] = operation
    wanted = {Path(name): _written(Path(name), found) for name, found in operations.items()}
    return {path: text for path, text in wanted.items() if text != path.read_text(encoding="utf-8")}


def _declared() -> Iterator[tuple[Operation, Any]]:
    """Yield every operation with the method that declares it."""
    waiting = [collection_class(name) for name in collection_names()]
    while waiting:
        collection = waiting.pop()
        yield from ((endpoint.operation, endpoint.function) for endpoint in collection.endpoints())
        waiting.extend(collection.parts().values())


def _written(path: Path, operations: dict[int, Operation]) -> str:
    """Return a file with the docstrings of its operations, which are known by their first lines."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    methods = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef)]
    for method in sorted(methods, key=lambda each: -each.lineno):
        first = min([method.lineno, *(each.lineno for each in method.decorator_list)])
        if operation := operations.get(first):
            said = method.body[0]
            lines[said.lineno - 1 : said.end_lineno] = _docstring(operation)
    return "\n".join(lines) + "\n"


def _docstring(operation: Operation) -> list[str]:
    """Return the lines of a docstring."""
    purpose = textwrap.indent(before_arguments(operation.doc), INDENT).strip()
    told = [p for p in operation.parameters.values() if p.doc]
    if not told:
        one = f'{INDENT}"""{purpose}'
        return (one + '"""').splitlines() if "\n" not in purpose else [*one.splitlines(), f'{INDENT}"""']
    lines = [*f'{INDENT}"""{purpose}'.splitlines(), "", f"{INDENT}Args:"]
    for parameter in told:
        first, rest = INDENT + " " * 4, INDENT + " " * 8
        said = f"{parameter.name}: {parameter.doc}"
        lines += textwrap.wrap(
            said, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        )
    return [*lines, f'{INDENT}"""']


def main() -> None:
    """Bring the files up to date, and name them."""
    for path, text in outdated().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
