"""What to say of an attribute that a record has not: what it is called here, or what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hetzner.schema.model import Model

GONE = {"datacenter": "the API removed 'datacenter' on 2026-07-01; read 'location' instead"}
"""What scripts still read of records."""
ELSEWHERE = {
    "get_by_name": "find",
    "get_by_id": "get",
    "get_all": "all",
    "get_list": "all",
    "list": "all",
    "reload": "refresh",
    "get_actions_list": "actions",
}
"""What other clients call it, where that is not near."""


def _told(owner: Any, called: str, name: str) -> str:
    """Say that an attribute is missing, and what may have been meant."""
    from difflib import get_close_matches  # only slips need it

    known = [each for each in dir(owner) if not each.startswith(("_", "model_"))]
    near = [ELSEWHERE[name]] if ELSEWHERE.get(name) in known else get_close_matches(name, known, 1)
    return f"{called} has no attribute {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")


if TYPE_CHECKING:
    Guided = Model
else:

    class _Guide(type(Model)):
        def __getattr__(cls, name):
            try:
                return super().__getattr__(name)
            except AttributeError:
                if name.startswith("_"):  # what libraries look for
                    raise
                raise AttributeError(_told(cls, f"class {cls.__name__!r}", name)) from None

    class Guided(Model, metaclass=_Guide):
        """A model that says what is near when somebody asks for what it has not."""

        def __getattr__(self, name):
            try:
                return super().__getattr__(name)
            except AttributeError:
                if name.startswith("_"):
                    raise
                if name in GONE:
                    raise AttributeError(f"{type(self).__name__}.{name}: {GONE[name]}") from None
                raise AttributeError(_told(self, f"{type(self).__name__!r} object", name)) from None
