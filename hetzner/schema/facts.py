"""What can be said about an operation besides its shape, so that every room reads it from one place."""

from enum import Enum


class Repeat(Enum):
    """What may be done when nobody knows whether a request was executed (its answer was lost)."""

    SAFE = "safe"
    """Sending it again leads to the same state: reads, updates, deletes, ``set_*`` and ``change_*``."""
    BY_NAME = "by name"
    """A create with a project-wide unique name: look it up, adopt it if it is ours, else send again."""
    BY_LABEL = "by label"
    """A create without a unique name: it carries a label of its own and is looked up by that."""
    BY_ACTION = "by action"
    """A state change or one-shot: look for its action among the resource's newest ones, else send again."""
    NEVER = "never"
    """Nothing is known about it: it is only sent again when it was surely not carried out."""


class Secret:
    """Marks a field that is never shown: ``root_password: Annotated[str | None, Secret]``."""


SECRET_FIELDS = frozenset(
    {"user_data", "private_key", "password", "root_password", "tsig_key", "wss_url", "api_token"}
)
"""Names of fields that are secret wherever they stand, declared or not."""
