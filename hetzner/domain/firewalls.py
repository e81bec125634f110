"""Firewalls as records.

https://docs.hetzner.cloud/reference/cloud#firewalls
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.asking import checked
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.making import Ensured, create_one, ensure_one
from hetzner.domain.project import client_for
from hetzner.domain.record import Labelled
from hetzner.domain.reference import HasId, Ref
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.selectors import Labels, selector
from hetzner.domain.specs.firewalls import FirewallSpec
from hetzner.domain.specs.rules import Rule, Rules, shown
from hetzner.domain.watched import Acted
from hetzner.schema import firewalls as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action


class _Firewall(schema.Firewall, Labelled[IO], Acted[IO], Generic[IO]):
    """What can be done with a firewall, once for both faces."""

    kind: ClassVar[str] = "firewalls"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield f"{len(self.rules or [])} rules, applied to {len(self.applied_to or [])}"

    @verb
    async def set_rules(
        self, rules: str | Sequence[Rule | schema.Rule], *, wait: bool = True
    ) -> list[Action]:
        """Replace all rules; each is a map, a text such as ``tcp/22 from 10.0.0.0/8``, or one that there is.

        To add one: ``firewall.set_rules([*firewall.rules, "tcp/443"])``. Raises ValueError for what cannot be
        a rule.
        """
        each = [rules] if isinstance(rules, str) else rules
        written = [shown(rule) if isinstance(rule, schema.Rule) else rule for rule in each]
        wanted = checked(Rules, "set_rules()", written)
        return await self._all_done(await self.api.firewalls.actions.set_rules(self.id, rules=wanted), wait)

    @verb
    async def apply_to_resources(
        self, *, servers: Iterable[Ref] = (), labels: Labels | None = None, wait: bool = True
    ) -> list[Action]:
        """Apply it to servers, or to all servers with certain labels."""
        resources = await self._resources(servers, labels)
        answer = await self.api.firewalls.actions.apply_to_resources(self.id, apply_to=resources)
        return await self._all_done(answer, wait)

    @verb
    async def remove_from_resources(
        self, *, servers: Iterable[Ref] = (), labels: Labels | None = None, wait: bool = True
    ) -> list[Action]:
        """Take it off servers, or off all servers with certain labels."""
        resources = await self._resources(servers, labels)
        answer = await self.api.firewalls.actions.remove_from_resources(self.id, remove_from=resources)
        return await self._all_done(answer, wait)

    async def _resources(self, servers: Iterable[Ref], labels: Labels | None) -> list[Any]:
        each = [servers] if isinstance(servers, str | HasId) else servers
        found: list[Any] = [
            {"type": "server", "server": {"id": await self._id("servers", server)}} for server in each
        ]
        if labels is not None:
            found.append({"type": "label_selector", "label_selector": {"selector": selector(labels)}})
        if not found:
            raise ValueError("name at least one server, or labels")
        return found


class Firewall(_Firewall[Sync], Finders, Related):
    """Rules for the public side of servers."""

    @classmethod
    def create(cls, name: str, *, client: Hetzner | None = None, **options: Unpack[FirewallSpec]) -> Firewall:
        """Create a firewall.

        Args:
            rules: What is let through; none: nothing.
            apply_to: Label selectors of the servers it applies to.
            labels: Your own key/value pairs.
        """
        return drive(create_one(cls, name, options, client_for(client, blocking=True)))

    @classmethod
    def ensure(
        cls, name: str, *, client: Hetzner | None = None, **options: Unpack[FirewallSpec]
    ) -> Ensured[Firewall]:
        """Return the firewall of this name as it is, or create it, and whether it was made.

        Args:
            rules: What is let through; none: nothing.
            apply_to: Label selectors of the servers it applies to.
            labels: Your own key/value pairs.
        """
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncFirewall(_Firewall[Async], AsyncFinders, AsyncRelated):
    """Rules for the public side of servers, awaited."""

    @classmethod
    async def create(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[FirewallSpec]
    ) -> AsyncFirewall:
        """Create a firewall.

        Args:
            rules: What is let through; none: nothing.
            apply_to: Label selectors of the servers it applies to.
            labels: Your own key/value pairs.
        """
        return await create_one(cls, name, options, client_for(client, blocking=False))

    @classmethod
    async def ensure(
        cls, name: str, *, client: AsyncHetzner | None = None, **options: Unpack[FirewallSpec]
    ) -> Ensured[AsyncFirewall]:
        """Return the firewall of this name as it is, or create it, and whether it was made.

        Args:
            rules: What is let through; none: nothing.
            apply_to: Label selectors of the servers it applies to.
            labels: Your own key/value pairs.
        """
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
