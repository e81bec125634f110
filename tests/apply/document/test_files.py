"""Several files, folders, and texts from other files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hetzner.apply.document import FileText, Secret, Template, load, plain
from tests.apply.document.conftest import Folder, Refuse
from tests.apply.document.faces import KINDS

HEAD = "project: a\nservers:\n  w: {server_type: a, image: b, user_data: %s}\n"


def test_a_folder_is_one_document(folder: Folder) -> None:
    """All YAML files of a folder are merged by name; hidden files, others and folders are left alone."""
    path = folder(
        {
            "b.yml": "project: shop\nservers: {b: {server_type: a, image: b}}\n",
            "a.yaml": "project: shop\nservers: {a: {server_type: a, image: b, user_data: '${v}'}}\n",
            "c.yaml": "variables: {v: x}\n",
            ".hidden.yaml": "[",
            "note.txt": "[",
            "sub/d.yaml": "[",
        }
    )
    document = load([path, path / "a.yaml"], KINDS, environ={})
    assert [resource.name for resource in document.resources] == ["a", "b"]
    assert [Path(name).name for name in document.files] == ["a.yaml", "b.yml", "c.yaml"]


def test_duplicates_across_files_name_both_places(folder: Folder, refuse_files: Refuse) -> None:
    """The same name in two files is an error, as are two projects; all are told, in order."""
    path = folder(
        {
            "a.yaml": "project: one\nservers:\n  web: {server_type: a, image: b}\n",
            "b.yaml": "project: two\nservers:\n  web: {server_type: a, image: b}\n  x: {}\n",
        }
    )
    printed = refuse_files(path)
    assert f"error: another project\n --> {path}/b.yaml:1:1" in printed
    assert f"first given at {path}/a.yaml:1:1" in printed
    assert f"error: duplicate 'web' in servers\n --> {path}/b.yaml:3:3" in printed
    assert f"first defined at {path}/a.yaml:3:3" in printed


def test_syntax_errors_of_several_files_are_told_together(folder: Folder, refuse_files: Refuse) -> None:
    """One run shows what is broken in each file."""
    assert refuse_files(folder({"a.yaml": "a: [\n", "b.yaml": "b: {\n"})).count("error: not valid YAML") == 2


def test_an_empty_folder_and_a_missing_file(tmp_path: Path, refuse_files: Refuse) -> None:
    """Nothing to read is an error, for it would mean to delete everything."""
    printed = refuse_files(tmp_path, tmp_path / "nowhere.yaml")
    assert "has no *.yaml or *.yml file" in printed
    assert "nowhere.yaml' does not exist" in printed


def test_a_file_becomes_text_with_its_path(folder: Folder) -> None:
    """Only the names in `vars` are filled in; everything else in the file is left alone."""
    path = folder(
        {
            "infra.yaml": "project: a\nvariables: {rel: 1.10}\nservers:\n"
            "  w: {server_type: a, image: b, user_data: {file: ci/web.yaml, vars: {rel: '${rel}', n: 3}}}\n"
            "  x: {server_type: a, image: b, user_data: {file: '${env.F}'}}\n",
            "ci/web.yaml": "echo ${rel} ${n} ${HOME} $$ $${x} ${rel:-y}\n",
        }
    )
    document = load([path], KINDS, environ={"F": "ci/web.yaml"})
    web, other = (resource.spec["user_data"] for resource in document.resources)
    assert isinstance(web, FileText)
    assert (web, web.path) == ("echo 1.10 3 ${HOME} $$ $${x} ${rel:-y}\n", "ci/web.yaml")
    assert "echo" not in repr(web)
    assert type(plain(web)) is str
    assert other == "echo ${rel} ${n} ${HOME} $$ $${x} ${rel:-y}\n"
    assert document.files[1:] == ("ci/web.yaml",)


def test_secrets_and_references_in_a_file(folder: Folder) -> None:
    """A secret makes the whole text secret; a reference leaves a hole in it."""
    path = folder(
        {
            "infra.yaml": "project: a\nvariables: {pw: {default: s3cret, secret: true}}\nservers:\n"
            "  w: {server_type: a, image: b, user_data: {file: f, vars: {a: '${pw}'}}}\n"
            "  x: {server_type: a, image: b, user_data: {file: f, vars: {a: '${servers.w.ip}'}}}\n",
            "f": "x ${a} y",
        }
    )
    first, second = (resource.spec["user_data"] for resource in load([path], KINDS, environ={}).resources)
    assert isinstance(first, Secret)
    assert (first.reveal(), first.path) == ("x s3cret y", "f")
    assert isinstance(second, Template)
    assert (str(second), second.path) == ("x ${servers.w.ip} y", "f")


def test_a_public_key_of_the_home_folder(folder: Folder, tmp_path: Path, refuse_files: Refuse) -> None:
    """`~/.ssh/*.pub` may be read, a private key beside it may not, whatever it is called."""
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "id.pub").write_text("ssh-ed25519 AAAA me\n")
    (home / ".ssh" / "id").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    (home / ".ssh" / "fake.pub").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    (home / ".ssh" / "link.pub").symlink_to(home / ".ssh" / "id")
    path = folder(
        {
            "infra.yaml": "project: a\nssh_keys:\n"
            "  k: {file: ~/.ssh/id.pub}\n  l: {file: ~/.ssh/id.pub, protect: true}\n"
        }
    )
    document = load([path], KINDS, environ={"HOME": str(home)})
    assert [r.spec["public_key"] for r in document.resources] == ["ssh-ed25519 AAAA me"] * 2
    assert document.resources[1].meta.protect
    for name, why in (("id", "lies outside"), ("fake.pub", "is a private key"), ("link.pub", "lies outside")):
        (path / "infra.yaml").write_text(f"project: a\nssh_keys: {{k: {{file: ~/.ssh/{name}}}}}\n")
        assert why in refuse_files(path, environ={"HOME": str(home)})


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../outside", "lies outside the folder of the YAML file"),
        ("/etc/hostname", "lies outside the folder of the YAML file"),
        ("ci/../../outside", "lies outside the folder of the YAML file"),
        ("link", "lies outside the folder of the YAML file"),
        ("linked/outside", "lies outside the folder of the YAML file"),
        ("/proc/self/environ", "is not a regular file but the system's"),
        ("/dev/zero", "is not a regular file but the system's"),
        ("device", "is not a regular file but the system's"),
        ("pipe", "is not a regular file but a pipe"),
        ("ci", "is not a regular file but a directory"),
        ("nowhere", "does not exist"),
        ("large", "is larger than 32 KiB"),
        ("binary", "is not UTF-8 text"),
        ('"a\\0b"', "is not a possible file name"),
        ("~root/x", "does not exist"),
        ("3", "file must be a path, not a number"),
    ],
)
def test_files_that_are_not_read(name: str, why: str, folder: Folder, refuse_files: Refuse) -> None:
    """Nothing outside the folder, no link out of it, no device, no pipe, nothing too large."""
    path = folder(
        {
            "infra.yaml": HEAD % f"{{file: {name}}}",
            "../outside": "secret",
            "ci/a": "x",
            "large": b"x" * 32769,
            "binary": b"\xff\xfe\x00",
        }
    )
    (path / "link").symlink_to(path.parent / "outside")
    (path / "linked").symlink_to(path.parent)
    (path / "device").symlink_to("/dev/zero")
    os.mkfifo(path / "pipe")
    printed = refuse_files(path / "infra.yaml")
    assert why in printed
    assert ("--allow-outside" in printed) is (why.startswith("lies outside"))
    assert f"{path}/infra.yaml:3:" in printed


def test_the_fence_can_be_lifted(folder: Folder, refuse_files: Refuse) -> None:
    """With allow_outside other folders may be read, but never what the system makes up."""
    path = folder({"infra.yaml": HEAD % "{file: ../outside}", "../outside": "text"})
    document = load([path], KINDS, environ={}, allow_outside=True)
    assert document.resources[0].spec["user_data"] == "text"
    (path / "infra.yaml").write_text(HEAD % "{file: /proc/self/environ}")
    assert "the system's" in refuse_files(path, allow_outside=True)


def test_vars_that_the_file_does_not_use(folder: Folder, refuse_files: Refuse) -> None:
    """A slip in `vars` is told with what the file asks for; so is what cannot be text."""
    path = folder({"infra.yaml": HEAD % "{file: f, vars: {relase: x, a: [1]}}", "f": "${release} ${a}"})
    printed = refuse_files(path)
    assert "the file has no '${relase}'" in printed
    assert "did you mean 'release'?" in printed
    assert "a value put into a file must be a single text" in printed


def test_other_things_may_be_called_file(folder: Folder) -> None:
    """Labels are labels and records are records, even those called `file`."""
    text = "project: a\nservers: {w: {server_type: a, image: b, labels: {file: x}}}\n"
    path = folder({"infra.yaml": text + "zones: {z.de: {records: {file: {A: 192.0.2.1}}}}\n"})
    server, zone = load([path], KINDS, environ={}).resources
    assert server.spec["labels"] == {"file": "x"}
    assert zone.spec["records"] == {"file": {"A": "192.0.2.1"}}
