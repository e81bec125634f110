"""Storage box subaccounts: further users, each in a folder of its own.

https://docs.hetzner.cloud/reference/hetzner#storage-box-subaccounts
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Required, Unpack

from typing_extensions import TypedDict

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse
from hetzner.schema.collection import Collection
from hetzner.schema.common import Labels, Selector, SortByAge
from hetzner.schema.endpoint import action, delete, get, post, put
from hetzner.schema.facts import Repeat
from hetzner.schema.model import Model
from hetzner.schema.objects.actions import Action
from hetzner.schema.operation import Options

HomeDirectory = Annotated[str, "Folder it sees, of letters, digits, blanks and `.`, `/`, `_`, `-`."]
Password = Annotated[
    str, "Password of 12 to 128 characters: upper and lower case, a digit and a special one."
]


class StorageBoxSubaccountAccessSettings(Model):
    """By which ways a subaccount can be reached."""

    reachable_externally: bool
    """Whether from outside Hetzner's network."""
    samba_enabled: bool
    ssh_enabled: bool
    webdav_enabled: bool
    readonly: bool


class StorageBoxSubaccount(Model):
    """A further user of a storage box."""

    id: int
    storage_box: int
    name: str
    username: str
    home_directory: str
    server: str
    """Host name to connect to."""
    access_settings: StorageBoxSubaccountAccessSettings
    description: str
    labels: dict[str, str]
    created: datetime


class StorageBoxSubaccountReference(Model):
    """A subaccount that is being made."""

    id: int
    storage_box: int


class StorageBoxSubaccountAccessSettingsParam(TypedDict, total=False):
    """By which ways a subaccount can be reached; what is left out is off."""

    reachable_externally: bool
    samba_enabled: bool
    ssh_enabled: bool
    webdav_enabled: bool
    readonly: bool


class StorageBoxSubaccountCreateParams(Options, total=False):
    """What may be asked of a new subaccount."""

    home_directory: Required[HomeDirectory]
    password: Required[Password]
    name: Annotated[str, "Name, unique in the storage box (default: its user name)."]
    description: Annotated[str, "What it is for, at most 1000 characters."]
    labels: Labels
    access_settings: Annotated[StorageBoxSubaccountAccessSettingsParam, "By which ways it can be reached."]


class StorageBoxSubaccountUpdateParams(Options, total=False):
    """What can be changed of a subaccount; the rest changes by its actions."""

    name: Annotated[str, "New name, unique in the storage box."]
    description: Annotated[str, "What it is for, at most 1000 characters."]
    labels: Labels


class StorageBoxSubaccountListParams(Options, total=False):
    """What narrows and sorts the subaccounts of a storage box."""

    name: Annotated[str, "Only the one with exactly this name."]
    username: Annotated[str, "Only the one with exactly this user name."]
    label_selector: Selector
    sort: Annotated[SortByAge | Sequence[SortByAge], "Order; repeat for secondary keys."]


class ActionChangeHomeDirectoryParams(Options, total=False):
    """The new home of a subaccount."""

    home_directory: Required[HomeDirectory]


class ActionResetSubaccountPasswordParams(Options, total=False):
    """The new password of a subaccount."""

    password: Required[Password]


class ActionUpdateSubaccountAccessSettingsParams(Options, total=False):
    """By which ways a subaccount can be reached; what is left out stays."""

    reachable_externally: Annotated[bool, "Allow access from outside Hetzner's network."]
    samba_enabled: Annotated[bool, "Allow Samba."]
    ssh_enabled: Annotated[bool, "Allow SSH."]
    webdav_enabled: Annotated[bool, "Allow WebDAV."]
    readonly: Annotated[bool, "Forbid writing."]


class StorageBoxSubaccountCreateResponse(Model):
    """A subaccount that is being made."""

    subaccount: StorageBoxSubaccountReference
    action: Action


class StorageBoxSubaccountRetrieveResponse(Model):
    """One subaccount."""

    subaccount: StorageBoxSubaccount


