"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage, ActionsResponse
from hetzner.schema.firewalls import ActionApplyToResourcesParams as ActionApplyToResourcesParams
from hetzner.schema.firewalls import ActionRemoveFromResourcesParams as ActionRemoveFromResourcesParams
from hetzner.schema.firewalls import ActionSetRulesParams as ActionSetRulesParams

ActionApplyToResourcesResponse = ActionsResponse
ActionListParams = ActionFilterParams
ActionListResponse = ActionsPage
ActionRemoveFromResourcesResponse = ActionsResponse
ActionRetrieveResponse = ActionResponse
ActionSetRulesResponse = ActionsResponse
