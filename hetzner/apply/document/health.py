"""When an object counts as healthy: `health: {port: 443}`, or by HTTP, or when cloud-init is done."""

# No `from __future__ import annotations` here: pydantic reads the annotations of the TypedDicts.

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from hetzner.apply.document.durations import Duration
from hetzner.domain.shapes import Short

Port = Annotated[int, Field(ge=1, le=65_535)]
Address = Literal["ipv4", "ipv6", "private_ip"]
TIMEOUT = 600.0
"""Seconds that an object has to become healthy, unless a document says otherwise."""


@with_config(ConfigDict(extra="forbid"))
class HTTPOptions(TypedDict, total=False):
    """What it must answer to HTTP."""

    port: Annotated[Port, "Port that is asked."]
    path: Annotated[str, Field(pattern=r"^/[!-~]*$"), "Path of the request."]
    status: Annotated[int, Field(ge=100, le=599), "Status of the answer (default: 200)."]


@with_config(ConfigDict(extra="forbid"))
class HealthOptions(TypedDict, total=False):
    """How to tell whether an object is healthy: by one of `port`, `http` and `cloud_init`."""

    port: Annotated[Port, "It takes connections at this port."]
    http: Annotated[HTTPOptions, "It answers to HTTP."]
    cloud_init: Annotated[bool, "Its cloud-init is done."]
    address: Annotated[Address, "Which of its addresses is tried (default: the first it has)."]
    timeout: Annotated[Duration, "How long it has for that: `90s`, `10m` (default)."]


def _one_way(options: HealthOptions) -> HealthOptions:
    ways = [way for way in ("port", "http", "cloud_init") if options.get(way) not in (None, False)]
    if len(ways) != 1:
        raise ValueError("health is told by one of port, http and cloud_init")
    return options


def _short(value: Any) -> Any:
    return {"cloud_init": True} if value == "cloud_init" else value


WrittenHealth = Annotated[
    HealthOptions, BeforeValidator(_short), AfterValidator(_one_way), Short({"enum": ["cloud_init"]})
]
"""The mapping, or `cloud_init` in its place."""


@dataclass(frozen=True)
class Health:
    """How to tell whether an object is healthy."""

    port: int | None = None
    """It answers there."""
    path: str | None = None
    """It answers a GET of this path, by HTTP at the port."""
    status: int = 200
    """With this status."""
    address: Address | None = None
    """Which of its addresses is tried; None for the first that it has."""
    timeout: float = TIMEOUT
    """Seconds that it has for that."""

    def __str__(self) -> str:
        if self.path is not None:
            return f"HTTP {self.status} from port {self.port}{self.path}"
        return "the end of cloud-init" if self.port is None else f"an answer from port {self.port}"


def health_from(options: HealthOptions) -> Health:
    """The checked mapping as a value."""
    http = options.get("http")
    if http is not None:
        found = Health(http.get("port", 80), http.get("path", "/"), http.get("status", 200))
    else:
        found = Health(options.get("port"))
    return Health(
        found.port, found.path, found.status, options.get("address"), options.get("timeout", TIMEOUT)
    )
