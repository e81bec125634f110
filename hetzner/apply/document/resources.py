"""From declarations to resources: filled in, checked, one for each replica."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from hetzner.apply.document.checking import checker_of, checker_of_meta
from hetzner.apply.document.declared import Declaration, Replica
from hetzner.apply.document.evaluate import Evaluator
from hetzner.apply.document.frames import quoted
from hetzner.apply.document.lifecycle import META, NO_META, Meta, MetaOptions, meta_from
from hetzner.apply.document.near import did_you_mean
from hetzner.apply.document.nodes import MapNode, place
from hetzner.apply.document.problems import Problems
from hetzner.apply.document.renaming import formerly
from hetzner.apply.document.result import Resource, Use
from hetzner.apply.document.values import Unknown, unknowns


class Builder:
    """Builds resources."""

    def __init__(self, evaluator: Evaluator, problems: Problems) -> None:
        self._evaluator = evaluator
        self._problems = problems
        self._meta = checker_of_meta()

    def build(self, declaration: Declaration) -> Iterator[Resource]:
        """The resources of a declaration; after the first faulty replica the others are not looked at."""
        node = declaration.node
        fields = {name: entry for name, entry in node.entries.items() if name not in META}
        own = {name: entry for name, entry in node.entries.items() if name in META}
        spec = node if not own else node.with_entries(fields)
        before = len(self._problems)
        for replica in declaration.replicas:
            meta = self._own(declaration, node.with_entries(own), replica) if own else NO_META
            resource = self._resource(declaration, spec, replica, meta)
            if len(self._problems) > before or resource is None:
                return
            yield resource

    def _resource(
        self, declaration: Declaration, node: MapNode, replica: Replica, meta: Meta
    ) -> Resource | None:
        self._evaluator.special = False
        raw = self._evaluator.mapping(node, replica)
        special = self._evaluator.special
        spec = checker_of(declaration.kind).check(
            raw, node, declaration.where, self._problems, special=special, key=declaration.key.mark
        )
        if spec is None:
            return None
        return Resource(
            kind=declaration.kind.name,
            name=replica.name,
            base_name=declaration.base,
            spec=spec,
            meta=meta,
            mark=declaration.key.mark,
            node=node,
            raw=raw,
            references=_uses(raw) if special else (),
            index=replica.n,
        )

    def _own(self, declaration: Declaration, node: MapNode, replica: Replica) -> Meta:
        """Our own keys of a resource, checked; fields named in them must be fields."""
        value = self._evaluator.mapping(node, replica)
        for path, unknown in unknowns(value):
            if unknown.references:
                at = ".".join(map(str, path))
                self._problems.add(f"{declaration.where}.{at} must be known beforehand", place(node, path))
        options = self._meta.check(value, node, declaration.where, self._problems, special=True)
        if options is None or any(True for _ in unknowns(value)):
            return NO_META
        meta = meta_from(cast("MetaOptions", options))
        self._fields_named(declaration, node, meta)
        return formerly(declaration, node, meta, options.get("renamed_from"), replica, self._problems)

    def _fields_named(self, declaration: Declaration, node: MapNode, meta: Meta) -> None:
        known = declaration.kind.fields
        for option in ("ignore_changes", "rebuild_on", "replace_on"):
            names: tuple[str, ...] = getattr(meta, option)
            for index, name in enumerate(names):
                field = name.partition(".")[0]
                mark = place(node, ("lifecycle", option, index))
                where = f"{declaration.where}.lifecycle.{option}"
                if field not in known:
                    message = f"{where}: unknown field {quoted(name)}"
                    self._problems.add(message, mark, did_you_mean(name, known))
                elif option == "rebuild_on" and field not in declaration.kind.rebuilds:
                    can = ", ".join(sorted(declaration.kind.rebuilds))
                    message = f"{where}: {quoted(name)} changes without that"
                    self._problems.add(message, mark, can and f"what can be named: {can}")


def _uses(raw: dict[str, Any]) -> tuple[Use, ...]:
    found: Iterator[tuple[Any, Unknown]] = unknowns(raw)
    return tuple(Use(path, reference) for path, unknown in found for reference in unknown.references)
