"""Plans made by hand, for what shows them."""

from types import SimpleNamespace
from typing import Any

from hetzner.apply.document import Document, loads
from hetzner.apply.faces import faces
from hetzner.apply.plans import FieldChange, Item, Plan, Verdict
from hetzner.domain.specs import kinds

SERVERS = kinds()["servers"]


def document() -> Document:
    """Return a document that declares nothing."""
    return loads("project: shop\n", faces())


def plan(*items: Item) -> Plan:
    """Return a plan of these items."""
    return Plan(document(), items)


def actual(**facts: Any) -> SimpleNamespace:
    """Return a server as the API might show it, as far as a plan looks at it."""
    network = SimpleNamespace(ipv4=None, ipv6=None)
    return SimpleNamespace(
        **{"id": 4711, "name": "web", "labels": {}, "public_net": network, "private_net": [], **facts}
    )


def update(*changes: FieldChange, name: str = "web", **facts: Any) -> Plan:
    """Return a plan that changes one server."""
    return plan(Item(SERVERS, name, Verdict.UPDATE, actual=actual(), changes=changes, **facts))


def deletion(name: str = "web", **facts: Any) -> Plan:
    """Return a plan that deletes one server."""
    return plan(Item(SERVERS, name, Verdict.DELETE, actual=actual(**facts), why="not declared any more"))
