"""Firewalls: what may reach the public side of servers.

https://docs.hetzner.cloud/reference/cloud#firewalls
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, NotRequired, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.actions import ActionsResponse, KindActions
from hetzner.schema.collection import Collection
from hetzner.schema.common import LabelledListParams, Labels, Name, UpdateParams
from hetzner.schema.endpoint import action, delete, get, listing, post, put
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page


class Rule(Model):
    """One thing that is let through."""

    direction: str
    source_ips: list[str]
    destination_ips: list[str]
    protocol: str
    port: str | None = None
    """A port, a range like ``1024-5000``, or None."""
    description: str | None = None


class FirewallResourceServer(Model):
    """A server that a firewall is applied to."""

    id: int


class FirewallResourceSelector(Model):
    """The labels of the servers that a firewall is applied to."""

    selector: str


class FirewallAppliedToResource(Model):
    """A server that a label selector has found."""

    type: str
    server: FirewallResourceServer | None = None


class FirewallAppliedTo(Model):
    """What a firewall is applied to."""

    type: str
    """``server`` or ``label_selector``."""
    server: FirewallResourceServer | None = None
    label_selector: FirewallResourceSelector | None = None
    applied_to_resources: list[FirewallAppliedToResource] | None = None


class Firewall(Model):
    """Rules for the public side of servers."""

    id: int
    name: str
    labels: dict[str, str]
    created: datetime
    rules: list[Rule]
    applied_to: list[FirewallAppliedTo]


class RuleParam(TypedDict):
    """One thing to let through; without an ``in`` rule all that comes in is dropped."""

    direction: Literal["in", "out"]
    protocol: Literal["tcp", "udp", "icmp", "esp", "gre"]
    port: NotRequired[str]
    source_ips: NotRequired[Sequence[str]]
    destination_ips: NotRequired[Sequence[str]]
    description: NotRequired[str | None]


class FirewallServerParam(TypedDict):
    """A server, by id."""

    id: int


class FirewallSelectorParam(TypedDict):
    """Servers, by label selector."""

    selector: str


class FirewallResourceParam(TypedDict):
    """What a firewall is applied to or removed from."""

    type: Literal["server", "label_selector"]
    server: NotRequired[FirewallServerParam]
    label_selector: NotRequired[FirewallSelectorParam]


Rules = Annotated[Sequence[RuleParam], "What is let through, at most 50 rules."]


class FirewallCreateParams(Options, total=False):
    """What may be asked of a new firewall."""

    name: Required[Name]
    labels: Labels
    rules: Rules
    apply_to: Annotated[Sequence[FirewallResourceParam], "Servers or label selectors it applies to."]


class FirewallListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of firewalls."""


class ActionSetRulesParams(Options, total=False):
    """All rules of a firewall."""

    rules: Required[Annotated[Sequence[RuleParam], "What is let through; they replace all rules there are."]]


class ActionApplyToResourcesParams(Options, total=False):
    """What a firewall is applied to in addition."""

    apply_to: Required[Annotated[Sequence[FirewallResourceParam], "Servers or label selectors."]]


class ActionRemoveFromResourcesParams(Options, total=False):
    """What a firewall is taken off."""

    remove_from: Required[Annotated[Sequence[FirewallResourceParam], "Servers or label selectors."]]


class FirewallCreateResponse(Model):
    """A firewall that was just created, with the actions that apply it."""

    firewall: Firewall
    actions: list[Action] | None = None


class FirewallRetrieveResponse(Model):
    """One firewall."""

    firewall: Firewall


class FirewallUpdateResponse(Model):
    """A firewall after its update."""

    firewall: Firewall


class FirewallsPage(Page[IO, Firewall]):
    """A page of firewalls."""

    firewalls: list[Firewall]


class FirewallsActions(KindActions[IO], Generic[IO], at="/firewalls/{id}/actions"):
    """What can be done with a firewall."""

    @action("set_firewall_rules")
    def set_rules(self, id: int, **params: Unpack[ActionSetRulesParams]) -> ActionsResponse:
        """Replace all rules.

        Args:
            rules: What is let through; they replace all rules there are.
        """
        ...

    @action("apply_firewall")
    def apply_to_resources(self, id: int, **params: Unpack[ActionApplyToResourcesParams]) -> ActionsResponse:
        """Apply it to servers, or to all servers with certain labels.

        Args:
            apply_to: Servers or label selectors.
        """
        ...

    @action("remove_firewall")
    def remove_from_resources(
        self, id: int, **params: Unpack[ActionRemoveFromResourcesParams]
    ) -> ActionsResponse:
        """Take it off servers, or off all servers with certain labels.

        Args:
            remove_from: Servers or label selectors.
        """
        ...


class Firewalls(Collection[IO], Generic[IO], at="/firewalls"):
    """What may reach the public side of servers."""

    actions: FirewallsActions[IO]

    @post(command="set_firewall_rules")
    def create(self, **params: Unpack[FirewallCreateParams]) -> FirewallCreateResponse:
        """Create a firewall.

        Args:
            name: Name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
            rules: What is let through, at most 50 rules.
            apply_to: Servers or label selectors it applies to.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> FirewallRetrieveResponse:
        """Return one firewall."""
        ...

    @put
    def update(self, id: int, **params: Unpack[UpdateParams]) -> FirewallUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[FirewallListParams]) -> FirewallsPage[IO]:
        """Return the firewalls, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a firewall that is applied to nothing."""
        ...
