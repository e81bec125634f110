"""How load balancers are drawn: with their services, and lines to their targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hetzner.domain.specs.drawing import Link, Role, given, items, maps
from hetzner.domain.specs.kind import Kind


class LoadBalancerPicture(Kind):
    """Load balancers in a picture."""

    role = Role.ENTRY

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield its size and place, what it listens on, and targets that are elsewhere."""
        yield from given(spec, "load_balancer_type", "location" if spec.get("location") else "network_zone")
        yield from map(_service, items(spec.get("services")))
        for target in maps(spec.get("targets")):
            if "ip" in target and "server" not in target:
                yield f"to {target['ip']}"

    def is_public(self, spec: Mapping[str, Any]) -> bool:
        """Tell whether it has a public side."""
        return spec.get("public_interface") is not False

    def links(self, name: str, spec: Mapping[str, Any]) -> Iterator[Link]:
        """Yield its targets, with the ports that they are reached on, and what else it refers to."""
        ports = ", ".join(dict.fromkeys(_port(each) for each in items(spec.get("services"))))
        for target in maps(spec.get("targets")):
            if target.get("server") is not None:
                yield Link("servers", target["server"], label=ports)
            elif target.get("label_selector"):
                yield Link("servers", selector=str(target["label_selector"]), label=ports)
            else:
                yield Link(value=target.get("ip"), label=ports)
        yield from (link for link in super().links(name, spec) if link.kind != "servers")


def _service(service: Any) -> str:
    if not isinstance(service, Mapping):
        return str(service)
    listens = f"{service.get('protocol')} {service.get('listen_port')}"
    there = service.get("destination_port")
    return f"{listens} → {there}" if there else listens


def _port(service: Any) -> str:
    given = service if isinstance(service, Mapping) else {}
    return f":{given.get('destination_port') or given.get('listen_port')}"
