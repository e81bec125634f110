"""Some answers as plain data: what ``to_dict()`` of their models returns, for those who pass it on."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from hetzner.schema.actions import Status


class PlainActionResource(TypedDict):
    """An object that an action works on."""

    id: int | str
    type: str


class PlainActionError(TypedDict):
    """Why an action failed."""

    code: str
    message: str


class PlainAction(TypedDict):
    """An action; its times are text in ISO 8601."""

    id: int
    command: str
    status: Status
    progress: int
    started: str
    finished: str | None
    resources: list[PlainActionResource]
    error: PlainActionError | None


class PlainHealthStatus(TypedDict):
    """Whether a target of a load balancer answers one of its services."""

    listen_port: int
    status: Literal["healthy", "unhealthy", "unknown"]
    detail: NotRequired[str | None]
    http_status_code: NotRequired[int | None]


class PlainPagination(TypedDict):
    """Where a page stands in its list."""

    page: int
    per_page: int
    previous_page: int | None
    next_page: int | None
    last_page: int | None
    total_entries: int | None


class PlainResponseMeta(TypedDict):
    """What an answer says about itself."""

    pagination: PlainPagination
