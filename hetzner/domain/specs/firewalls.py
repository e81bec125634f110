"""What may be wanted of a firewall.

https://docs.hetzner.cloud/reference/cloud#firewalls
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator
from typing_extensions import TypedDict

from hetzner.domain.reference import Named
from hetzner.domain.shapes import TEXT, Shape, Short
from hetzner.domain.specs import rules as of_rules
from hetzner.domain.specs import server_changes
from hetzner.domain.specs.drawing import Link, Role, items, maps
from hetzner.domain.specs.facts import Call, Change, by
from hetzner.domain.specs.kind import STRICT, Kind, Names
from hetzner.domain.specs.labels import Labels, Selector, declared


def _set_rules(change: Change) -> Iterator[Call]:
    yield Call("firewalls.actions.set_rules", {"rules": change.new}, change.of, seconds=2)


def _set_selectors(change: Change) -> Iterator[Call]:
    """Apply to new selectors before it is removed from old ones."""
    if added := [selector for selector in change.new if selector not in change.old]:
        given = {"apply_to": _resources(added)}
        yield Call("firewalls.actions.apply_to_resources", given, change.of, seconds=2)
    if gone := [selector for selector in change.old if selector not in change.new]:
        yield _remove(gone, change.of)


def _remove(selectors: list[str], of: Named) -> Call:
    given = {"remove_from": _resources(selectors)}
    return Call("firewalls.actions.remove_from_resources", given, of, seconds=2)


def _resources(selectors: list[str]) -> list[dict[str, Any]]:
    return [{"type": "label_selector", "label_selector": {"selector": selector}} for selector in selectors]


def _selectors(value: Any) -> Any:
    """Take selectors as text, or in the API's form."""
    items = value if isinstance(value, list | tuple) else [value]
    return [item.get("label_selector", item) if isinstance(item, Mapping) else item for item in items]


API_SELECTOR: Shape = {
    "type": "object",
    "properties": {"label_selector": TEXT},
    "required": ["label_selector"],
    "additionalProperties": False,
}
if TYPE_CHECKING:  # what may be written; at run time it is what that becomes
    Selectors = str | Sequence[str]
else:
    Selectors = Annotated[
        list[Annotated[Selector, Short(API_SELECTOR)]], BeforeValidator(_selectors), Short(TEXT, API_SELECTOR)
    ]


class FirewallSpec(TypedDict, total=False):
    """What may be wanted of a firewall."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    rules: Annotated[
        of_rules.Rules,
        AfterValidator(of_rules.canonical),
        by(_set_rules),
        "What is let through; none: nothing.",
    ]
    apply_to: Annotated[
        Selectors,
        by(_set_selectors),
        "Label selectors of the servers it applies to.",
    ]
    labels: Annotated[Labels, "Your own key/value pairs."]


class FirewallKind(Kind):
    """Firewalls."""

    name, singular, spec, seconds = "firewalls", "firewall", FirewallSpec, 2.0
    code = "fw"
    inline = frozenset({"rules", "labels"})
    role = Role.BADGE
    attributes: ClassVar = {"id": lambda firewall: firewall.id, "name": lambda firewall: firewall.name}

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create."""
        made = super().arguments(spec)
        if spec.get("apply_to"):
            made["apply_to"] = _resources(spec["apply_to"])
        return made

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a firewall as the API shows it in the terms of the spec."""
        return {
            "rules": of_rules.canonical([of_rules.shown(rule) for rule in actual.rules]),
            "apply_to": [each.label_selector.selector for each in actual.applied_to if each.label_selector],
            "labels": declared(actual.labels),
        }

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a firewall; rules in their short form."""
        spec = super().declare(have)
        if "rules" in spec:
            spec["rules"] = [
                rule if "description" in rule else of_rules.short(rule).removeprefix("in ")
                for rule in spec["rules"]
            ]
        return spec

    def indirect(self, actual: Any) -> Iterator[tuple[str, int, int]]:
        """Yield the servers that have the firewall by their labels only."""
        direct = {each.server.id for each in actual.applied_to if each.server}
        for each in actual.applied_to:
            for found in each.applied_to_resources or ():
                if found.server and found.server.id not in direct:
                    yield self.name, actual.id, found.server.id

    def release(self, of: Named, actual: Any, user: Named) -> Iterator[Call]:
        """Take it off a server that has it by its own wish: it cannot be deleted otherwise."""
        yield server_changes.remove_firewall(of.ref, user)

    def delete(self, of: Named, actual: Any) -> list[Call]:
        """Take it off its label selectors first; servers that have it are dealt with on their own."""
        selectors = [each.label_selector.selector for each in actual.applied_to if each.label_selector]
        return [*([_remove(selectors, of)] if selectors else []), *super().delete(of, actual)]

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if len(spec.get("rules", ())) > 50:
            yield ("rules",), f"a firewall has at most 50 rules, and '{name}' has {len(spec['rules'])}"

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield what it lets in."""
        rules = [rule for rule in maps(spec.get("rules")) if rule.get("direction") == "in"]
        yield from dict.fromkeys(
            f"{rule['protocol']}/{rule['port']}" if "port" in rule else rule["protocol"] for rule in rules
        )

    def links(self, name: str, spec: Mapping[str, Any]) -> Iterator[Link]:
        """Yield the servers that it applies to by their labels."""
        for selector in items(spec.get("apply_to")):
            yield Link("servers", selector=str(selector))


KIND = FirewallKind()
