"""An action, as it stands in answers of every kind."""

from datetime import datetime

from hetzner.schema.model import Model


class ActionResource(Model):
    """An object that an action works on."""

    id: int | str
    type: str


class ActionError(Model):
    """Why an action failed."""

    code: str
    message: str


class Action(Model):
    """Something the API does in its own time; it holds a lock on its resources meanwhile."""

    id: int
    command: str
    status: str
    progress: int
    """Per cent."""
    started: datetime
    finished: datetime | None
    resources: list[ActionResource]
    error: ActionError | None

    def __repr__(self) -> str:
        """Return the command, the id and how it is, which is what a verb at a prompt should answer."""
        told = f"{self.command} #{self.id} {self.status}"
        if self.error is not None:
            told += f": {getattr(self.error, 'message', self.error)}"
        return f"Action({repr(told)[1:-1]})"

    __str__ = __repr__
