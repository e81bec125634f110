"""Type checkers see the exact answer of every operation in both faces: no operation is left out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hetzner import RECORDS
from hetzner.schema import Operation, operations

FILES = sorted((Path(__file__).parents[1] / "typing").glob("answers_*.py"))


FOUND = FILES[0].with_name("found.py")


def asserted(face: type[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield each operation that is called in functions of this kind, with the type that its answer has."""
    for path in FILES:
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(function, face):
                for statement in getattr(function, "body", []):
                    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call | ast.Await):
                        yield told(statement.value)


def told(value: ast.expr) -> tuple[str, str]:
    """Return the operation and the type: of `assert_type(client.x.y(...), T)`, or of a bare call."""
    kind = "None"
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "assert_type":
        kind, value = ast.unparse(value.args[1]), value.args[0]
    value = value.value if isinstance(value, ast.Await) else value
    assert isinstance(value, ast.Call)
    return ast.unparse(value.func).removeprefix("client."), kind


def answer(operation: Operation, face: str) -> str:
    """Return how the type of an answer is written."""
    name = operation.returns.__name__
    return f"{name}[{face}]" if operation.listing else name.replace("NoneType", "None")


@pytest.mark.parametrize(("face", "functions"), [("Sync", ast.FunctionDef), ("Async", ast.AsyncFunctionDef)])
def test_every_answer_is_asserted(face: str, functions: type[ast.AST]) -> None:
    """What `tests/typing/answers_*.py` assert are all operations, each with the type that it declares."""
    assert dict(asserted(functions)) == {each.name: answer(each, face) for each in operations()}


def test_every_record_is_asserted() -> None:
    """What `tests/typing/found.py` asserts are the finders of all records in both faces."""
    text = FOUND.read_text(encoding="utf-8")
    for name in RECORDS:
        finder = "get" if name == "Pricing" else "find"
        assert f"assert_type({name}.{finder}(" in text
        assert f"assert_type(await aio.{name}.{finder}(" in text
