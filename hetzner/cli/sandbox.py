"""``hetzner sandbox``: the sandbox for other programs."""

from __future__ import annotations

import secrets
from functools import partial

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
@click.option(
    "--token", "tokens", multiple=True, envvar="HETZNER_SANDBOX_TOKENS", metavar="PROJECT=TOKEN",
    help="A token and the project it opens; may be repeated. Others are refused then. "
    "[env: HETZNER_SANDBOX_TOKENS, separated by blanks]",
)  # fmt: skip
@click.option(
    "--control-token", envvar="HETZNER_SANDBOX_CONTROL_TOKEN",
    help="What opens the page and the control path (default: a new one, shown at the start). "
    "[env: HETZNER_SANDBOX_CONTROL_TOKEN]",
)  # fmt: skip
def serve(
    port: int, state: str | None, scale: float, tokens: tuple[str, ...], control_token: str | None
) -> None:
    """Serve a sandbox on this machine until ctrl-c.

    The page at / shows what is in it. /_sandbox controls it: faults, time, snapshots.
    """
    import sqlite3

    from hetzner.sandbox.serve import run

    projects = dict(map(_token, tokens))
    made = None if control_token else secrets.token_urlsafe(24)
    try:
        run(
            port, state, scale, partial(_ready, control_token=made, named=bool(projects)),
            tokens=projects, control_token=control_token or made,
        )  # fmt: skip
    except (OSError, ValueError, sqlite3.Error) as error:
        raise click.ClickException(str(error)) from None


def _token(text: str) -> tuple[str, str]:
    project, separator, token = text.partition("=")
    if not (project and separator and token):
        raise click.UsageError("--token takes PROJECT=TOKEN")
    return token, project


def _ready(url: str, control_token: str | None, named: bool) -> None:
    """Say how to use it; the lines can be pasted into another terminal. A given token is not told."""
    page = f"{url.removesuffix('/v1')}/"
    click.echo(f"export HCLOUD_ENDPOINT={url}")
    if not named:
        click.echo("export HCLOUD_TOKEN=sandbox")
    click.echo(f"export HETZNER_ENDPOINT={url}")
    if control_token:
        click.echo(f"export HETZNER_SANDBOX_CONTROL_TOKEN={control_token}")
        page += f"#token={control_token}"
    click.echo(f"The sandbox answers now, and shows itself at {page}; ctrl-c stops it.", err=True)
