"""Time series of servers and load balancers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.endpoint import get
from hetzner.schema.model import Model
from hetzner.schema.operation import Options


class MetricParams(Options, total=False):
    """Which series, of what time."""

    type: Required[
        Annotated[
            str | Sequence[str],
            "Which series. Servers: `cpu`, `disk`, `network`; load balancers: `open_connections`, "
            "`connections_per_second`, `requests_per_second`, `bandwidth`.",
        ]
    ]
    start: Required[Annotated[datetime | str, "Start of the period."]]
    end: Required[Annotated[datetime | str, "End of the period."]]
    step: Annotated[float | str, "Seconds between samples; chosen by the API when not given."]


class TimeSeries(Model):
    """Samples of one figure: pairs of UNIX time and value as decimal text."""

    values: list[tuple[float, str]]


class Metrics(Model):
    """Several time series over one period."""

    start: datetime
    end: datetime
    step: float
    """Seconds between samples."""
    time_series: dict[str, TimeSeries]


class MetricsResponse(Model):
    """The metrics that were asked for."""

    metrics: Metrics


class ServersMetrics(Collection[IO], Generic[IO], at="/servers/{id}/metrics"):
    """Time series of one server."""

    @get
    def list(self, id: int, **params: Unpack[MetricParams]) -> MetricsResponse:
        """Return time series of CPU, disk and network, at most 500 samples of the last 30 days.

        Args:
            type: Which series. Servers: `cpu`, `disk`, `network`; load balancers: `open_connections`,
                `connections_per_second`, `requests_per_second`, `bandwidth`.
            start: Start of the period.
            end: End of the period.
            step: Seconds between samples; chosen by the API when not given.
        """
        ...


class LoadBalancersMetrics(Collection[IO], Generic[IO], at="/load_balancers/{id}/metrics"):
    """Time series of one load balancer."""

    @get
    def list(self, id: int, **params: Unpack[MetricParams]) -> MetricsResponse:
        """Return time series of connections, requests, bandwidth: at most 500 samples of 30 days.

        Args:
            type: Which series. Servers: `cpu`, `disk`, `network`; load balancers: `open_connections`,
                `connections_per_second`, `requests_per_second`, `bandwidth`.
            start: Start of the period.
            end: End of the period.
            step: Seconds between samples; chosen by the API when not given.
        """
        ...
