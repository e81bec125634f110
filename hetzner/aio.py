"""The records of :mod:`hetzner`, awaited: ``from hetzner.aio import Server; await Server.find("web")``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.domain.catalogue import AsyncLocation as Location
    from hetzner.domain.catalogue import AsyncServerType as ServerType
    from hetzner.domain.firewalls import AsyncFirewall as Firewall
    from hetzner.domain.images import AsyncImage as Image
    from hetzner.domain.networks import AsyncNetwork as Network
    from hetzner.domain.placement_groups import AsyncPlacementGroup as PlacementGroup
    from hetzner.domain.servers import AsyncServer as Server
    from hetzner.domain.ssh_keys import AsyncSSHKey as SSHKey

__all__ = ["Firewall", "Image", "Location", "Network", "PlacementGroup", "SSHKey", "Server", "ServerType"]


def __getattr__(name: str) -> Any:
    from hetzner import RECORDS

    if name not in RECORDS:
        raise AttributeError(f"module 'hetzner.aio' has no attribute '{name}'")
    found = globals()[name] = getattr(import_module(f"hetzner.{RECORDS[name]}"), f"Async{name}")
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
