"""How to get there: infrastructure as YAML, planned against what is there and carried out."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.apply.converge import Prepared as Prepared
    from hetzner.apply.converge import load as load
    from hetzner.apply.converge import prepare as prepare
    from hetzner.apply.planning import Options as Options
    from hetzner.apply.plans import Plan as Plan

_HOMES = {
    "load": "converge",
    "prepare": "converge",
    "Prepared": "converge",
    "Plan": "plans",
    "Options": "planning",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"hetzner.apply.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'hetzner.apply' has no attribute '{name}'")
