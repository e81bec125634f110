"""What the parts of ``client.certificates`` take and answer."""

from hetzner._lazy import exports

__getattr__, __dir__, __all__ = exports(__name__)
