"""What may be wanted of a storage box, its subaccounts included.

https://docs.hetzner.cloud/reference/hetzner#storage-boxes
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Required

from pydantic import AfterValidator, BeforeValidator, Field
from typing_extensions import TypedDict

from hetzner.domain.money import Cost
from hetzner.domain.reference import Attribute, Named, Ref, plain
from hetzner.domain.shapes import NAME, Short
from hetzner.domain.specs import storage_box_changes as change
from hetzner.domain.specs.drawing import Role, entries, given
from hetzner.domain.specs.facts import NOTE, Call, Refers, by, replace
from hetzner.domain.specs.kind import STRICT, Kind, Names
from hetzner.domain.specs.labels import PREFIX, Labels, declared, fingerprint
from hetzner.domain.specs.passwords import Kept, password_mark
from hetzner.domain.specs.protection import protected, protection
from hetzner.domain.specs.seen import Seen, seen
from hetzner.domain.specs.tariff import Tariff

PUBLIC_KEY = re.compile(r"(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ \S+(?: .*)?")
PASSWORD = PREFIX + "password"
"""The label with the fingerprint of the password."""
HOME = r"^[a-zA-Z0-9 ._-][a-zA-Z0-9 ./_-]{0,998}$"


class AccessSettings(TypedDict, total=False):
    """By which ways a storage box can be reached; what is left out is off."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    reachable_externally: bool
    samba_enabled: bool
    ssh_enabled: bool
    webdav_enabled: bool
    zfs_enabled: bool


class SubaccountAccessSettings(TypedDict, total=False):
    """By which ways a subaccount can be reached; what is left out is off."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    reachable_externally: bool
    samba_enabled: bool
    ssh_enabled: bool
    webdav_enabled: bool
    readonly: bool


class SnapshotPlan(TypedDict, total=False):
    """When snapshots are made by themselves; times are UTC."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    max_snapshots: Required[Annotated[int, Field(ge=1), "How many to keep; the oldest goes first."]]
    minute: Required[Annotated[int, Field(ge=0, le=59), "Minute."]]
    hour: Required[Annotated[int, Field(ge=0, le=23), "Hour."]]
    day_of_week: Annotated[Annotated[int, Field(ge=1, le=7)] | None, "From 1 for Monday; else every day."]
    day_of_month: Annotated[Annotated[int, Field(ge=1, le=31)] | None, "Day of the month; else every day."]


def _every_day(plan: Any) -> Any:
    """Spell out what a plan without days means, so that a plan with days is another one."""
    return plan and {"day_of_week": None, "day_of_month": None, **plan}


class SubaccountSpec(TypedDict, total=False):
    """A further user of a storage box."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    home_directory: Required[Annotated[str, Field(pattern=HOME), "Folder it sees."]]
    password: Required[Annotated[str, "Its password."]]
    description: Annotated[str, Field(max_length=1000), "What it is for."]
    access_settings: Annotated[SubaccountAccessSettings, "By which ways it can be reached."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class KeySpec(TypedDict, total=False):
    """A public key: one of the project, or the key itself."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    ssh_key: Ref
    public_key: str


def _keys(value: Any) -> Any:
    """Take names, ids, objects and public keys, one or several."""
    return [_key(each) for each in (value if isinstance(value, list | tuple) else [value])]


