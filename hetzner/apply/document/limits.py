"""How much a document may ask of the machine; ordinary files with 10,000 resources stay well below."""

from __future__ import annotations

FILE_BYTES = 5 << 20
"""Bytes of one YAML file."""

DEPTH = 64
"""Levels of nesting."""
TOO_DEEP = f"more than {DEPTH} levels of nesting"
"""What is said beyond them."""

NODES = 500_000
"""YAML events of all files together, keys too; 10,000 ordinary resources have about 330,000."""

ALIAS_NODES = 10_000
"""Nodes that aliases and merge keys may add by repetition."""

FILES = 500
"""YAML files in one run."""

RESOURCES = 20_000
"""Resources, replicas counted one by one."""

TEXT = 1 << 20
"""Characters of one text after `${...}` is filled in."""

WRITTEN_OUT = 16 << 20
"""Characters that all filled in texts may have together."""

REPLICA_NODES = 1_000_000
"""Nodes of all resources after `count`, `for_each` and `defaults` are written out."""

INCLUDED_BYTES = 32 << 10
"""Bytes of a file named by `{file: ...}`: the API takes no more user data."""
