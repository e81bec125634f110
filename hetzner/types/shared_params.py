"""The same as :mod:`hetzner.types.shared`, as plain data."""

from hetzner._lazy import exports

__getattr__, __dir__, __all__ = exports(__name__)
