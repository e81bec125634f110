"""Modules that are loaded when they are needed, whichever thread needs them first."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hetzner.schema.at_rest import loaded

SLOW = """
import threading
begun, go = threading.begun_loading, threading.go_on_loading
begun.set()
go.wait(60)
ANSWER = 42
"""


def test_a_module_that_another_thread_loads_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gets a module that is not whole yet, and both threads get the same one."""
    begun, go = threading.Event(), threading.Event()
    monkeypatch.setattr(threading, "begun_loading", begun, raising=False)
    monkeypatch.setattr(threading, "go_on_loading", go, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "loaded_slowly.py").write_text(SLOW)

    def answer() -> Any:
        return loaded("loaded_slowly").ANSWER

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(answer)
        assert begun.wait(60)
        two = pool.submit(answer)
        try:
            early = two.exception(timeout=0.2)
        except TimeoutError:
            early = None
        go.set()
        assert early is None
        assert (one.result(60), two.result(60)) == (42, 42)
    monkeypatch.delitem(sys.modules, "loaded_slowly")
