"""Hetzner Cloud from Python: a client for every operation, active records, and infrastructure as YAML.

Nothing heavy is loaded until it is used: ``import hetzner`` costs one millisecond.
"""

from __future__ import annotations

TYPE_CHECKING = False
"""True for type checkers; the one of ``typing`` costs four times what all else here does."""

if TYPE_CHECKING:
    from types import NoneType as NoneType
    from typing import Any

    from hetzner import types as types
    from hetzner.api.client import AsyncHetzner as AsyncHetzner
    from hetzner.api.client import Hetzner as Hetzner
    from hetzner.api.connections import ProxiesTypes as ProxiesTypes
    from hetzner.api.connections import Timeout as Timeout
    from hetzner.api.connections import Transport as Transport
    from hetzner.api.errors import ActionFailed as ActionFailed
    from hetzner.api.errors import ActionTimeout as ActionTimeout
    from hetzner.api.errors import APIConnectionError as APIConnectionError
    from hetzner.api.errors import APIError as APIError
    from hetzner.api.errors import APIResponseValidationError as APIResponseValidationError
    from hetzner.api.errors import APIStatusError as APIStatusError
    from hetzner.api.errors import APITimeoutError as APITimeoutError
    from hetzner.api.errors import AuthenticationError as AuthenticationError
    from hetzner.api.errors import BadRequestError as BadRequestError
    from hetzner.api.errors import ConfigError as ConfigError
    from hetzner.api.errors import ConflictError as ConflictError
    from hetzner.api.errors import HetznerError as HetznerError
    from hetzner.api.errors import InternalServerError as InternalServerError
    from hetzner.api.errors import NotFoundError as NotFoundError
    from hetzner.api.errors import PermissionDeniedError as PermissionDeniedError
    from hetzner.api.errors import RateLimitError as RateLimitError
    from hetzner.api.errors import UnprocessableEntityError as UnprocessableEntityError
    from hetzner.api.message import Response as Response
    from hetzner.api.raw import RequestOptions as RequestOptions
    from hetzner.domain.catalogue import ISO as ISO
    from hetzner.domain.catalogue import LoadBalancerType as LoadBalancerType
    from hetzner.domain.catalogue import Location as Location
    from hetzner.domain.catalogue import ServerType as ServerType
    from hetzner.domain.certificates import Certificate as Certificate
    from hetzner.domain.cloud_init import CloudInitFailed as CloudInitFailed
    from hetzner.domain.firewalls import Firewall as Firewall
    from hetzner.domain.floating_ips import FloatingIP as FloatingIP
    from hetzner.domain.images import Image as Image
    from hetzner.domain.load_balancers import LoadBalancer as LoadBalancer
    from hetzner.domain.lookup import Ambiguous as Ambiguous
    from hetzner.domain.lookup import NotFound as NotFound
    from hetzner.domain.making import Ensured as Ensured
    from hetzner.domain.money import Amount as Amount
    from hetzner.domain.money import Cost as Cost
    from hetzner.domain.networks import Network as Network
    from hetzner.domain.placement_groups import PlacementGroup as PlacementGroup
    from hetzner.domain.pricing import Pricing as Pricing
    from hetzner.domain.primary_ips import PrimaryIP as PrimaryIP
    from hetzner.domain.project import using as using
    from hetzner.domain.reaching import Unreachable as Unreachable
    from hetzner.domain.reference import Ref as Ref
    from hetzner.domain.rrsets import RRSet as RRSet
    from hetzner.domain.selectors import Labels as Labels
    from hetzner.domain.servers import Server as Server
    from hetzner.domain.ssh_keys import SSHKey as SSHKey
    from hetzner.domain.storage_box_parts import StorageBoxSnapshot as StorageBoxSnapshot
    from hetzner.domain.storage_box_parts import StorageBoxSubaccount as StorageBoxSubaccount
    from hetzner.domain.storage_boxes import StorageBox as StorageBox
    from hetzner.domain.storage_boxes import StorageBoxType as StorageBoxType
    from hetzner.domain.sweeping import Swept as Swept
    from hetzner.domain.sweeping import sweep as sweep
    from hetzner.domain.together import wait as wait
    from hetzner.domain.volumes import Volume as Volume
    from hetzner.domain.zones import Zone as Zone

    Client = Hetzner
    AsyncClient = AsyncHetzner

