"""Every collection of the API, one line each; a collection's module is loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from hetzner._faces import IO, Face

if TYPE_CHECKING:
    from hetzner.schema.actions import Actions
    from hetzner.schema.collection import Collection
    from hetzner.schema.firewalls import Firewalls
    from hetzner.schema.images import Images
    from hetzner.schema.isos import ISOs
    from hetzner.schema.locations import Locations
    from hetzner.schema.networks import Networks
    from hetzner.schema.operation import Operation
    from hetzner.schema.placement_groups import PlacementGroups
    from hetzner.schema.pricing import Pricing
    from hetzner.schema.server_types import ServerTypes
    from hetzner.schema.servers import Servers
    from hetzner.schema.ssh_keys import SSHKeys


class Catalog(Face[IO]):
    """The collections of the API as attributes."""

    actions: Actions[IO]
    servers: Servers[IO]
    server_types: ServerTypes[IO]
    images: Images[IO]
    isos: ISOs[IO]
    placement_groups: PlacementGroups[IO]
    firewalls: Firewalls[IO]
    networks: Networks[IO]
    ssh_keys: SSHKeys[IO]
    locations: Locations[IO]
    pricing: Pricing[IO]

    def __init__(self, core: Any, blocking: bool) -> None:
        self._core, self._blocking = core, blocking

    def __getattr__(self, name: str) -> Any:
        if name not in Catalog.__annotations__:
            raise AttributeError(f"'{type(self).__name__}' has no collection '{name}'")
        collection = self.__dict__[name] = collection_class(name)(self._core, self._blocking)
        return collection


def collection_names() -> tuple[str, ...]:
    """Return the names of all collections."""
    return tuple(Catalog.__annotations__)


def collection_class(name: str) -> type[Collection[Any]]:
    """Load the class of a collection."""
    class_name = str(Catalog.__annotations__[name]).partition("[")[0]
    return cast("type[Collection[Any]]", getattr(import_module(f"hetzner.schema.{name}"), class_name))


def operations() -> tuple[Operation, ...]:
    """Return every declared operation of the API."""
    return tuple(operation for name in collection_names() for operation in collection_class(name).operations())
