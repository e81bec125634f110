"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import Action as Action
from hetzner.schema.actions import ActionSort, Status
from hetzner.schema.load_balancer_targets import HealthStatus as HealthStatus
from hetzner.schema.pages import ResponseMeta as ResponseMeta

SortParam = ActionSort
StatusParam = Status
