"""Variables: where values come from, what type they have, and what never gets in."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from hetzner.apply.document import DocumentError, Secret, load
from tests.apply.document.conftest import Read, Refuse
from tests.apply.document.faces import KINDS

TOKEN = "t0k3n" * 12 + "abcd"
SERVER = "servers: {{w: {{server_type: a, image: b, {}}}}}\n"


def spec(read: Read, declared: str, field: str, **options: object) -> object:
    """The value of one field of a server, as filled in."""
    document = read(f"variables: {declared}\n" + SERVER.format(field), **options)
    return document.resources[0].spec[field.partition(":")[0]]


@pytest.mark.parametrize(
    ("given", "environ", "value"),
    [
        ({"v": "given"}, {"HETZNER_VAR_v": "ours", "OWN": "env"}, "given"),
        ({}, {"HETZNER_VAR_v": "ours", "OWN": "env"}, "ours"),
        ({}, {"OWN": "env"}, "env"),
        ({}, {"OWN": ""}, "default"),
        ({}, {}, "default"),
    ],
)
def test_the_order_of_sources(given: dict[str, str], environ: dict[str, str], value: str, read: Read) -> None:
    """Given by hand, then HETZNER_VAR_name, then the variable's own `env:`, then the default."""
    found = spec(
        read, "{v: {env: OWN, default: default}}", "user_data: '${v}'", variables=given, environ=environ
    )
    assert found == value


def test_a_variable_without_a_value_names_all_ways(refuse: Refuse) -> None:
    """The error says how to give it, and what it is for."""
    text = "project: ${name}\nvariables:\n  name: {env: OWN, description: the stage}\n"
    assert refuse(text) == (
        "error: variable 'name' has no value\n"
        " --> infra.yaml:3:3\n"
        "  |\n"
        "2 | variables:\n"
        "3 |   name: {env: OWN, description: the stage}\n"
        "  |   ^^^^ give it with --var name=..., HETZNER_VAR_name=..., OWN=... or a default\n"
        "  = the stage"
    )


def test_a_person_can_be_asked(tmp_path: Path) -> None:
    """`ask` is called once for what nothing else gives."""
    path = tmp_path / "a.yaml"
    path.write_text("project: ${name}-${name}\nvariables: {name: {description: the stage}}\n")
    asked: list[tuple[str, str, bool]] = []

    def ask(name: str, about: str, secret: bool) -> str:
        asked.append((name, about, secret))
        return "x"

    document = load([path], KINDS, environ={}, ask=ask)
    assert document.project == "x-x"
    assert asked == [("name", "the stage", False)]


def test_a_whole_scalar_keeps_its_type_and_its_spelling(read: Read) -> None:
    """A list stays a list; a number inside a text is spelled as in the file."""
    assert spec(read, "{v: [a, b]}", "firewalls: '${v}'") == ["a", "b"]
    assert spec(read, "{v: [a, b]}", "firewalls: [x, '${v}']") == ["x", "a", "b"]
    assert spec(read, "{v: true}", "backups: '${v}'") is True
    assert spec(read, "{v: 1.10}", "user_data: 'v${v}'") == "v1.10"
    assert spec(read, "{v: true}", "user_data: 'v${v}'") == "vtrue"


def test_texts_from_outside_take_the_type_of_the_default(read: Read, refuse: Refuse) -> None:
    """A default that is a number, a switch or a list says how to read the text; a text stays text."""
    assert spec(read, "{v: true}", "backups: '${v}'", variables={"v": "no"}) is False
    assert spec(read, "{v: [a]}", "firewalls: '${v}'", environ={"HETZNER_VAR_v": "x, y"}) == ["x", "y"]
    assert spec(read, "{v: main}", "user_data: '${v}'", variables={"v": "1234567"}) == "1234567"
    message = refuse("project: a\nvariables: {v: 2}\noutputs: {o: '${v}'}\n", variables={"v": "two"})
    assert "variable 'v': 'two' is not a number" in message


