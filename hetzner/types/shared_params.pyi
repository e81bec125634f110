"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import ActionSort, Status
from hetzner.schema.plain import PlainAction, PlainHealthStatus, PlainResponseMeta

Action = PlainAction
HealthStatus = PlainHealthStatus
ResponseMeta = PlainResponseMeta
SortParam = ActionSort
StatusParam = Status
