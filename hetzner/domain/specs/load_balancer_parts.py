"""The parts of what may be wanted of a load balancer that are more than a name, in all their forms."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator
from typing_extensions import TypedDict

from hetzner.domain.reference import Address, Ref, Refs
from hetzner.domain.shapes import NAME, NAMES, NOTHING, TEXT, Short
from hetzner.domain.specs.attaching import attachments
from hetzner.domain.specs.kind import STRICT


class Attachment(TypedDict, total=False):
    """What is wanted of a load balancer in a network; an address that is not given is picked."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ip: Annotated[Address, "Address in the network."]


class PublicNet(TypedDict, total=False):
    """Primary IPs to have as public addresses; each that is not given is made."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ipv4: Annotated[Ref, "A primary IP."]
    ipv6: Annotated[Ref, "A primary IP."]


def _algorithm(value: Any) -> Any:
    return value.get("type") if isinstance(value, Mapping) and value.keys() == {"type"} else value


if TYPE_CHECKING:  # what may be written; at run time each type is what that becomes
    Networks = Refs | Mapping[Any, Attachment | Address | None]
    Algorithm = Literal["round_robin", "least_connections"] | Mapping[str, str]
else:
    Networks = Annotated[
        dict[str | int, Annotated[Attachment, Short(TEXT, NOTHING)]],
        BeforeValidator(attachments),
        Short(NAME, NAMES),
    ]
    Algorithm = Annotated[
        Literal["round_robin", "least_connections"],
        BeforeValidator(_algorithm),
        Short({"type": "object", "properties": {"type": TEXT}, "required": ["type"]}),
    ]
