"""What the API is: one file a kind holds what may be asked, what is answered, and the operations."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.schema.catalog import Catalog as Catalog
    from hetzner.schema.catalog import operations as operations
    from hetzner.schema.operation import Operation as Operation
    from hetzner.schema.operation import Parameter as Parameter

_HOMES = {"Catalog": "catalog", "operations": "catalog", "Operation": "operation", "Parameter": "operation"}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"hetzner.schema.{_HOMES[name]}"), name)
    raise AttributeError(name)
