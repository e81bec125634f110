"""The pages of the documented client that have a name in each face; :mod:`hetzner.types` has all pages.

A page knows which client it came from: ``isinstance(page, SyncServersPage)`` tells whether its next page is
returned, ``isinstance(page, AsyncServersPage)`` whether it is awaited.
"""

from typing import TYPE_CHECKING, Any

from pydantic import PrivateAttr

from hetzner._faces import Async, Sync
from hetzner.schema.floating_ips import FloatingIPsPage
from hetzner.schema.servers import ServersPage

__all__ = ["AsyncFloatingIPsPage", "AsyncServersPage", "SyncFloatingIPsPage", "SyncServersPage"]

if TYPE_CHECKING:
    SyncServersPage = ServersPage[Sync]
    AsyncServersPage = ServersPage[Async]
    SyncFloatingIPsPage = FloatingIPsPage[Sync]
    AsyncFloatingIPsPage = FloatingIPsPage[Async]
else:

    class _OneFace(type(ServersPage)):
        def __instancecheck__(cls, page: Any) -> bool:
            return (
                isinstance(page, cls.__base__)
                and page._blocking is cls.__private_attributes__["_blocking"].default
            )

    def _page(name: str, kind: type, blocking: bool) -> type:
        facts = {"__module__": __name__, "__doc__": kind.__doc__, "_blocking": PrivateAttr(blocking)}
        return _OneFace(name, (kind,), facts)

    SyncServersPage = _page("SyncServersPage", ServersPage, True)
    AsyncServersPage = _page("AsyncServersPage", ServersPage, False)
    SyncFloatingIPsPage = _page("SyncFloatingIPsPage", FloatingIPsPage, True)
    AsyncFloatingIPsPage = _page("AsyncFloatingIPsPage", FloatingIPsPage, False)
