"""``hetzner-apply inventory``: the servers there are, for Ansible, ssh and others."""

from __future__ import annotations

from typing import Any

import click

from hetzner.cli import options


@options.command("inventory")
@options.paths(required=False)
@options.output("ansible", "ssh", "json", "hosts", help="For whom (default: ansible).")
@options.to_file
@options.selector
@click.option(
    "--address", type=click.Choice(["any", "ipv4", "ipv6", "private"]), default="any",
    help="Which address to use (default: the first that there is, in this order).",
)  # fmt: skip
@click.option("--user", metavar="NAME", default="root", help="Who logs in (default: root).")
@click.option("--jump", metavar="HOST", default="", help="Reach them through this host.")
@click.option("--host", metavar="NAME", help="Only the variables of this host, as Ansible may ask for.")
@click.option("--list", "_list", is_flag=True, hidden=True, expose_value=False)
@options.reading
@options.sandboxed
@options.coloured
def inventory(
    output: str, file: str | None, selector: str | None, address: str, user: str, jump: str,
    host: str | None, **given: Any,
) -> int:  # fmt: skip
    """List servers for other programs: those of the files, or all.

    The servers are read from the API, by one request for 50 of them. For Ansible, a
    script that runs this command is a dynamic inventory, with groups by location,
    server_type, status, project, network and label.
    """
    import json

    from hetzner.cli.hosts import FORMS, NAMED, Reaching, variables
    from hetzner.cli.session import Session, ended
    from hetzner.cli.stopping import interruptible
    from hetzner.cli.wishes import Setting
    from hetzner.domain.inventory import hosts
    from hetzner.domain.specs.labels import PROJECT

    how = Reaching(address, user, jump)

    def work(session: Session) -> int:
        labels = [selector] if selector else []
        document = session.document() if session.setting.paths else None
        if document is not None:
            labels.append(f"{PROJECT}={document.project}")
        with session.connected(document) as (client, runner):
            looking = hosts(client, ",".join(labels), named=output in NAMED)
            found = runner.run(interruptible(looking))
        if host is not None:
            named = [each for each in found if each.name == host]
            options.write(json.dumps(variables(named[0], how) if named else {}, indent=2) + "\n", file)
        else:
            text = FORMS[output](found, how)
            options.write(f"{text}\n" if text else "", file)
        return 0

    return ended(Session(Setting(**given)), work)
