"""What editors show of an operation: they read docstrings, so the parameters stand there too."""

import inspect
from pathlib import Path

import pytest

from hetzner import Server, aio
from hetzner.domain import docstrings as of_records
from hetzner.schema import docstrings, servers
from hetzner.schema.operation import before_arguments


def test_the_docstrings_tell_every_parameter() -> None:
    """They are as `python -m hetzner.schema.docstrings` writes them."""
    assert [path.name for path in docstrings.outdated()] == []


def test_a_parameter_that_is_not_told_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in which the meaning of a parameter is missing is out of date, and is mended."""
    read_text, path = Path.read_text, Path(servers.__file__)
    whole = read_text(path, encoding="utf-8")
    line = "            image: Name or id of the image, such as `debian-13`.\n"
    assert line in whole

    def without(self: Path, **options: str) -> str:
        """Leave out the line."""
        return read_text(self, encoding="utf-8").replace(line, "")

    assert servers.Servers.create.__doc__ is not None
    code = servers.Servers.create.function.__code__
    assert code.co_filename == str(path)
    monkeypatch.setattr(Path, "read_text", without)
    monkeypatch.setattr(docstrings, "_declared", lambda: iter([(servers.Servers.create.operation, FUNCTION)]))
    found = docstrings.outdated()
    assert [each.name for each in found] == ["servers.py"]
    assert line in found[path]


def test_the_docstrings_of_records_tell_every_option() -> None:
    """They are as `python -m hetzner.domain.docstrings` writes them, in both faces."""
    assert [path.name for path in of_records.outdated()] == []
    for create in (Server.create, Server.ensure, Server.temporary, aio.Server.create, aio.Server.ensure):
        told = inspect.getdoc(create) or ""
        assert "\n    server_type: Its size, such as `cx23`" in told
        assert "\n    backups: Daily backups, for a fifth of its price.\n" in told


FUNCTION = servers.Servers.create.function


def test_an_editor_finds_the_meaning_in_the_usual_form() -> None:
    """A docstring has its purpose, then `Args:`, then each parameter by its name."""
    text = inspect.cleandoc(FUNCTION.__doc__ or "")
    purpose, _, arguments = text.partition("\n\nArgs:\n")
    assert purpose == "Create a server; it exists at once and runs when its actions are done."
    assert "    server_type: Name or id of the server type, such as `cx23`.\n" in arguments
    assert before_arguments(FUNCTION.__doc__ or "") == purpose
    assert servers.Servers.create.operation.doc == purpose
