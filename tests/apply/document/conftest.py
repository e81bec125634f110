"""What the tests of documents share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hetzner.apply.document import Document, DocumentError, load, loads
from tests.apply.document.faces import KINDS

Read = Callable[..., Document]
Refuse = Callable[..., str]
Folder = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def read() -> Read:
    """Reads a text, to which a project is added unless it names one."""

    def reader(text: str, **options: object) -> Document:
        prefix = "" if "project:" in text else "project: shop\n"
        return loads(prefix + text, KINDS, **options)  # type: ignore[arg-type]

    return reader


@pytest.fixture
def refuse() -> Refuse:
    """Reads a text as it is, which must be refused, and returns what is printed."""

    def refuser(text: str, **options: object) -> str:
        with pytest.raises(DocumentError) as caught:
            loads(text, KINDS, **options)  # type: ignore[arg-type]
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        return str(caught.value)

    return refuser


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes files into a folder of their own."""

    def writer(files: Mapping[str, str | bytes]) -> Path:
        for name, text in files.items():
            path = tmp_path / "infra" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "infra"

    return writer


@pytest.fixture
def refuse_files() -> Refuse:
    """Loads paths that must be refused, and returns what is printed."""

    def refuser(*paths: Path, **options: object) -> str:
        with pytest.raises(DocumentError) as caught:
            load(paths, KINDS, **{"environ": {}, **options})  # type: ignore[arg-type]
        return str(caught.value)

    return refuser
