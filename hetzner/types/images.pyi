"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage
from hetzner.schema.common import ActionChangeProtectionParams as ActionChangeProtectionParams

ActionChangeProtectionResponse = ActionResponse
ActionListParams = ActionFilterParams
ActionListResponse = ActionsPage
ActionRetrieveResponse = ActionResponse
