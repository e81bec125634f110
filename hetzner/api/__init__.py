"""How to talk to the API: clients, retries, pages, waiting, errors.

Importing this room keeps httpx's own command line out: httpx imports it with itself, and it imports rich and
click, half of what importing httpx costs. ``httpx.main`` still works, it is loaded when it is called.
"""

import sys
from types import ModuleType

_COMMAND_LINE = "httpx._main"


def _main() -> None:
    """Run httpx's command line, loaded only now."""
    from importlib import import_module

    del sys.modules[_COMMAND_LINE]
    import_module(_COMMAND_LINE).main()


if "httpx" not in sys.modules:
    sys.modules[_COMMAND_LINE] = ModuleType(_COMMAND_LINE)
    sys.modules[_COMMAND_LINE].__dict__["main"] = _main
