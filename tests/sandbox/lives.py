"""Whole lives of every kind, told to a sandbox; printed: what it answered and noted, byte for byte.

`python -m tests.sandbox.lives` is what two processes with different hash seeds are compared by.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from random import Random

from hetzner.sandbox import Answer, Sandbox
from hetzner.schema import operations
from tests.sandbox.talk import Talk
from tests.sandbox.test_fuzz import body_of, target

Story = Callable[[Talk], None]


class Overheard(Talk):
    """A client that remembers every answer as it came."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self.answers: list[bytes] = []

    def send(self, method: str, path: str, body: object = None) -> Answer:
        """Send a request and remember its answer."""
        answer = super().send(method, path, body)
        headers = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        self.answers.append(f"{answer.status}\n{headers}\n".encode() + answer.body)
        return answer


def stories() -> Iterator[Story]:
    """The lives that are told elsewhere to compare every answer with the specification."""
    for path in sorted(Path(__file__).parent.glob("test_spec*.py")):
        for name, story in getmembers(import_module(f"tests.sandbox.{path.stem}"), isfunction):
            if name.startswith("test_") and [*signature(story).parameters] == ["talk"]:
                yield story


def nonsense(talk: Talk) -> None:
    """Some hundred random requests."""
    random, declared = Random(7), operations()  # noqa: S311
    talk.server()
    for _ in range(150):
        operation = random.choice(declared)
        body = None if operation.verb == "GET" else body_of(operation, random)
        talk.send(operation.verb, target(operation, talk, random), body)
        talk.wait(random.choice((0, 1, 100)))


def told(seed: int) -> Iterator[bytes]:
    """Everything that was answered and noted while all stories were told, each to a sandbox of its own."""
    for story in (*stories(), nonsense):
        talk = Overheard(Sandbox(seed=seed, requests_per_hour=1_000_000))
        story(talk)
        yield story.__name__.encode()
        yield from talk.answers
        yield from (repr(entry).encode() for entry in talk.sandbox.log)


if __name__ == "__main__":
    for piece in told(int(sys.argv[1])):
        print(len(piece), sha256(piece).hexdigest(), piece[:120])
