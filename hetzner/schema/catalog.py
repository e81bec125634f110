"""Every collection of the API, one line each; a collection's module is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from hetzner._faces import IO, Face
from hetzner.schema.at_rest import loaded

if TYPE_CHECKING:
    from hetzner.schema.actions import Actions
    from hetzner.schema.certificates import Certificates
    from hetzner.schema.collection import Collection
    from hetzner.schema.datacenters import Datacenters
    from hetzner.schema.firewalls import Firewalls
    from hetzner.schema.floating_ips import FloatingIPs
    from hetzner.schema.images import Images
    from hetzner.schema.isos import ISOs
    from hetzner.schema.load_balancer_types import LoadBalancerTypes
    from hetzner.schema.load_balancers import LoadBalancers
    from hetzner.schema.locations import Locations
    from hetzner.schema.networks import Networks
    from hetzner.schema.operation import Operation
    from hetzner.schema.placement_groups import PlacementGroups
    from hetzner.schema.pricing import Pricing
    from hetzner.schema.primary_ips import PrimaryIPs
    from hetzner.schema.server_types import ServerTypes
    from hetzner.schema.servers import Servers
    from hetzner.schema.ssh_keys import SSHKeys
    from hetzner.schema.storage_box_types import StorageBoxTypes
    from hetzner.schema.storage_boxes import StorageBoxes
    from hetzner.schema.volumes import Volumes
    from hetzner.schema.zones import Zones


class Catalog(Face[IO]):
    """The collections of the API as attributes."""

    actions: Actions[IO]
    servers: Servers[IO]
    server_types: ServerTypes[IO]
    images: Images[IO]
    isos: ISOs[IO]
    placement_groups: PlacementGroups[IO]
    primary_ips: PrimaryIPs[IO]
    volumes: Volumes[IO]
    floating_ips: FloatingIPs[IO]
    firewalls: Firewalls[IO]
    load_balancers: LoadBalancers[IO]
    load_balancer_types: LoadBalancerTypes[IO]
    networks: Networks[IO]
    certificates: Certificates[IO]
    ssh_keys: SSHKeys[IO]
    locations: Locations[IO]
    datacenters: Datacenters[IO]
    pricing: Pricing[IO]
    zones: Zones[IO]
    storage_boxes: StorageBoxes[IO]
    storage_box_types: StorageBoxTypes[IO]

    def __init__(self, core: Any, blocking: bool) -> None:
        self._core, self._blocking = core, blocking

    def __getattr__(self, name: str) -> Any:
        if name not in Catalog.__annotations__:
            from hetzner.schema.operation import near

            hint = near(name, Catalog.__annotations__)
            raise AttributeError(f"'{type(self).__name__}' has no collection '{name}'{hint}")
        collection = self.__dict__[name] = collection_class(name)(self._core, self._blocking)
        return collection


def collection_names() -> tuple[str, ...]:
    """Return the names of all collections."""
    return tuple(Catalog.__annotations__)


def class_names() -> dict[str, str]:
    """Return what the class of each collection is called."""
    return {name: str(written).partition("[")[0] for name, written in Catalog.__annotations__.items()}


def collection_class(name: str) -> type[Collection[Any]]:
    """Load the class of a collection."""
    module = loaded(f"hetzner.schema.{name}")
    return cast("type[Collection[Any]]", getattr(module, class_names()[name]))


def operations() -> tuple[Operation, ...]:
    """Return every declared operation of the API."""
    return tuple(
        operation for name in collection_names() for operation in collection_class(name).operations()
    )
