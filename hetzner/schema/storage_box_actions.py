"""The actions of storage boxes.

https://docs.hetzner.cloud/reference/hetzner#storage-box-actions
"""

from typing import Annotated, Generic, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.actions import ActionResponse, KindActions
from hetzner.schema.common import ActionChangeProtectionParams, IdOrName
from hetzner.schema.endpoint import action
from hetzner.schema.facts import Repeat
from hetzner.schema.operation import Options
from hetzner.schema.storage_box_subaccounts import Password


class ActionChangeTypeParams(Options, total=False):
    """The new type of a storage box."""

    storage_box_type: Required[
        Annotated[IdOrName, "Name or id of the new type; all that is stored must fit."]
    ]


class ActionResetPasswordParams(Options, total=False):
    """The new password of a storage box."""

    password: Required[Password]


class ActionUpdateAccessSettingsParams(Options, total=False):
    """By which ways a storage box can be reached; what is left out stays."""

    reachable_externally: Annotated[bool, "Allow access from outside Hetzner's network."]
    samba_enabled: Annotated[bool, "Allow Samba."]
    ssh_enabled: Annotated[bool, "Allow SSH."]
    webdav_enabled: Annotated[bool, "Allow WebDAV."]
    zfs_enabled: Annotated[bool, "Show the folder with the snapshots."]


class ActionRollbackSnapshotParams(Options, total=False):
    """Which snapshot."""

    snapshot: Required[Annotated[IdOrName, "Name or id of the snapshot; newer ones are deleted."]]


class ActionEnableSnapshotPlanParams(Options, total=False):
    """When snapshots are made by themselves; times are UTC."""

    max_snapshots: Required[Annotated[int, "How many to keep; the oldest goes first."]]
    minute: Required[Annotated[int, "Minute, from 0 to 59."]]
    hour: Required[Annotated[int, "Hour, from 0 to 23."]]
    day_of_week: Annotated[int | None, "Day of the week, from 1 for Monday to 7; without it every day."]
    day_of_month: Annotated[int | None, "Day of the month, from 1 to 31; without it every day."]


class StorageBoxesActions(KindActions[IO], Generic[IO], at="/storage_boxes/{id}/actions", host="storage"):
    """What can be done with a storage box."""

    @action("change_protection")
    def change_protection(self, id: int, **params: Unpack[ActionChangeProtectionParams]) -> ActionResponse:
        """Forbid or allow deletion.

        Args:
            delete: Forbid deletion.
        """
        ...

    @action("change_type", repeat=Repeat.BY_ACTION)
    def change_type(self, id: int, **params: Unpack[ActionChangeTypeParams]) -> ActionResponse:
        """Change the type, up or down.

        Args:
            storage_box_type: Name or id of the new type; all that is stored must fit.
        """
        ...

    @action("disable_snapshot_plan")
    def disable_snapshot_plan(self, id: int, **options: Unpack[Options]) -> ActionResponse:
        """Make no more snapshots by itself; those there are stay."""
        ...

    @action("enable_snapshot_plan")
    def enable_snapshot_plan(
        self, id: int, **params: Unpack[ActionEnableSnapshotPlanParams]
    ) -> ActionResponse:
        """Make snapshots by itself; there is one plan.

        Args:
            max_snapshots: How many to keep; the oldest goes first.
            minute: Minute, from 0 to 59.
            hour: Hour, from 0 to 23.
            day_of_week: Day of the week, from 1 for Monday to 7; without it every day.
            day_of_month: Day of the month, from 1 to 31; without it every day.
        """
        ...

    @action("reset_password", repeat=Repeat.SAFE)
    def reset_password(self, id: int, **params: Unpack[ActionResetPasswordParams]) -> ActionResponse:
        """Give it a new password.

        Args:
            password: Password of 12 to 128 characters: upper and lower case, a digit and a special one.
        """
        ...

    @action("rollback_snapshot")
    def rollback_snapshot(self, id: int, **params: Unpack[ActionRollbackSnapshotParams]) -> ActionResponse:
        """Go back to a snapshot; what was stored since and all newer snapshots are lost.

        Args:
            snapshot: Name or id of the snapshot; newer ones are deleted.
        """
        ...

    @action("update_access_settings", repeat=Repeat.SAFE)
    def update_access_settings(
        self, id: int, **params: Unpack[ActionUpdateAccessSettingsParams]
    ) -> ActionResponse:
        """Change by which ways it can be reached.

        Args:
            reachable_externally: Allow access from outside Hetzner's network.
            samba_enabled: Allow Samba.
            ssh_enabled: Allow SSH.
            webdav_enabled: Allow WebDAV.
            zfs_enabled: Show the folder with the snapshots.
        """
        ...
