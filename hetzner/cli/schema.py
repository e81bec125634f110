"""``hetzner-apply schema`` and ``init``: what an editor needs to know of a file, and a file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from hetzner.cli import options

SCHEMA = "infra.schema.json"
"""Where ``init`` puts the schema, beside the file."""

STARTER = """\
# yaml-language-server: $schema={schema}
# $schema: {schema}
#
#   hetzner-apply check {name}                offline: is it right?
#   hetzner-apply {name} --sandbox --plan     on a sandbox, where nothing costs money
#   hetzner-apply {name} --plan               what would happen in your project
#   hetzner-apply {name}                      shows the plan, asks, and carries it out

project: {project}          # everything that is made carries this as a label

variables:
  office: {{default: 0.0.0.0/0, description: who may log in}}   # --var office=203.0.113.0/24
  web_count: 1

defaults:
  location: fsn1
  servers:
    image: debian-13

# ssh_keys:
#   admin: {{file: ~/.ssh/id_ed25519.pub}}   # then, below the server: ssh_keys: [admin]

firewalls:
  web:
    rules:
      - tcp/22 from ${{office}}
      - tcp/80
      - tcp/443
      - icmp

servers:
  web:
    count: ${{web_count}}                # web-1, web-2, ...
    server_type: [cx23, cpx22]         # the first that can be had
    firewalls: [web]
    labels: {{role: web}}

outputs:
  web: ${{servers.web[*].ipv4}}          # printed in the end
"""


def text() -> str:
    """Return the schema as text; equal specs make equal texts."""
    import json

    from hetzner.apply.schema import json_schema

    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


EPILOG = """\b
Write it into a file:
  hetzner-apply schema -O infra.schema.json

\b
and name that in the first lines of yours, for most editors and for JetBrains:
  # yaml-language-server: $schema=infra.schema.json
  # $schema: infra.schema.json
"""


@options.command("schema", epilog=EPILOG)
@options.to_file
def schema(file: str | None) -> int:
    """Print the JSON Schema (draft-07) of files, by which editors complete and check."""
    options.write(text(), file)
    return 0


@options.command("init")
@click.argument("path", metavar="[FILE]", default="infra.yaml", type=click.Path())
@click.option("--project", metavar="NAME", help="The project's name (default: that of the folder).")
def init(path: str, project: str | None) -> int:
    """Write a file to start from, with comments, and the schema for your editor beside it.

    No file is ever overwritten.
    """
    target = Path(path)
    beside = target.with_name(SCHEMA)
    name = _project(target, project)
    made = {target: STARTER.format(schema=SCHEMA, name=target.name, project=name), beside: text()}
    if target.exists():
        raise click.ClickException(f"{target} is there already; nothing was written")
    for place, content in made.items():
        try:
            with place.open("x", encoding="utf-8") as file:
                file.write(content)
        except FileExistsError:
            click.echo(f"{place} is there already and stays as it is", err=True)
        except OSError as error:
            raise click.ClickException(f"{place} cannot be written: {error.strerror}") from None
        else:
            click.echo(f"wrote {place}")
    click.echo(f"next: hetzner-apply {target} --sandbox --plan")
    return 0


def _project(target: Path, given: str | None) -> str:
    """Return the name of the project: what is given, or what the folder is called, as a label takes it."""
    from hetzner.domain.specs.labels import VALUE

    if given is not None:
        if not given or not VALUE.fullmatch(given):
            raise click.BadParameter(
                "up to 63 letters, digits, '-', '_' and '.', a letter or digit at both ends",
                param_hint="--project",
            )
        return given
    folder = target.absolute().parent.name
    return folder if folder and VALUE.fullmatch(folder) else "demo"
