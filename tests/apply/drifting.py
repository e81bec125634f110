"""What other people do to a project while it is being converged, each as requests of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from tests.apply.stage import Stage

Drift = Callable[[Stage], None]


class Meddled(httpx.AsyncBaseTransport):
    """Lets somebody do something just before one request is sent."""

    def __init__(self, inner: httpx.AsyncBaseTransport, number: int, meddle: Callable[[], None]) -> None:
        self._inner, self._left, self._meddle = inner, number, meddle
        self.clock = getattr(inner, "clock")  # noqa: B009  only the sandbox's transport has one

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and before the one that was chosen let the others have their way."""
        if self._left == 0:
            self._meddle()
        self._left -= 1
        return await self._inner.handle_async_request(request)


def _path(stage: Stage, kind: str, name: str) -> str | None:
    row = stage.rows(kind).get(name)
    return None if row is None else f"/{kind}/{row['id']}"


def _network(stage: Stage) -> str:
    """Return the name of the network that the project has, whatever it is called."""
    return next((name for name in stage.rows("networks") if name != "theirs"), "none")


def _asked(stage: Stage, kind: str, name: str, method: str, path: str, body: Any = None) -> None:
    """Ask for something about an object; nothing happens when it is not there, or the API refuses."""
    if (where := _path(stage, kind, name)) is not None:
        stage.talk.send(method, where + path, body)


def deleted(stage: Stage) -> None:
    """Somebody deletes a server."""
    _asked(stage, "servers", "web", "DELETE", "")


def renamed(stage: Stage) -> None:
    """Somebody gives a server another name."""
    _asked(stage, "servers", "web", "PUT", "", {"name": "renamed"})


def disowned(stage: Stage) -> None:
    """Somebody takes all labels off a server, so that nobody owns it any more."""
    _asked(stage, "servers", "web", "PUT", "", {"labels": {}})


def switched_off(stage: Stage) -> None:
    """Somebody cuts the power of a server."""
    _asked(stage, "servers", "web", "POST", "/actions/poweroff")


def detached(stage: Stage) -> None:
    """Somebody takes a server off its network."""
    if network := stage.rows("networks").get(_network(stage)):
        _asked(stage, "servers", "db", "POST", "/actions/detach_from_network", {"network": network["id"]})


def opened(stage: Stage) -> None:
    """Somebody sets other rules."""
    rules = [{"direction": "in", "protocol": "tcp", "port": "23", "source_ips": ["0.0.0.0/0"]}]
    _asked(stage, "firewalls", "base", "POST", "/actions/set_rules", {"rules": rules})


def extended(stage: Stage) -> None:
    """Somebody adds a subnet."""
    subnet = {"type": "cloud", "ip_range": "10.0.9.0/24", "network_zone": "eu-central"}
    _asked(stage, "networks", _network(stage), "POST", "/actions/add_subnet", subnet)


def retyped(stage: Stage) -> None:
    """Somebody switches a server off and makes it larger."""
    _asked(stage, "servers", "db", "POST", "/actions/poweroff")
    stage.talk.wait(10)
    wanted = {"server_type": "cx43", "upgrade_disk": False}
    _asked(stage, "servers", "db", "POST", "/actions/change_type", wanted)


def anticipated(stage: Stage) -> None:
    """Somebody makes a server of a name that is about to be used."""
    stage.talk.send("POST", "/servers", {"name": "web", "server_type": "cx23", "image": "debian-13"})


def protected(stage: Stage) -> None:
    """Somebody protects a server."""
    _asked(stage, "servers", "web", "POST", "/actions/change_protection", {"delete": True, "rebuild": True})


def locked(stage: Stage) -> None:
    """Somebody makes a snapshot, for which the server is locked for a while."""
    _asked(stage, "servers", "web", "POST", "/actions/create_image", {"type": "snapshot"})


def shielded(stage: Stage) -> None:
    """Somebody takes a firewall off a server."""
    if server := stage.rows("servers").get("web"):
        body = {"remove_from": [{"type": "server", "server": {"id": server["id"]}}]}
        _asked(stage, "firewalls", "base", "POST", "/actions/remove_from_resources", body)


def unbalanced(stage: Stage) -> None:
    """Somebody takes a service off a load balancer and gives it another algorithm."""
    _asked(stage, "load_balancers", "lb", "POST", "/actions/delete_service", {"listen_port": 443})
    algorithm = {"type": "round_robin"}
    _asked(stage, "load_balancers", "lb", "POST", "/actions/change_algorithm", algorithm)


def redirected(stage: Stage) -> None:
    """Somebody points a name elsewhere and takes another one away."""
    records = {"records": [{"value": "192.0.2.99"}]}
    _asked(stage, "zones", "shop.com", "POST", "/rrsets/vip/A/actions/set_records", records)
    _asked(stage, "zones", "shop.com", "DELETE", "/rrsets/www/CNAME")


def unplugged(stage: Stage) -> None:
    """Somebody takes a volume and a floating IP off their servers."""
    _asked(stage, "volumes", "pgdata", "POST", "/actions/detach")
    _asked(stage, "floating_ips", "vip", "POST", "/actions/unassign")


DRIFTS: dict[str, Drift] = {
    each.__name__: each
    for each in (
        deleted, renamed, disowned, switched_off, detached, opened,
        extended, retyped, anticipated, protected, locked, shielded,
        unbalanced, redirected, unplugged,
    )
}  # fmt: skip
IN_THE_WAY = {"disowned": "not own", "anticipated": "not own", "protected": "protected against deletion"}
"""After these a server stays as it is until somebody decides, and the plan says why."""
