"""How servers are drawn: inside of their network, with firewalls and addresses as badges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.domain.specs.drawing import Link, Role, entries, given
from hetzner.domain.specs.kind import Kind


class ServerPicture(Kind):
    """Servers in a picture."""

    role = Role.MACHINE

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield its size, image and place, and that it has backups."""
        yield from given(spec, "server_type", "image", "location")
        if spec.get("backups") is True:
            yield "backups"

    def is_public(self, spec: Mapping[str, Any]) -> bool:
        """Tell whether it has a public address."""
        sides = dict(entries(spec.get("public_net")))
        return any(sides.get(side, True) is not False for side in ("ipv4", "ipv6"))

    def links(self, name: str, spec: Mapping[str, Any]) -> Iterator[Link]:
        """Yield what it refers to, its primary IPs included."""
        yield from super().links(name, spec)
        for _, ref in entries(spec.get("public_net")):
            if not isinstance(ref, bool):
                yield Link("primary_ips", ref)
