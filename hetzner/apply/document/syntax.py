"""Syntax errors of the YAML reader, told with the cause that people usually have."""

from __future__ import annotations

from typing import Any

from hetzner.apply.document.limits import TOO_DEEP
from hetzner.apply.document.marks import Source
from hetzner.apply.document.problems import Problem

_CAUSES = (
    ("mapping values are not allowed", "a value that contains ': ' needs quotes, or the indentation is off"),
    ("tab character", "indent with spaces, not tabs"),
    ("cannot start any token", "indent with spaces, not tabs; quote values that begin with @, ` or %"),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    ("did not find expected key", "check the indentation of this line and the one above"),
    ("expected <block end>", "check the indentation of this line and the one above"),
    ("did not find expected '-' indicator", "check the indentation of this list"),
    ("undefined tag handle", "tags are not allowed"),
    ("unexpected end of stream", "a quote is opened and never closed"),
    ("did not find expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("did not find expected node content", "a value is missing, or a bracket is not closed"),
)


def explain(error: Any, source: Source) -> Problem:
    """A problem at the place where the reader stopped; `error` is a yaml.MarkedYAMLError."""
    words = str(error.problem or error.context or "not readable as YAML")
    at = error.problem_mark or error.context_mark
    mark = source.mark(at.index, at.index + 1) if at else None
    if "maximum nesting depth" in words:  # libyaml reads ahead, and from 0.2.6 has a limit of its own
        return Problem(TOO_DEEP, mark)
    help = next((cause for words_of, cause in _CAUSES if words_of in words), "")
    if mark and "{" in source.line(mark.line).replace("${", "", 1) and "${" in source.line(mark.line):
        help = 'inside { } and [ ] quote it: "${...}"'
    notes: tuple[str, ...] = ()
    if error.context_mark and at and error.context_mark.line != at.line:
        notes = (f"{error.context}, which begins at line {error.context_mark.line + 1}",)
    return Problem(f"not valid YAML: {words}", mark, help, notes)
