"""What the API keeps about an object over time: its actions, its metrics.

https://docs.hetzner.cloud/reference/cloud#actions
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic

from hetzner._faces import IO, verb
from hetzner.api.listing import everything
from hetzner.domain.record import Record, given

if TYPE_CHECKING:
    from hetzner.schema.actions import Action, Status
    from hetzner.schema.metrics import Metrics

SHOWN = timedelta(hours=1)
"""How long a period is unless it is said."""


class Acted(Record[IO], Generic[IO]):
    """A record that is changed by actions."""

    @verb
    async def actions(self, *, status: Status | Sequence[Status] | None = None) -> list[Action]:
        """Return what was done with it and what is being done, the newest first.

        ``status`` is ``running``, ``success`` or ``error``, or several of them.
        """
        listing = self._actions_of_one(self.id, sort="id:desc", **given(status=status))
        found: list[Action] = await everything(listing)
        return found

    @property
    def _actions_of_one(self) -> Any:
        return self._collection.actions.list


class Measured(Record[IO], Generic[IO]):
    """A record that is measured."""

    @verb
    async def metrics(
        self,
        type: str | Sequence[str],
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        step: float | None = None,
    ) -> Metrics:
        """Return time series of a period, which is the last hour unless it is said.

            web.metrics("cpu").time_series["cpu"].values  # pairs of UNIX time and per cent as text

        ``type`` is ``cpu``, ``disk`` or ``network`` of servers; ``open_connections``, ``bandwidth``,
        ``connections_per_second`` or ``requests_per_second`` of load balancers; or several of them. ``step``
        is seconds between samples, chosen by the API when it is not given.
        """
        api: Any = self.api
        until = end or datetime.fromtimestamp(api._core.port.clock.wall(), UTC)
        period = {"start": start or until - SHOWN, "end": until, **given(step=step)}
        answer = await self._collection.metrics.list(self.id, type=type, **period)
        found: Metrics = answer.metrics
        return found