__title__ = "hetzner"
__version__ = "0.1.0"
"""The one place where it is written; looking it up in what is installed costs 10 ms."""

_ERRORS = [
    "HetznerError",
    "ConfigError",
    "APIError",
    "APIConnectionError",
    "APITimeoutError",
    "APIResponseValidationError",
    "APIStatusError",
    "BadRequestError",
    "AuthenticationError",
    "PermissionDeniedError",
    "NotFoundError",
    "ConflictError",
    "UnprocessableEntityError",
    "RateLimitError",
    "InternalServerError",
    "ActionFailed",
    "ActionTimeout",
]

RECORDS = {
    "Server": "domain.servers",
    "Firewall": "domain.firewalls",
    "Network": "domain.networks",
    "SSHKey": "domain.ssh_keys",
    "PlacementGroup": "domain.placement_groups",
    "Volume": "domain.volumes",
    "PrimaryIP": "domain.primary_ips",
    "FloatingIP": "domain.floating_ips",
    "Certificate": "domain.certificates",
    "LoadBalancer": "domain.load_balancers",
    "Zone": "domain.zones",
    "RRSet": "domain.rrsets",
    "StorageBox": "domain.storage_boxes",
    "StorageBoxSnapshot": "domain.storage_box_parts",
    "StorageBoxSubaccount": "domain.storage_box_parts",
    "Image": "domain.images",
    "ServerType": "domain.catalogue",
    "LoadBalancerType": "domain.catalogue",
    "StorageBoxType": "domain.storage_boxes",
    "ISO": "domain.catalogue",
    "Location": "domain.catalogue",
    "Pricing": "domain.pricing",
}
"""The active records and their modules; :mod:`hetzner.aio` has the same names."""

_HOMES = {
    **RECORDS,
    "Ambiguous": "domain.lookup",
    "Amount": "domain.money",
    "Cost": "domain.money",
    "Ensured": "domain.making",
    "Labels": "domain.selectors",
    "Ref": "domain.reference",
    "Swept": "domain.sweeping",
    "CloudInitFailed": "domain.cloud_init",
    "NotFound": "domain.lookup",
    "using": "domain.project",
    "Unreachable": "domain.reaching",
    "sweep": "domain.sweeping",
    "wait": "domain.together",
    "Hetzner": "api.client",
    "AsyncHetzner": "api.client",
    "Response": "api.message",
    "RequestOptions": "api.raw",
    "Timeout": "api.connections",
    "Transport": "api.connections",
    "ProxiesTypes": "api.connections",
    **dict.fromkeys(_ERRORS, "api.errors"),
}
_OTHER_NAMES = {"Client": "Hetzner", "AsyncClient": "AsyncHetzner"}


if not TYPE_CHECKING:  # a name that is none shall not pass a type checker
    NoneType = type(None)
    __all__ = sorted([*_HOMES, *_OTHER_NAMES, "NoneType", "__title__", "__version__", "types"])

    def __getattr__(name: str) -> Any:
        if name == "types":
            from importlib import import_module

            return import_module("hetzner.types")
        home = _HOMES.get(_OTHER_NAMES.get(name, name))
        if home is None:
            raise AttributeError(f"module 'hetzner' has no attribute '{name}'")
        from hetzner.schema.at_rest import loaded

        found = globals()[name] = getattr(loaded(f"hetzner.{home}"), _OTHER_NAMES.get(name, name))
        return found

    def __dir__() -> list[str]:
        return __all__
