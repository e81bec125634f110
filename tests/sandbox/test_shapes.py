"""Declared types against values from a request body."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Required, TypedDict

import pytest

from hetzner.sandbox.shapes import Misfit, fitted, nullable


class Wish(TypedDict, total=False):
    """A nested object."""

    size: Required[Annotated[int, "How large."]]
    name: str | None
    on: bool


@pytest.mark.parametrize(
    ("kind", "value", "result"),
    [
        (int, 5, 5),
        (int, "5", 5),
        (float, 1.5, 1.5),
        (float, 2, 2),
        (str, "", ""),
        (bool, False, False),
        (Any, [1], [1]),
        (object, None, None),
        (str | int, "5", "5"),
        (str | int, 5, 5),
        (str | None, None, None),
        (Annotated[str, "note"], "x", "x"),
        (Literal["a", "b"], "b", "b"),
        (Sequence[int], [1, "2"], [1, 2]),
        (Mapping[str, str], {"a": "b"}, {"a": "b"}),
        (Literal["a"] | Sequence[Literal["a"]], ["a"], ["a"]),
        (Wish, {"size": "3", "other": 1, "on": None}, {"size": 3}),
        (Sequence[Wish], [{"size": 1, "name": None}], [{"size": 1, "name": None}]),
    ],
)
def test_a_value_that_fits_is_returned_as_declared(kind: Any, value: Any, result: Any) -> None:
    """Values come out in their declared types, numbers given as text included, unknown fields dropped."""
    assert fitted(kind, value) == result


@pytest.mark.parametrize(
    ("kind", "value", "reason", "path"),
    [
        (int, True, "must be a whole number", ()),
        (int, 1.0, "must be a whole number", ()),
        (int, "²", "must be a whole number", ()),
        (float, "1", "must be a number", ()),
        (float, True, "must be a number", ()),
        (str, 1, "must be a string", ()),
        (bool, 1, "must be true or false", ()),
        (bytes, "x", "has the wrong type", ()),
        (str | int, [], "must be a string or must be a whole number", ()),
        (str | None, 1, "must be a string or must be null", ()),
        (Literal["a", "b"], "c", "must be one of 'a', 'b'", ()),
        (Literal["a"], ["a"], "must be one of 'a'", ()),
        (Sequence[int], "12", "must be an array", ()),
        (Sequence[int], [1, None], "must be a whole number", ("1",)),
        (Mapping[str, str], [], "must be an object", ()),
        (Mapping[str, str], {"a": 1}, "must be a string", ("a",)),
        (Wish, [], "must be an object", ()),
        (Wish, {}, "is required", ("size",)),
        (Sequence[Wish], [{"size": 1, "name": 2}], "must be a string or must be null", ("0", "name")),
        (str | Sequence[int], ["x"], "must be a whole number", ("0",)),
    ],
)
def test_a_value_that_does_not_fit_says_why_and_where(
    kind: Any, value: Any, reason: str, path: tuple[str, ...]
) -> None:
    """The reason names what is expected, the path leads to the value."""
    with pytest.raises(Misfit) as caught:
        fitted(kind, value)
    assert (caught.value.reason, caught.value.path) == (reason, path)


def test_null_fits_where_it_is_declared() -> None:
    """Only a type with None, or any type at all, takes null."""
    assert [nullable(kind) for kind in (str | None, Any, Annotated[int | None, "x"])] == [True] * 3
    assert [nullable(kind) for kind in (str, str | int, Sequence[int], Wish)] == [False] * 4
