"""What several kinds have in common."""

from hetzner._lazy import exports

__getattr__, __dir__, __all__ = exports(__name__)
