"""``hetzner-apply unlock``: takes the lock away from a run that is dead."""

from __future__ import annotations

from typing import Any

from hetzner.cli import options
from hetzner.cli.options import flag


@options.command("unlock")
@options.paths()
@flag("-y", "--yes", "yes", help="Without a question.")
@options.reading
@options.sandboxed
@options.coloured
def unlock(yes: bool, **given: Any) -> int:
    """Take away the lock of a project, whoever holds it.

    A lock that is not renewed is taken over by itself after some minutes; this
    is for who cannot wait. A run that is alive stops when it finds out.
    """
    from hetzner.apply.lock import Holder, holder_of, take_away
    from hetzner.cli.exits import DONE, REFUSED
    from hetzner.cli.guards import UNCHANGED
    from hetzner.cli.session import Session, ended
    from hetzner.cli.stopping import interruptible
    from hetzner.cli.wishes import Setting

    def agreed(session: Session, holder: Holder) -> bool:
        question = f"Locked by {holder}. Unlock? [y/N]"
        return session.interactive and session.err.ask(question).lower() in ("y", "yes")

    def work(session: Session) -> int:
        document = session.document(secrets=False)
        project = document.project
        with session.connected(document) as (client, runner):
            holder = runner.run(interruptible(holder_of(client, project)))
            if holder is None:
                session.out.line(f"'{project}' is not locked.")
                return DONE
            if not yes and not agreed(session, holder):
                session.err.error(f"{UNCHANGED}: locked by {holder}", "--yes unlocks without a question")
                return REFUSED
            runner.run(interruptible(take_away(client, holder.id)))
            session.out.line(f"'{project}' is unlocked; it was locked by {holder}.")
        return DONE

    return ended(Session(Setting(**given)), work)
