"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionFilterParams, ActionResponse, ActionsPage

ActionListParams = ActionFilterParams
ActionListResponse = ActionsPage
ActionRetrieveResponse = ActionResponse
ActionRetryResponse = ActionResponse
