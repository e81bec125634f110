"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionListParams as ActionListParams
from hetzner.schema.actions import ActionResponse, ActionsPage
from hetzner.schema.common import ActionChangeDNSPtrParams as ActionChangeDNSPtrParams
from hetzner.schema.primary_ips import ActionAssignParams as ActionAssignParams
from hetzner.schema.primary_ips import ActionChangeProtectionParams as ActionChangeProtectionParams

ActionAssignResponse = ActionResponse
ActionChangeDNSPtrResponse = ActionResponse
ActionChangeProtectionResponse = ActionResponse
ActionListResponse = ActionsPage
ActionRetrieveResponse = ActionResponse
ActionUnassignResponse = ActionResponse
