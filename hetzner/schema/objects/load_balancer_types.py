"""A load balancer type, as it stands in a load balancer."""

from hetzner.schema.common import DeprecationInfo, LocationPrice
from hetzner.schema.model import Shared


class LoadBalancerType(Shared):
    """A size of load balancer."""

    id: int
    name: str
    description: str
    max_connections: int
    """Connections open at the same time."""
    max_services: int
    max_targets: int
    max_assigned_certificates: int
    deprecation: DeprecationInfo | None
    prices: list[LocationPrice]
