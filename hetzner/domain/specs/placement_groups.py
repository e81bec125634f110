"""What may be wanted of a placement group.

https://docs.hetzner.cloud/reference/cloud#placement-groups
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from typing_extensions import TypedDict

from hetzner.domain.specs.drawing import Role
from hetzner.domain.specs.facts import replace
from hetzner.domain.specs.kind import STRICT, Kind, Names
from hetzner.domain.specs.labels import Labels, declared


class PlacementGroupSpec(TypedDict, total=False):
    """What may be wanted of a placement group."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    type: Annotated[Literal["spread"], replace("the type is fixed at creation"), "`spread`, the only one."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class PlacementGroupKind(Kind):
    """Placement groups."""

    name, singular, spec = "placement_groups", "placement_group", PlacementGroupSpec
    usual: ClassVar = {"type": "spread"}
    role = Role.OUTLINE
    code = "grp"
    attributes: ClassVar = {"id": lambda group: group.id, "name": lambda group: group.name}

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create; there is only one type."""
        return {"type": "spread", **spec}

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a group as the API shows it in the terms of the spec."""
        return {"type": actual.type, "labels": declared(actual.labels)}

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield what it does."""
        yield spec.get("type", "spread")


KIND = PlacementGroupKind()
