"""Every type of the API by name: what answers hold, what may be asked, what lists are narrowed by.

``hetzner.types.Server`` is what the API tells of a server; ``hetzner.Server`` is a record that can act.
What parts of a collection take and answer is in a module of its own (``hetzner.types.servers``).
"""

from hetzner._lazy import exports

__getattr__, __dir__, __all__ = exports(__name__)
