"""Firewalls as records.

https://docs.hetzner.cloud/reference/cloud#firewalls
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Unpack

from pydantic import TypeAdapter

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.calls import actions_of
from hetzner.domain.project import client_for
from hetzner.domain.record import AsyncFinders, Ensured, Finders, Labelled, create_one, ensure_one
from hetzner.domain.reference import Ref
from hetzner.domain.selectors import selector
from hetzner.domain.specs.firewalls import FirewallSpec
from hetzner.domain.specs.rules import Rule
from hetzner.schema import firewalls as schema

if TYPE_CHECKING:
    from hetzner.schema.actions import Action


class _Firewall(schema.Firewall, Labelled[IO], Generic[IO]):
    """What can be done with a firewall, once for both faces."""

    kind: ClassVar[str] = "firewalls"

    def _told(self) -> Any:
        yield from super()._told()
        yield f"{len(self.rules or [])} rules, applied to {len(self.applied_to or [])}"

    @verb
    async def set_rules(self, rules: Iterable[Any], *, wait: bool = True) -> list[Action]:
        """Replace all rules; each is a map or a text such as ``tcp/22 from 10.0.0.0/8``."""
        wanted = TypeAdapter(list[Rule]).validate_python(list(rules))
        return await self._all_done(await self.api.firewalls.actions.set_rules(self.id, rules=wanted), wait)

    @verb
    async def apply_to_resources(
        self, *, servers: Iterable[Ref] = (), labels: Any = None, wait: bool = True
    ) -> list[Action]:
        """Apply it to servers, or to all servers with certain labels."""
        resources = await self._resources(servers, labels)
        return await self._all_done(
            await self.api.firewalls.actions.apply_to_resources(self.id, apply_to=resources), wait
        )

    @verb
    async def remove_from_resources(
        self, *, servers: Iterable[Ref] = (), labels: Any = None, wait: bool = True
    ) -> list[Action]:
        """Take it off servers, or off all servers with certain labels."""
        resources = await self._resources(servers, labels)
        return await self._all_done(
            await self.api.firewalls.actions.remove_from_resources(self.id, remove_from=resources), wait
        )

    async def _resources(self, servers: Iterable[Ref], labels: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [
            {"type": "server", "server": {"id": await self._id("servers", server)}} for server in servers
        ]
        if labels:
            found.append({"type": "label_selector", "label_selector": {"selector": selector(labels)}})
        if not found:
            raise ValueError("name at least one server, or labels")
        return found

    async def _all_done(self, answer: Any, wait: bool) -> list[Action]:
        actions: list[Action] = actions_of(answer)
        if wait:
            actions = await self._client_wait(actions)
            await self._refresh()
        return actions


class Firewall(_Firewall[Sync], Finders):
    """Rules for the public side of servers."""

    @classmethod
    def create(cls, name: str, *, client: Any = None, **options: Unpack[FirewallSpec]) -> Firewall:
        """Create a firewall."""
        return drive(create_one(cls, name, options, client_for(client, blocking=True), True))

    @classmethod
    def ensure(cls, name: str, *, client: Any = None, **options: Unpack[FirewallSpec]) -> Ensured[Firewall]:
        """Return the firewall of this name, or create it; the second part of the answer tells which."""
        return drive(ensure_one(cls, name, options, client_for(client, blocking=True)))


class AsyncFirewall(_Firewall[Async], AsyncFinders):
    """Rules for the public side of servers, awaited."""

    @classmethod
    async def create(cls, name: str, *, client: Any = None, **options: Unpack[FirewallSpec]) -> AsyncFirewall:
        """Create a firewall."""
        return await create_one(cls, name, options, client_for(client, blocking=False), True)

    @classmethod
    async def ensure(
        cls, name: str, *, client: Any = None, **options: Unpack[FirewallSpec]
    ) -> Ensured[AsyncFirewall]:
        """Return the firewall of this name, or create it; the second part of the answer tells which."""
        return await ensure_one(cls, name, options, client_for(client, blocking=False))