def _key(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value
    is_key = isinstance(value, str) and PUBLIC_KEY.fullmatch(value.strip())
    return {"public_key": value.strip()} if is_key else {"ssh_key": value}


if TYPE_CHECKING:  # what may be written; at run time it is what that becomes
    Keys = Ref | Sequence[Ref | KeySpec]
    Plan = SnapshotPlan | None
else:
    Keys = Annotated[list[Annotated[KeySpec, Short(NAME)]], BeforeValidator(_keys), Short(NAME)]
    Plan = Annotated[SnapshotPlan | None, AfterValidator(_every_day)]


class StorageBoxOptions(TypedDict, total=False):
    """What may be wanted of a storage box besides its name and type."""

    location: Required[
        Annotated[Ref, Refers("locations"), replace("location is fixed at creation"), "Where it stands."]
    ]
    password: Required[
        Annotated[
            str,
            by(change.password),
            "Of 12 to 128 characters: upper and lower case, a digit and a special one.",
        ]
    ]
    ssh_keys: Annotated[
        Keys, Refers("ssh_keys", inside=("ssh_key",)), NOTE, "Keys that it accepts: of the project, or texts."
    ]
    access_settings: Annotated[AccessSettings, by(change.access_settings), "By which ways it can be reached."]
    snapshot_plan: Annotated[Plan, by(change.snapshot_plan), "When snapshots are made by themselves."]
    subaccounts: Annotated[
        dict[str, SubaccountSpec], by(change.subaccounts), "Further users, by name; others stay."
    ]
    protect: Annotated[bool, by(protection), "Forbid deletion."]
    labels: Annotated[Labels, "Your own key/value pairs."]


class StorageBoxSpec(StorageBoxOptions, total=False):
    """What may be wanted of a storage box."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    storage_box_type: Required[
        Annotated[Ref, Refers("storage_box_types"), by(change.storage_box_type), "Its size, such as `bx11`."]
    ]


class StorageBoxKind(Kind):
    """Storage boxes."""

    billed, sold_as = True, "storage_box_type"
    name, singular, spec, seconds = "storage_boxes", "storage_box", StorageBoxSpec, 60.0
    role = Role.STORE
    code = "box"
    parts: ClassVar = {"subaccounts": "subaccounts"}
    marked = frozenset({"password", "subaccounts"})
    inline = frozenset({"password", "access_settings", "labels"})
    attributes: ClassVar = {
        "id": lambda box: box.id,
        "name": lambda box: box.name,
        "server": lambda box: box.server,
        "username": lambda box: box.username,
    }

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create; the plan and the subaccounts come afterwards."""
        made = super().arguments(spec)
        made |= {name: plain(spec[name]) for name in ("storage_box_type", "location") if name in spec}
        if spec.get("ssh_keys"):
            made["ssh_keys"] = [_public(key) for key in spec["ssh_keys"]]
        return made

    def afterwards(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Set the snapshot plan, make the subaccounts, then protect."""
        of = Named(self.name, name)
        calls = [change.plan(of, spec["snapshot_plan"])] if spec.get("snapshot_plan") else []
        calls += [change.subaccount(of, who, wanted) for who, wanted in spec.get("subaccounts", {}).items()]
        return [*calls, *([protected(of, True)] if spec.get("protect") else [])]

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield its size and place, how it is reached, and whether from outside."""
        yield from given(spec, "storage_box_type", "location")
        ways = dict(entries(spec.get("access_settings")))
        yield from (
            way.removesuffix("_enabled") for way in ways if way.endswith("_enabled") and ways[way] is True
        )
        if ways.get("reachable_externally") is True:
            yield "from outside"

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a storage box as the API shows it in the terms of the spec.

        Its subaccounts are told when they were loaded into an attribute ``subaccounts`` of it.
        """
        have = {
            "storage_box_type": seen(actual.storage_box_type),
            "location": seen(actual.location),
            "access_settings": actual.access_settings.to_dict(),
            "snapshot_plan": actual.snapshot_plan and actual.snapshot_plan.to_dict(),
            "protect": actual.protection.delete,
            "labels": declared(actual.labels),
        }
        have["password"] = Kept(actual.labels.get(PASSWORD, ""))
        accounts = getattr(actual, "subaccounts", None)
        if accounts is not None:
            have["subaccounts"] = {Seen(each.id, each.name): _seen(each, actual) for each in accounts}
        return have

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a storage box, and of its subaccounts, without their passwords."""
        own = {name: value for name, value in have.items() if name != "password"}
        accounts = {name: _without_password(each) for name, each in have.get("subaccounts", {}).items()}
        return super().declare({**own, "subaccounts": accounts})

    def withheld(self, spec: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
        """Yield its password and those of its subaccounts."""
        yield from super().withheld(spec)
        yield from (("subaccounts", who, "password") for who in spec.get("subaccounts", ()))

    def marks(self, spec: Mapping[str, Any], of: str) -> dict[str, str]:
        """Return fingerprints of the keys and the passwords, those of subaccounts by their names."""
        found = {PASSWORD: password_mark(spec["password"], of)} if "password" in spec else {}
        for who, wanted in spec.get("subaccounts", {}).items():
            found[_label(who)] = password_mark(wanted["password"], f"{of}/{who}")
        if "ssh_keys" in spec:
            keys = [str(plain(key.get("ssh_key", key.get("public_key")))) for key in spec["ssh_keys"]]
            found[PREFIX + "ssh-keys"] = fingerprint("\n".join(sorted(keys)))
        return found

    def cost(self, spec: Mapping[str, Any], tariff: Tariff) -> Cost | None:
        """Return the price of the type."""
        return tariff.of_type("storage_box_types", spec.get("storage_box_type"), spec.get("location"))

    def data(self, actual: Any) -> str:
        """Return what is stored, as far as the API tells."""
        stored = getattr(actual.stats, "size", None)
        return (
            "all files and snapshots" if stored is None else f"{stored / 1e9:.1f} GB of files and snapshots"
        )

    def is_unsettled(self, actual: Any) -> bool:
        """Tell whether a storage box is not ready, or locked."""
        return bool(actual.status != "active")

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if wrong := weakness(spec["password"]):
            yield ("password",), f"the password of '{name}' {wrong}"
        for who, wanted in spec.get("subaccounts", {}).items():
            if wrong := weakness(wanted["password"]):
                yield ("subaccounts", who, "password"), f"the password of the subaccount '{who}' {wrong}"
            if ".." in str(wanted["home_directory"]).split("/"):
                yield ("subaccounts", who, "home_directory"), "it must not lead out of the storage box"


def weakness(password: str) -> str:
    """Tell why the API would refuse a password, without showing any of it, or nothing."""
    if not 12 <= len(password) <= 128:
        return "must have 12 to 128 characters"
    kinds = (str.isupper, str.islower, str.isdigit, lambda letter: not letter.isalnum())
    if not all(any(is_one(letter) for letter in password) for is_one in kinds):
        return "must have an upper and a lower case letter, a digit and a special character"
    return ""


def _public(key: Mapping[str, Any]) -> Any:
    if "public_key" in key:
        return key["public_key"]
    return Attribute(Named("ssh_keys", key["ssh_key"]), "public_key")


def _label(who: str) -> str:
    """Return the label of the box that has the fingerprint of a subaccount's password."""
    return f"{PREFIX}subaccounts-{fingerprint(who)}"


def _without_password(account: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in account.items() if name != "password"}


def _seen(account: Any, box: Any) -> dict[str, Any]:
    return {
        "password": Kept(box.labels.get(_label(account.name), "")),
        "home_directory": account.home_directory,
        "description": account.description,
        "access_settings": account.access_settings.to_dict(),
        "labels": declared(account.labels),
    }


KIND = StorageBoxKind()
