"""The parts of what may be wanted of a server that are more than a name: what may be written for each."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Required

from pydantic import AfterValidator, BeforeValidator
from typing_extensions import TypedDict

from hetzner.domain.reference import Address, Addresses, Ref, Refs, Selector
from hetzner.domain.shapes import BOOLEAN, NAME, NAMES, NOTHING, TEXT, Short
from hetzner.domain.specs.attaching import attachments
from hetzner.domain.specs.kind import STRICT
from hetzner.domain.specs.labels import Selector as Labelled


class Attachment(TypedDict, total=False):
    """What is wanted of a server in one network; addresses that are not given are picked."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ip: Annotated[Address, "Address in the network."]
    alias_ips: Annotated[Addresses, "Further addresses."]


_SWITCH = {"yes": True, "on": True, "no": False, "off": False}


def _side(value: Any) -> Any:
    """Take the words for yes and no, which are text in YAML 1.2, not as names."""
    return _SWITCH.get(value.lower(), value) if type(value) is str else value


class PublicNet(TypedDict, total=False):
    """The public side: whether there is an address, or which primary IP it is."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ipv4: Annotated[bool | Ref, BeforeValidator(_side), "Yes, no, or a primary IP."]
    ipv6: Annotated[bool | Ref, BeforeValidator(_side), "Yes, no, or a primary IP."]


class ReverseNames(TypedDict, total=False):
    """Reverse DNS names of the public addresses; `ipv6` is that of the first address, `::1`."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ipv4: str | None
    ipv6: str | None


class ImageSelector(TypedDict, total=False):
    """An image by its labels: a snapshot or a backup of this project."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    label_selector: Required[Annotated[Labelled, "Labels that it has, such as `app=shop`."]]
    most_recent: Annotated[bool, "Take the newest one of several; else several are an error."]
    type: Annotated[Literal["snapshot", "backup"], "Only one of this type."]
    architecture: Annotated[Literal["x86", "arm"], "Only one for this kind of processor."]


def _reverse(value: Any) -> Any:
    return {"ipv4": value} if isinstance(value, str) else value


def _selector(value: Mapping[str, Any]) -> Selector:
    filters = {name: text for name, text in value.items() if name in ("type", "architecture")}
    return Selector(value["label_selector"], value.get("most_recent", False), tuple(filters.items()))


def _power(value: Any) -> Any:
    """Take yes and no as well: some write `on` where YAML means a boolean by it."""
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else value


if TYPE_CHECKING:  # what may be written; at run time each type is what that becomes
    Networks = Refs | Mapping[Any, Attachment | Address | None]
    Reverse = ReverseNames | str
    Image = Ref | ImageSelector
    Power = Literal["on", "off"]
else:
    Networks = Annotated[
        dict[str | int, Annotated[Attachment, Short(TEXT, NOTHING)]],
        BeforeValidator(attachments),
        Short(NAME, NAMES),
    ]
    Reverse = Annotated[ReverseNames, BeforeValidator(_reverse), Short(TEXT)]
    Image = Ref | Annotated[ImageSelector, AfterValidator(_selector)]
    Power = Annotated[Literal["on", "off"], BeforeValidator(_power), Short(BOOLEAN)]
