"""Placement groups: servers that shall not share a host.

https://docs.hetzner.cloud/reference/cloud#placement-groups
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import LabelledListParams, Labels, Name, UpdateParams
from hetzner.schema.endpoint import delete, get, listing, post, put
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.objects.placement_groups import PlacementGroup as PlacementGroup
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

PlacementGroupType = Literal["spread"]


class PlacementGroupCreateParams(Options, total=False):
    """What may be asked of a new placement group."""

    name: Required[Name]
    type: Required[Annotated[PlacementGroupType, "`spread`: every server on a host of its own."]]
    labels: Labels


class PlacementGroupListParams(LabelledListParams, total=False):
    """What narrows and sorts the list of placement groups."""

    type: Annotated[PlacementGroupType | Sequence[PlacementGroupType], "Only groups of these types."]


class PlacementGroupCreateResponse(Model):
    """A placement group that was just created."""

    placement_group: PlacementGroup
    action: Action | None = None


class PlacementGroupRetrieveResponse(Model):
    """One placement group."""

    placement_group: PlacementGroup


class PlacementGroupUpdateResponse(Model):
    """A placement group after its update."""

    placement_group: PlacementGroup


class PlacementGroupsPage(Page[IO, PlacementGroup]):
    """A page of placement groups."""

    placement_groups: list[PlacementGroup]


class PlacementGroups(Collection[IO], Generic[IO], at="/placement_groups"):
    """Servers that shall not share a host."""

    @post
    def create(self, **params: Unpack[PlacementGroupCreateParams]) -> PlacementGroupCreateResponse:
        """Create a placement group.

        Args:
            name: Name, unique in the project.
            type: `spread`: every server on a host of its own.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> PlacementGroupRetrieveResponse:
        """Return one placement group."""
        ...

    @put
    def update(self, id: int, **params: Unpack[UpdateParams]) -> PlacementGroupUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[PlacementGroupListParams]) -> PlacementGroupsPage[IO]:
        """Return the placement groups, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
            type: Only groups of these types.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete a placement group; its servers go on running."""
        ...
