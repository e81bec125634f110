"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage
from hetzner.schema.common import ActionChangeProtectionParams as ActionChangeProtectionParams
from hetzner.schema.network_actions import ActionAddRouteParams as ActionAddRouteParams
from hetzner.schema.network_actions import ActionAddSubnetParams as ActionAddSubnetParams
from hetzner.schema.network_actions import ActionChangeIPRangeParams as ActionChangeIPRangeParams
from hetzner.schema.network_actions import ActionDeleteRouteParams as ActionDeleteRouteParams
from hetzner.schema.network_actions import ActionDeleteSubnetParams as ActionDeleteSubnetParams

ActionAddRouteResponse = ActionResponse
ActionAddSubnetResponse = ActionResponse
ActionChangeIPRangeResponse = ActionResponse
ActionChangeProtectionResponse = ActionResponse
ActionDeleteRouteResponse = ActionResponse
ActionDeleteSubnetResponse = ActionResponse
ActionListParams = ActionFilterParams
ActionListResponse = ActionsPage
ActionRetrieveResponse = ActionResponse
