"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage
from hetzner.schema.common import ActionChangeDNSPtrParams as ActionChangeDNSPtrParams
from hetzner.schema.floating_ips import ActionAssignParams as ActionAssignParams
from hetzner.schema.floating_ips import ActionChangeProtectionParams as ActionChangeProtectionParams

ActionAssignResponse = ActionResponse
ActionChangeDNSPtrResponse = ActionResponse
ActionChangeProtectionResponse = ActionResponse
ActionListParams = ActionFilterParams
ActionListResponse = ActionsPage
ActionRetrieveResponse = ActionResponse
ActionUnassignResponse = ActionResponse
