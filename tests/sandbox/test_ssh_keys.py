"""SSH keys: what counts as a public key, fingerprints, uniqueness."""

from base64 import b64encode
from hashlib import md5
from typing import Any

import pytest

from tests.sandbox.talk import Talk

MODULUS = b"\x00" + b"\xc1" * 256
CURVES = {"nistp256": 32, "nistp384": 48, "nistp521": 66}


def line(kind: str, *fields: bytes, comment: str = "me@here") -> str:
    """A public key in OpenSSH form, made of the given fields."""
    blob = b"".join(len(each).to_bytes(4, "big") + each for each in (kind.encode(), *fields))
    return f"{kind} {b64encode(blob).decode()} {comment}".strip()


def ed25519(seed: int = 1, comment: str = "me@here") -> str:
    """An Ed25519 key."""
    return line("ssh-ed25519", bytes([seed]) * 32, comment=comment)


def ecdsa(curve: str) -> str:
    """An ECDSA key on a curve."""
    return line(f"ecdsa-sha2-{curve}", curve.encode(), b"\x04" + b"\x07" * 2 * CURVES[curve])


SOUND = {
    "ed25519": ed25519(),
    "without comment": ed25519(comment=""),
    "rsa": line("ssh-rsa", b"\x01\x00\x01", MODULUS),
    **{curve: ecdsa(curve) for curve in CURVES},
    "sk-ed25519": line("sk-ssh-ed25519@openssh.com", b"\x01" * 32, b"ssh:"),
    "sk-ecdsa": line("sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", b"\x04" + b"\x07" * 64, b"ssh:"),
}
BROKEN = {
    "no key": "ssh-ed25519",
    "no base64": "ssh-ed25519 AAAA*",
    "cut off": ed25519()[:52],
    "other type in front": ed25519().replace("ssh-ed25519", "ssh-rsa", 1),
    "unknown type": line("ssh-dss", b"\x01" * 32),
    "short ed25519": line("ssh-ed25519", b"\x01" * 31),
    "field too many": line("ssh-ed25519", b"\x01" * 32, b"more"),
    "even exponent": line("ssh-rsa", b"\x02", MODULUS),
    "short rsa": line("ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xc1" * 64),
    "negative rsa": line("ssh-rsa", b"\x01\x00\x01", b"\xc1" * 256),
    "wrong curve": line("ecdsa-sha2-nistp256", b"nistp384", b"\x04" + b"\x07" * 64),
    "compressed point": line("ecdsa-sha2-nistp256", b"nistp256", b"\x02" + b"\x07" * 64),
    "sk without application": line("sk-ssh-ed25519@openssh.com", b"\x01" * 32),
    "two lines": f"{ed25519(1)}\n{ed25519(2)}",
    "private key": "-----BEGIN OPENSSH PRIVATE KEY-----",
}


def create(talk: Talk, name: str = "me", key: str = SOUND["ed25519"], **fields: Any) -> Any:
    """Register a key."""
    return talk.post("/ssh_keys", {"name": name, "public_key": key, **fields})["ssh_key"]


@pytest.mark.parametrize("key", SOUND.values(), ids=SOUND.keys())
def test_sound_keys_of_all_types_are_accepted(talk: Talk, key: str) -> None:
    """A well-formed key of every supported type is stored and gets its MD5 fingerprint."""
    made = create(talk, key=f"{key}\n")
    assert made["public_key"] == key
    assert len(made["fingerprint"]) == 47


def test_the_fingerprint_is_the_md5_of_the_key(talk: Talk) -> None:
    """The fingerprint is computed from the key alone, not from its comment."""
    made = create(talk, key=line("ssh-ed25519", b"\x01" * 32, comment="other"))
    blob = b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20" + b"\x01" * 32
    assert made["fingerprint"].replace(":", "") == md5(blob, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("key", BROKEN.values(), ids=BROKEN.keys())
def test_broken_keys_are_refused(talk: Talk, key: str) -> None:
    """What is no sound public key answers invalid_input on public_key."""
    status, error = talk.error("POST", "/ssh_keys", {"name": "me", "public_key": key})
    assert (status, error["code"]) == (422, "invalid_input")
    assert error["details"]["fields"][0]["name"] == "public_key"


def test_names_and_fingerprints_are_unique(talk: Talk) -> None:
    """A second key of the same name, or the same key under another name, answers uniqueness_error."""
    create(talk)
    status, error = talk.error("POST", "/ssh_keys", {"name": "me", "public_key": ed25519(2)})
    assert (status, error["code"], error["details"]) == (
        409,
        "uniqueness_error",
        {"fields": [{"name": "name"}]},
    )
    again = {"name": "you", "public_key": ed25519(comment="elsewhere")}
    status, error = talk.error("POST", "/ssh_keys", again)
    assert (status, error["code"]) == (409, "uniqueness_error")
    assert error["details"] == {"fields": [{"name": "public_key"}]}
    assert error["message"] == "SSH key with the same fingerprint already exists"


def test_keys_are_found_by_fingerprint_and_label(talk: Talk) -> None:
    """The list can be narrowed by fingerprint, name and labels, and sorted by name."""
    one, two = create(talk, "one", labels={"of": "me"}), create(talk, "two", ed25519(2))
    assert talk.get(f"/ssh_keys?fingerprint={two['fingerprint']}")["ssh_keys"] == [two]
    assert talk.get("/ssh_keys?label_selector=of")["ssh_keys"] == [one]
    assert talk.get("/ssh_keys?sort=name:desc")["ssh_keys"] == [two, one]


def test_a_key_is_renamed_and_deleted(talk: Talk) -> None:
    """An update changes name and labels; a deleted key can be registered again."""
    key = create(talk)
    changed = talk.put(f"/ssh_keys/{key['id']}", {"name": "new", "labels": {"a": "b"}})["ssh_key"]
    assert changed == {**key, "name": "new", "labels": {"a": "b"}}
    assert talk.delete(f"/ssh_keys/{key['id']}") is None
    assert talk.refused("GET", f"/ssh_keys/{key['id']}") == (404, "not_found")
    create(talk)


def test_a_server_with_a_key_gets_no_password(talk: Talk) -> None:
    """A server takes keys by id or name, and has no root password then."""
    key = create(talk)
    body = {"name": "web", "server_type": "cx23", "image": "debian-13", "location": "fsn1"}
    assert talk.post("/servers", {**body, "ssh_keys": ["me"]})["root_password"] is None
    assert talk.post("/servers", {**body, "name": "db", "ssh_keys": [key["id"]]})["root_password"] is None
    assert talk.refused("POST", "/servers", {**body, "name": "x", "ssh_keys": ["none"]}) == (
        422,
        "invalid_input",
    )
