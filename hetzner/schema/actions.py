"""Actions: what the API is doing, or has done, after it accepted a change.

https://docs.hetzner.cloud/reference/cloud#actions
"""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import PageParams
from hetzner.schema.endpoint import get, listing, listing_at
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action as Action
from hetzner.schema.objects.actions import ActionError as ActionError
from hetzner.schema.objects.actions import ActionResource as ActionResource
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

Status = Literal["running", "success", "error"]
ActionSort = Literal[
    "id",
    "id:asc",
    "id:desc",
    "command",
    "command:asc",
    "command:desc",
    "status",
    "status:asc",
    "status:desc",
    "started",
    "started:asc",
    "started:desc",
    "finished",
    "finished:asc",
    "finished:desc",
]


class ActionResponse(Model):
    """An answer that carries one action."""

    action: Action


class ActionsResponse(Model):
    """An answer that carries several actions."""

    actions: list[Action]


class ActionsPage(Page[IO, Action]):
    """A page of actions."""

    actions: list[Action]


class ActionFilterParams(PageParams, total=False):
    """What narrows and sorts a list of actions."""

    status: Annotated[Status | Sequence[Status], "Only actions in these states."]
    sort: Annotated[ActionSort | Sequence[ActionSort], "Order; repeat for secondary keys."]


class ActionListParams(ActionFilterParams, total=False):
    """What picks actions by their ids."""

    id: Annotated[int | Sequence[int], "Only the actions with these ids, at most 25 a request."]


class ActionsByIdParams(ActionFilterParams, total=False):
    """What the list of actions of all kinds takes."""

    id: Required[Annotated[int | Sequence[int], "The actions with these ids, at most 25 a request."]]


class Actions(Collection[IO], Generic[IO], at="/actions"):
    """The actions of every kind, by id."""

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Return one action."""
        ...

    @listing
    def list(self, **params: Unpack[ActionsByIdParams]) -> ActionsPage[IO]:
        """Return the actions with the given ids.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
            id: The actions with these ids, at most 25 a request.
        """
        ...


class AllActions(Collection[IO], Generic[IO]):
    """The actions of all objects of one kind together."""

    @listing_at("~/actions")
    def list_all(self, **params: Unpack[ActionListParams]) -> ActionsPage[IO]:
        """Return the actions of all objects of this kind, optionally those with the given ids.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
            id: Only the actions with these ids, at most 25 a request.
        """
        ...

    @get("~/actions/{id}")
    def retrieve_by_id(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Return one action of this kind by its id alone."""
        ...


class KindActions(AllActions[IO], Generic[IO]):
    """The actions of one kind: those of one object, and those of all objects together."""

    @listing
    def list(self, id: int, **params: Unpack[ActionFilterParams]) -> ActionsPage[IO]:
        """Return the actions of one object.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            status: Only actions in these states.
            sort: Order; repeat for secondary keys.
        """
        ...

    @get(deprecated="use client.actions.retrieve(id)")
    def retrieve(self, action_id: int, *, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Return one action of one object."""
        ...
