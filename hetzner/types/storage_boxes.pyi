"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams as ActionFilterParams
from hetzner.schema.actions import ActionListParams as ActionListParams
from hetzner.schema.common import ActionChangeProtectionParams as ActionChangeProtectionParams
from hetzner.schema.storage_box_actions import ActionChangeTypeParams as ActionChangeTypeParams
from hetzner.schema.storage_box_actions import (
    ActionEnableSnapshotPlanParams as ActionEnableSnapshotPlanParams,
)
from hetzner.schema.storage_box_actions import ActionResetPasswordParams as ActionResetPasswordParams
from hetzner.schema.storage_box_actions import ActionRollbackSnapshotParams as ActionRollbackSnapshotParams
from hetzner.schema.storage_box_actions import (
    ActionUpdateAccessSettingsParams as ActionUpdateAccessSettingsParams,
)
from hetzner.schema.storage_box_subaccounts import (
    ActionChangeHomeDirectoryParams as ActionChangeHomeDirectoryParams,
)
from hetzner.schema.storage_box_subaccounts import (
    ActionResetSubaccountPasswordParams as ActionResetSubaccountPasswordParams,
)
from hetzner.schema.storage_box_subaccounts import (
    ActionUpdateSubaccountAccessSettingsParams as ActionUpdateSubaccountAccessSettingsParams,
)
