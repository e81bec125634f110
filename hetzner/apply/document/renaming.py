"""`renamed_from`: the names that a resource may have had, one of which it takes over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hetzner.apply.document.declared import Declaration, Replica
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.lifecycle import Meta
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import MapNode
from hetzner.apply.document.problems import Problems


def formerly(
    declaration: Declaration, node: MapNode, meta: Meta, given: Any, replica: Replica, problems: Problems
) -> Meta:
    """Return how a replica is treated, with the names that it may have had.

    A plain name is that of the resource or, with the same ending, of its replicas; the first of a `count`
    also takes over what had no number. Which one of a `for_each` does is said by a map of key to old name.
    """
    if given is None:
        return meta
    if isinstance(given, Mapping):
        own = _key(replica)
        _unknown_keys(declaration, node, given, problems)
        return replace(meta, renamed_from=(str(given[own]),) if own in given else ())
    old, ending = str(given), replica.name.removeprefix(declaration.base)
    if not declaration.replicated or "${" in str(getattr(node.get("renamed_from"), "text", "")):
        return replace(meta, renamed_from=(old,))
    alone = len(declaration.replicas) == 1 or (replica.n is not None and replica is declaration.replicas[0])
    names = [name for name in (old + ending, *((old,) if alone else ())) if name != replica.name]
    return replace(meta, renamed_from=tuple(names), maybe_renamed_from="" if alone or replica.n else old)


def _key(replica: Replica) -> str:
    return replica.key if replica.key is not None else str(replica.n or "")


def _unknown_keys(
    declaration: Declaration, node: MapNode, given: Mapping[str, Any], problems: Problems
) -> None:
    keys = [_key(replica) for replica in declaration.replicas if declaration.replicated]
    written = node.get("renamed_from")
    for key in given:
        if key not in keys:
            mark = written.key_mark(key) if isinstance(written, MapNode) else node.mark
            hint = did_you_mean(key, keys) or "it maps keys of for_each, or numbers of count, to old names"
            problems.add(f"{declaration.where}.renamed_from: there is no replica {quoted(key)}", mark, hint)