class StorageBoxSubaccountUpdateResponse(Model):
    """A subaccount after its update."""

    subaccount: StorageBoxSubaccount


class StorageBoxSubaccountDeleteResponse(Model):
    """The action that deletes a subaccount; None when it was gone already."""

    action: Action | None = None


class StorageBoxSubaccountListResponse(Model):
    """All subaccounts of a storage box."""

    subaccounts: list[StorageBoxSubaccount]


class StorageBoxesSubaccountsActions(
    Collection[IO],
    Generic[IO],
    at="/storage_boxes/{id}/subaccounts/{subaccount_id}/actions",
    host="storage",
):
    """What can be done with a subaccount; its actions are listed with those of the storage box."""

    @action("change_home_directory")
    def change_home_directory(
        self, id: int, subaccount_id: int, **params: Unpack[ActionChangeHomeDirectoryParams]
    ) -> ActionResponse:
        """Let it see another folder; what it has stored stays where it is.

        Args:
            home_directory: Folder it sees, of letters, digits, blanks and `.`, `/`, `_`, `-`.
        """
        ...

    @action("reset_subaccount_password", repeat=Repeat.SAFE)
    def reset_subaccount_password(
        self, id: int, subaccount_id: int, **params: Unpack[ActionResetSubaccountPasswordParams]
    ) -> ActionResponse:
        """Give it a new password.

        Args:
            password: Password of 12 to 128 characters: upper and lower case, a digit and a special one.
        """
        ...

    @action("update_access_settings", repeat=Repeat.SAFE)
    def update_access_settings(
        self, id: int, subaccount_id: int, **params: Unpack[ActionUpdateSubaccountAccessSettingsParams]
    ) -> ActionResponse:
        """Change by which ways it can be reached.

        Args:
            reachable_externally: Allow access from outside Hetzner's network.
            samba_enabled: Allow Samba.
            ssh_enabled: Allow SSH.
            webdav_enabled: Allow WebDAV.
            readonly: Forbid writing.
        """
        ...


class StorageBoxesSubaccounts(
    Collection[IO], Generic[IO], at="/storage_boxes/{id}/subaccounts", host="storage"
):
    """Further users of a storage box."""

    actions: StorageBoxesSubaccountsActions[IO]

    @post(command="create_subaccount")
    def create(
        self, id: int, **params: Unpack[StorageBoxSubaccountCreateParams]
    ) -> StorageBoxSubaccountCreateResponse:
        """Create a subaccount; its folder is made when there is none.

        Args:
            home_directory: Folder it sees, of letters, digits, blanks and `.`, `/`, `_`, `-`.
            password: Password of 12 to 128 characters: upper and lower case, a digit and a special one.
            name: Name, unique in the storage box (default: its user name).
            description: What it is for, at most 1000 characters.
            labels: Labels: your own key/value pairs; they replace all the object has.
            access_settings: By which ways it can be reached.
        """
        ...

    @get
    def retrieve(
        self, id: int, subaccount_id: int, **options: Unpack[Options]
    ) -> StorageBoxSubaccountRetrieveResponse:
        """Return one subaccount."""
        ...

    @put
    def update(
        self, id: int, subaccount_id: int, **params: Unpack[StorageBoxSubaccountUpdateParams]
    ) -> StorageBoxSubaccountUpdateResponse:
        """Change the name or the description, or replace the labels.

        Args:
            name: New name, unique in the storage box.
            description: What it is for, at most 1000 characters.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def list(
        self, id: int, **params: Unpack[StorageBoxSubaccountListParams]
    ) -> StorageBoxSubaccountListResponse:
        """Return all subaccounts of a storage box; the API has no pages here.

        Args:
            name: Only the one with exactly this name.
            username: Only the one with exactly this user name.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete(command="delete_subaccount")
    def delete(
        self, id: int, subaccount_id: int, **options: Unpack[Options]
    ) -> StorageBoxSubaccountDeleteResponse:
        """Delete a subaccount; what it has stored stays."""
        ...
