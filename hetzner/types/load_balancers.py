"""What the parts of ``client.load_balancers`` take and answer."""

from hetzner._lazy import exports

__getattr__, __dir__, __all__ = exports(__name__)
