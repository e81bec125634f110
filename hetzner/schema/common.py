"""What many kinds have in common."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal, Required

from hetzner.schema.model import Model, Shared
from hetzner.schema.operation import Options

Name = Annotated[str, "Name, unique in the project."]
Labels = Annotated[Mapping[str, str], "Labels: your own key/value pairs; they replace all the object has."]
Selector = Annotated[str, "Label selector, such as `env=prod,role in (web,db)`."]
Sort = Literal[
    "id", "id:asc", "id:desc", "name", "name:asc", "name:desc", "created", "created:asc", "created:desc"
]
SortByAge = Literal["id", "id:asc", "id:desc", "created", "created:asc", "created:desc"]
IdOrName = str | int
IPType = Literal["ipv4", "ipv6"]
SshKeys = Annotated[
    Sequence[IdOrName], "SSH keys to inject, by id or name; with none given a root password is made."
]


class PageParams(Options, total=False):
    """Which page of a list."""

    page: Annotated[int, "Number of the page, from 1."]
    per_page: Annotated[int, "Items a page, at most 50."]


class NamedListParams(PageParams, total=False):
    """What narrows the list of a kind that has names."""

    name: Annotated[str, "Only the one with exactly this name."]


class LabelledListParams(NamedListParams, total=False):
    """What narrows and sorts the list of a kind that has names and labels."""

    label_selector: Selector
    sort: Annotated[Sort | Sequence[Sort], "Order; repeat for secondary keys."]


class UpdateParams(Options, total=False):
    """What an update of a kind with name and labels takes."""

    name: Annotated[str, "New name, unique in the project."]
    labels: Labels


class ActionChangeProtectionParams(Options, total=False):
    """What is forbidden from now on."""

    delete: Annotated[bool, "Forbid deletion."]


class ActionChangeDNSPtrParams(Options, total=False):
    """The reverse DNS name of one address."""

    ip: Required[Annotated[str, "The address."]]
    dns_ptr: Required[Annotated[str | None, "The name; None goes back to the default."]]


class Protection(Shared):
    """What is forbidden until the protection is taken off."""

    delete: bool


class DeprecationInfo(Shared):
    """When something was announced to go, and from when it cannot be ordered any more."""

    announced: datetime
    unavailable_after: datetime


class DNSPtr(Model):
    """The reverse DNS name of one address."""

    ip: str
    dns_ptr: str


class Price(Model):
    """A price as decimal text, without and with VAT."""

    net: str
    gross: str


class LocationPrice(Model):
    """What a type costs in one location."""

    location: str
    price_hourly: Price
    price_monthly: Price
    included_traffic: int
    price_per_tb_traffic: Price
