"""Time series of servers and load balancers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Required

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
