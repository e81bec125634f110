"""SSH keys: public keys that new servers accept, unique by name and by fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import invalid, taken
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.public_keys import fingerprint, key_blob
from hetzner.sandbox.table import Key, Row


class SSHKeys(Kind):
    """The project's public keys."""

    name = "ssh_keys"
    singular = "ssh_key"
    sorts = ("id", "name")
    filters = ("fingerprint",)

    def keys(self, row: Row) -> Iterable[Key]:
        """By name and by fingerprint."""
        yield ("name", row["name"])
        yield ("fingerprint", row["fingerprint"])

    def render(self, row: Row) -> dict[str, Any]:
        """Write a key as the API shows it."""
        return {**self.common(row), "fingerprint": row["fingerprint"], "public_key": row["public_key"]}

    @answers("create")
    def create(self, call: Call) -> dict[str, Any]:
        """Register a key."""
        self.project.check_quota("ssh_keys")
        text = call.body["public_key"].strip()
        try:
            found = fingerprint(key_blob(text))
        except ValueError as problem:
            raise invalid("public_key", str(problem)) from None
        row = self.fresh(call.body, fingerprint=found, public_key=text)
        if self.table.any("fingerprint", found):
            raise taken("public_key", "SSH key with the same fingerprint already exists")
        return self.one(self.table.add(row))