def test_variables_may_use_variables(read: Read) -> None:
    """A default may be made of others."""
    assert spec(read, "{a: x, b: '${a}.de'}", "user_data: 'www.${b}'") == "www.x.de"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${env.A:-x}", "x"),
        ("${env.E:-x}", "x"),
        ("${env.B:-x}", "b"),
        ("${v:-x}", "x"),
        ("a${env.A:-}b", "ab"),
        ("$${v}", "${v}"),
        ("$$", "$"),
        ("$v $", "$v $"),
        ("a$$${env.B}", "a$b"),
    ],
)
def test_defaults_and_escapes(text: str, value: str, read: Read) -> None:
    """`:-` helps where something is unset or empty; `$$` is `$`, and a lone `$` is itself."""
    environ = {"B": "b", "E": ""}
    assert spec(read, "{v: {default: }}", f"user_data: '{text}'", environ=environ) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("${domian}", "unknown name 'domian'"),
        ("${env.A}", "the environment has no 'A'"),
        ("${env.A:?set A first}", "env.A: set A first"),
        ("${n}", "'${n}' counts replicas: it needs 'count' beside it"),
        ("${each.key}", "'${each.key}' is of a replica: it needs 'for_each' beside it"),
        ("${a", "'${' is not closed, or holds another one"),
        ("${a:-${b}}", "'${' is not closed, or holds another one"),
        ("${}", "'${}' is not understood"),
        ("x${nothing}", "it has no value"),
        ("x${many}", "it is a list or a mapping"),
        ("${HOME}", "for the environment write ${env.HOME}"),
        ("${servers.w.id:-x}", "a reference to a resource has no default"),
    ],
)
def test_what_cannot_be_filled_in(text: str, message: str, refuse: Refuse) -> None:
    """Whatever is not defined is an error, never an empty text."""
    variables = "variables: {domain: x, nothing: ~, many: [1]}\n"
    printed = refuse(
        f"project: a\n{variables}" + SERVER.format(f"user_data: '{text}'"), environ={"HOME": "/h"}
    )
    assert message in printed
    assert printed.count("error: ") == 1
    assert "--> infra.yaml:3:" in printed


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("'${env.HCLOUD_TOKEN}'", {"environ": {"HCLOUD_TOKEN": TOKEN}}),
        ("'${env.HETZNER_API_TOKEN:-x}'", {"environ": {}}),
        ("'${env.MY_TOKEN}'", {"environ": {"HCLOUD_TOKEN": TOKEN, "MY_TOKEN": TOKEN}}),
        ("'${env.BOTH}'", {"environ": {"HETZNER_API_TOKEN": TOKEN, "BOTH": f"Bearer {TOKEN}"}}),
        ("'${v}'", {"environ": {"HCLOUD_TOKEN": TOKEN, "HETZNER_VAR_v": TOKEN}}),
        ("'${v}'", {"environ": {"HCLOUD_TOKEN": TOKEN, "OWN": TOKEN}}),
        ("'${v}'", {"environ": {"HCLOUD_TOKEN": TOKEN}, "variables": {"v": TOKEN}}),
    ],
)
def test_the_token_is_never_filled_in(text: str, options: dict[str, object], refuse: Refuse) -> None:
    """Neither by its name, nor under another name, nor as a variable."""
    printed = refuse(
        "project: a\nvariables: {v: {env: OWN, default: x}}\n" + SERVER.format(f"user_data: {text}"),
        **options,
    )
    assert "the API token: it is never put into a resource" in printed
    assert TOKEN not in printed


def test_further_tokens_are_refused_too(tmp_path: Path) -> None:
    """A token that came from elsewhere than the environment is known by its text."""
    path = tmp_path / "a.yaml"
    path.write_text("project: a\noutputs: {o: '${env.X}'}\n")
    with pytest.raises(DocumentError, match="X holds the API token"):
        load([path], KINDS, environ={"X": TOKEN}, tokens=[TOKEN])


def test_secrets_stay_hidden(read: Read) -> None:
    """A secret is hidden in every text around it, and cannot be pickled."""
    document = read(
        "variables: {pw: {env: PW, secret: true}}\n"
        "storage_boxes: {a: {password: '${pw}'}, b: {password: 'x-${pw}-y'},"
        " c: {password: '${env.MY_PASSWORD}'}}\n"
        "outputs: {o: '${pw}'}\n",
        environ={"PW": "hunter2hunter2", "MY_PASSWORD": "hunter3hunter3"},
    )
    found = [resource.spec["password"] for resource in document.resources]
    assert [type(value) for value in found] == [Secret] * 3
    assert [value.reveal() for value in found] == ["hunter2hunter2", "x-hunter2hunter2-y", "hunter3hunter3"]
    parts = (found, document.variables, document.outputs, document.resources[0].spec)
    shown = f"{document!r} {document} {parts!r} {parts}"
    assert "hunter" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(found[0])


def test_a_secret_that_does_not_fit_is_not_shown(refuse: Refuse) -> None:
    """The message about a bad secret does not hold it."""
    text = "project: a\nvariables: {pw: {env: PW, secret: true}}\nstorage_boxes: {a: {password: '${pw}'}}\n"
    printed = refuse(text, environ={"PW": "hunter2"})
    assert "storage_boxes.a.password: the secret value is not valid here" in printed
    assert "hunter" not in printed


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ("{env: x}", "'env' cannot be a variable"),
        ("{n: 2}", "${n} is something else: take another name"),
        ("{a.b: x}", "'a.b' cannot be a variable"),
        ("{v: {defalt: x}}", "did you mean 'default'?"),
        ("{v: {a: 1, b: 2}}", "a mapping as the value goes below 'default:'"),
        ("{v: {secret: 1}}", "secret must be true or false, not a number"),
        ("[a]", "variables must be a mapping of names, not a list"),
    ],
)
def test_bad_declarations(variables: str, message: str, refuse: Refuse) -> None:
    """Declarations are checked like everything else."""
    assert message in refuse(f"project: a\nvariables: {variables}\n")


def test_a_value_for_an_unknown_variable(refuse: Refuse) -> None:
    """A slip in `-v` is told."""
    printed = refuse("project: a\nvariables: {domain: x}\n", variables={"domian": "y"})
    assert printed == "error: variable 'domian' is not declared\n  = did you mean 'domain'?"
