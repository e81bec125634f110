"""`schema`, `init` and `show`: what an editor knows, a file to start from, and what files mean."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from hetzner.apply.schema import json_schema
from hetzner.cli.apply import apply
from hetzner.sandbox import Sandbox
from tests.apply.test_schema import errors
from tests.cli.conftest import Invoke
from tests.cli.files import KEY


def run(*arguments: str) -> Result:
    """Run ``hetzner-apply``."""
    return CliRunner().invoke(apply, [*arguments], prog_name="hetzner-apply")


def test_the_schema_is_printed() -> None:
    """What is printed is the schema and nothing else."""
    result = run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json_schema()
    assert jsonschema_rs.meta.is_valid(json.loads(result.stdout))


def test_the_schema_is_written(cloud: Sandbox) -> None:
    """With -O it goes into a file, an older one is renewed, and what cannot be written is an error."""
    Path("infra.schema.json").write_text("old")
    assert run("schema", "-O", "infra.schema.json").stdout == ""
    assert json.loads(Path("infra.schema.json").read_text()) == json_schema()
    result = run("schema", "-O", "none/infra.schema.json")
    assert (result.exit_code, "cannot be written: No such file or directory" in result.stderr) == (1, True)


def test_init_writes_what_can_be_applied(invoke: Invoke, cloud: Sandbox) -> None:
    """The file that is written names the schema beside it, is valid by it, and leaves nothing to do."""
    result = run("init", "--project", "shop")
    assert result.stdout.splitlines() == [
        "wrote infra.yaml",
        "wrote infra.schema.json",
        "next: hetzner-apply infra.yaml --sandbox --plan",
    ]
    text = Path("infra.yaml").read_text()
    assert text.startswith(
        "# yaml-language-server: $schema=infra.schema.json\n# $schema: infra.schema.json\n"
    )
    assert errors(text) == []
    assert json.loads(Path("infra.schema.json").read_text()) == json_schema()
    assert invoke(None, "--yes").exit_code == 0
    assert "Nothing to do." in invoke(None, "--plan").stdout


def test_init_overwrites_nothing(cloud: Sandbox) -> None:
    """A file that is there stays as it is, whichever of the two it is."""
    Path("infra.yaml").write_text("mine")
    result = run("init")
    assert (result.exit_code, "infra.yaml is there already" in result.stderr) == (1, True)
    assert [path.name for path in Path().iterdir()] == ["infra.yaml"]
    Path("infra.schema.json").write_text("mine too")
    assert run("init", "other.yaml").exit_code == 0
    assert [Path(name).read_text() for name in ("infra.yaml", "infra.schema.json")] == ["mine", "mine too"]


def test_init_takes_its_project_from_the_folder(cloud: Sandbox) -> None:
    """The project is called like the folder, unless that cannot be a label or another name is given."""
    for folder, project in ("shop", "shop"), ("my shop", "demo"):
        Path(folder).mkdir()
        assert run("init", f"{folder}/infra.yaml").exit_code == 0
        assert f"project: {project} " in Path(folder, "infra.yaml").read_text()
    assert run("init", "x.yaml", "--project", "no good").exit_code == 64


SHOWN = """\
project: shop

ssh_keys:
  ops:
    public_key: %s

networks:
  net:
    ip_range: 10.0.0.0/16
    subnets:
      - {ip_range: 10.0.1.0/24}

firewalls:
  base:
    rules:
      - direction: in
        protocol: tcp
        source_ips: [203.0.113.7/32]
        port: "22"

servers:
  web-1:
    image: {label_selector: app=shop, most_recent: true}
    location: [fsn1, nbg1]
    user_data: "(secret)"
    labels: {role: web}
    networks:
      net: {ip: 10.0.1.1}
    dns_ptr: "${ssh_keys.ops.name}.example.com"
    server_type: cx23
    protect: true
    lifecycle:
      rebuild_on: [image]

outputs:
  all: ["${servers.web-1.ipv4}"]
  word: "(secret)"
"""


def test_show(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """Defaults, variables, replicas and short forms are written out; secrets are not."""
    text = f"""\
project: shop
variables: {{office: 203.0.113.7/32, word: {{default: hunter2, secret: true}}}}
defaults: {{servers: {{image: {{label_selector: app=shop, most_recent: yes}}, location: [fsn1, nbg1]}}}}
ssh_keys: {{ops: {KEY}}}
networks: {{net: {{ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}}}}
firewalls: {{base: {{rules: ["tcp/22 from ${{office}}"]}}}}
servers:
  web:
    count: 1
    server_type: cx23
    networks: {{net: "10.0.1.${{n}}"}}
    user_data: pass=${{word}}
    labels: {{role: web}}
    dns_ptr: ${{ssh_keys.ops.name}}.example.com
    protect: true
    lifecycle: {{rebuild_on: [image]}}
outputs: {{all: "${{servers.web[*].ipv4}}", word: "${{word}}"}}
"""
    Path("infra.yaml").write_text(text)
    result = run("show", "infra.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == SHOWN % KEY
    assert errors(result.stdout) == []


def test_what_is_shown_means_the_same(invoke: Invoke) -> None:
    """Shown once more, what was shown stays as it is."""
    Path("one.yaml").write_text((SHOWN % KEY).replace('"(secret)"', "x"))
    Path("two.yaml").write_text(run("show", "one.yaml").stdout.replace('"(secret)"', "x"))
    assert Path("two.yaml").read_text() == Path("one.yaml").read_text()
