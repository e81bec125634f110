"""``hetzner sandbox``: the sandbox for other programs."""

from __future__ import annotations

import click

from hetzner.cli.entry import Group


@click.group(cls=Group)
def sandbox() -> None:
    """Work with a Hetzner Cloud that lives on this machine."""


@sandbox.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option(
    "--state", type=click.Path(dir_okay=False), help="Keep the state in this file (default: memory)."
)
@click.option(
    "--scale", type=click.FloatRange(min=0, min_open=True), default=10.0, show_default=True,
    help="How much faster than real time it runs.",
)  # fmt: skip
def serve(port: int, state: str | None, scale: float) -> None:
    """Serve a sandbox on this machine until ctrl-c."""
    import sqlite3

    from hetzner.sandbox.serve import run

    try:
        run(port, state, scale, _ready)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise click.ClickException(str(error)) from None


def _ready(url: str) -> None:
    """Say how to use it; the lines can be pasted into another terminal."""
    click.echo(f"export HCLOUD_ENDPOINT={url}")
    click.echo("export HCLOUD_TOKEN=sandbox")
    click.echo("The sandbox answers now; ctrl-c stops it.", err=True)
