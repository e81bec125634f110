"""Where both programs start; a signal before a command begins or after its end ends them without a word."""

from __future__ import annotations

import signal


def hetzner() -> None:
    """Run ``hetzner``."""
    _be_quiet()
    from hetzner.cli.main import hetzner

    hetzner.main(prog_name="hetzner")


def hetzner_apply() -> None:
    """Run ``hetzner-apply``."""
    _be_quiet()
    from hetzner.cli.apply import apply

    apply.main(prog_name="hetzner-apply")


def _be_quiet() -> None:
    """Let ctrl-c end the process while it loads and leaves, unless its starter wants ctrl-c ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
