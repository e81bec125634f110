"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage
from hetzner.schema.common import ActionChangeProtectionParams as ActionChangeProtectionParams
from hetzner.schema.networks import ActionAddRouteParams as ActionAddRouteParams
from hetzner.schema.networks import ActionAddSubnetParams as ActionAddSubnetParams
from hetzner.schema.networks import ActionChangeIPRangeParams as ActionChangeIPRangeParams
from hetzner.schema.networks import ActionDeleteRouteParams as ActionDeleteRouteParams
from hetzner.schema.networks import ActionDeleteSubnetParams as ActionDeleteSubnetParams

ActionAddRouteResponse = ActionResponse
ActionAddSubnetResponse = ActionResponse
ActionChangeIPRangeResponse = ActionResponse
ActionChangeProtectionResponse = ActionResponse
ActionDeleteRouteResponse = ActionResponse
ActionDeleteSubnetResponse = ActionResponse
ActionListParams = ActionFilterParams
ActionListResponse = ActionsPage
ActionRetrieveResponse = ActionResponse
