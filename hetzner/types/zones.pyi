"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams as ActionFilterParams
from hetzner.schema.actions import ActionListParams as ActionListParams
from hetzner.schema.common import ActionChangeProtectionParams as ActionChangeProtectionParams
from hetzner.schema.zone_rrset_actions import ActionAddRecordsParams as ActionAddRecordsParams
from hetzner.schema.zone_rrset_actions import (
    ActionChangeRRSetProtectionParams as ActionChangeRRSetProtectionParams,
)
from hetzner.schema.zone_rrset_actions import ActionChangeRRSetTtlParams as ActionChangeRRSetTtlParams
from hetzner.schema.zone_rrset_actions import ActionRemoveRecordsParams as ActionRemoveRecordsParams
from hetzner.schema.zone_rrset_actions import ActionSetRecordsParams as ActionSetRecordsParams
from hetzner.schema.zone_rrset_actions import ActionUpdateRecordsParams as ActionUpdateRecordsParams
from hetzner.schema.zones import ActionChangePrimaryNameserversParams as ActionChangePrimaryNameserversParams
from hetzner.schema.zones import ActionChangeTtlParams as ActionChangeTtlParams
from hetzner.schema.zones import ActionImportZonefileParams as ActionImportZonefileParams
