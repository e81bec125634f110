"""How to get there: infrastructure as YAML, planned against what is there and carried out."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetzner.apply.choice import Options as Options
    from hetzner.apply.consent import Refused as Refused
    from hetzner.apply.converge import Prepared as Prepared
    from hetzner.apply.converge import load as load
    from hetzner.apply.converge import prepare as prepare
    from hetzner.apply.document import Document as Document
    from hetzner.apply.document import DocumentError as DocumentError
    from hetzner.apply.execute import Result as Result
    from hetzner.apply.plans import Plan as Plan
    from hetzner.apply.scripting import Drifted as Drifted
    from hetzner.apply.scripting import apply as apply
    from hetzner.apply.scripting import declare as declare
    from hetzner.apply.scripting import plan as plan

_HOMES = {
    "load": "converge",
    "prepare": "converge",
    "Prepared": "converge",
    "Plan": "plans",
    "Document": "document",
    "DocumentError": "document",
    "Result": "execute",
    "declare": "scripting",
    "plan": "scripting",
    "apply": "scripting",
    "Refused": "consent",
    "Drifted": "scripting",
    "Options": "choice",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"hetzner.apply.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'hetzner.apply' has no attribute '{name}'")
