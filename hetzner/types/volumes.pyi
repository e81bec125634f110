"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage
from hetzner.schema.common import ActionChangeProtectionParams as ActionChangeProtectionParams
from hetzner.schema.volumes import ActionAttachParams as ActionAttachParams
from hetzner.schema.volumes import ActionResizeParams as ActionResizeParams

ActionAttachResponse = ActionResponse
ActionChangeProtectionResponse = ActionResponse
ActionDetachResponse = ActionResponse
ActionListParams = ActionFilterParams
ActionListResponse = ActionsPage
ActionResizeResponse = ActionResponse
ActionRetrieveResponse = ActionResponse
