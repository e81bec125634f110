"""What volumes and public addresses share: delete protection, one change at a time, and a server."""

from __future__ import annotations

from typing import Any, ClassVar

from hetzner.sandbox.call import Call
from hetzner.sandbox.errors import Refusal, invalid, invalid_fields, protected, unprocessable
from hetzner.sandbox.kind import Kind, answers
from hetzner.sandbox.table import Id, Row


class Protectable(Kind):
    """A kind whose objects can be protected, and linked to one server."""

    called: ClassVar[str]
    """What refusals call it: `Floating IP`."""
    holds_server: ClassVar[bool] = True
    """Whether the server, too, is locked while the object comes or goes."""

    def free(self, ident: Id) -> Row:
        """Look an object up; refuses with `locked` while an action changes it."""
        row = self.find(ident)
        self.project.actions.insist_unlocked(self.singular, ident)
        return row

    def forbid_delete(self, row: Row) -> None:
        """Refuse while it is protected or being changed."""
        if row["protection"]["delete"]:
            raise protected(f"{self.called} deletion is protected")
        self.free(row["id"])

    def deleted(self, row: Row) -> None:
        """End what was still going on."""
        self.project.actions.cancel(self.singular, row["id"])

    @answers("actions.change_protection")
    def change_protection(self, call: Call) -> dict[str, Any]:
        """Forbid or allow deletion."""
        row = self.free(call.id)
        protection = {**row["protection"], **call.body}
        return self.answer(self.begin("change_protection", row, args={"protection": protection}))

    def begin(
        self,
        command: str,
        row: Row,
        server: Id | None = None,
        *,
        done: str = "changed",
        failed: str | None = None,
        **how: Any,
    ) -> Row:
        """Start an action on an object and perhaps a server; `done` and `failed` are methods of this kind."""
        own = (self.singular, row["id"])
        both = [own] if server is None else [("server", server), own]
        how = {"lock": both if self.holds_server else [own], **how}
        effects = {"done": f"{self.name}.{done}", "failed": failed and f"{self.name}.{failed}"}
        return self.project.start(command, *both, **effects, **how)

    def answer(self, action: Row) -> dict[str, Any]:
        """An answer with an action."""
        return {"action": self.project.actions.render(action)}

    def changed(self, action: Row) -> None:
        """Effect of an action whose arguments are the fields to set."""
        self.table.update(self.own_id(action), **action["args"])

    def own_id(self, action: Row) -> int:
        """The id of the object an action is about."""
        ident: int = next(each["id"] for each in action["resources"] if each["type"] == self.singular)
        return ident

    def server_of(self, field: str, ident: Id) -> Row:
        """The server that a request names by its id, or a refusal on that field."""
        server = self.project.kind("servers").get(ident)
        if server is None:
            raise invalid(field, f"server '{ident}' not found")
        return server

    def place(self, field: str, which: int | str) -> int:
        """The id of the location that a request names, or a refusal on that field."""
        ident: int = self.project.kind("locations").pick(field, which)["id"]
        return ident

    def insist_linked(self, ident: Id | None, verb: str, link: str) -> None:
        """Refuse to take something off a server that is on none."""
        if ident is None:
            reason = f"cannot {verb} {self.called} because it is not {link} to a server"
            raise unprocessable("service_error", reason)


def needs_one(*fields: str) -> Refusal:
    """A refusal because all of some fields are missing, of which one is needed."""
    return invalid_fields([(field, f"one of {', '.join(fields)} is required") for field in fields])
