"""Secrets of a live project: an export shows none, and asks for those that a file must give."""

from __future__ import annotations

import pytest

from hetzner.apply import document as documents
from hetzner.apply.document import DocumentError
from hetzner.apply.faces import faces
from hetzner.apply.plans import Verdict
from tests.apply.stage import Stage, read
from tests.apply.test_export import exported, insist_silent
from tests.apply.wide import PASSWORD


def test_what_cannot_be_left_out_becomes_a_variable() -> None:
    """A password or a private key that a file must give is asked for by name; without it, that is told."""
    pems = pytest.importorskip("tests.sandbox.pems")
    holder = pems.Holder("shop", "example.com")
    box = f"{{storage_box_type: bx11, location: fsn1, password: {PASSWORD}}}"
    stage = Stage()
    body = {"name": "own", "type": "uploaded", "certificate": holder.pem, "private_key": holder.key_pem()}
    stage.talk.post("/certificates", body)
    stage.converge(f"storage_boxes: {{backup: {box}}}")
    text = exported(stage)
    assert (PASSWORD in text, "PRIVATE KEY" in text) == (False, False)
    assert "  storage_box_backup_password: {env: STORAGE_BOX_BACKUP_PASSWORD, secret: true}" in text
    assert (
        "    password: ${storage_box_backup_password}" in text or '"${storage_box_backup_password}"' in text
    )
    with pytest.raises(DocumentError, match="has no value"):
        read(text)
    secrets = {"STORAGE_BOX_BACKUP_PASSWORD": PASSWORD, "CERTIFICATE_OWN_PRIVATE_KEY": holder.key_pem()}
    document = documents.loads(text, faces(), environ=secrets)
    insist_silent(stage.plan(document), Verdict.KEEP, Verdict.USE)


def test_secrets_inside_of_fields_become_variables() -> None:
    """Passwords of subaccounts and keys of nameservers are asked for, each by a name."""
    tsig, other = "c2VjcmV0LWtleS1vZi1ucw==", "Quite-another-1!"
    text = f"""
    storage_boxes:
      backup:
        storage_box_type: bx11
        location: fsn1
        password: {PASSWORD}
        subaccounts:
          web:
            {{home_directory: web, password: {other}, description: s, access_settings: {{ssh_enabled: true}}}}
    zones:
      example.com:
        mode: secondary
        primary_nameservers:
          - {{address: 198.51.100.1}}
          - {{address: 198.51.100.2, tsig_algorithm: hmac-sha256, tsig_key: {tsig}}}
    """
    stage = Stage()
    stage.converge(text)
    found = exported(stage)
    assert not [secret for secret in (tsig, other, PASSWORD) if secret in found]
    secrets = {
        "STORAGE_BOX_BACKUP_PASSWORD": PASSWORD,
        "STORAGE_BOX_BACKUP_SUBACCOUNTS_WEB_PASSWORD": other,
        "ZONE_EXAMPLE_COM_PRIMARY_NAMESERVERS_1_TSIG_KEY": tsig,
    }
    document = documents.loads(found, faces(), environ=secrets)
    insist_silent(stage.plan(document), Verdict.KEEP)
    wrong = {**secrets, "STORAGE_BOX_BACKUP_SUBACCOUNTS_WEB_PASSWORD": PASSWORD}
    [item] = stage.plan(documents.loads(found, faces(), environ=wrong)).pending
    assert [change.field for change in item.changes] == ["subaccounts"]
    elsewhere = Stage()
    elsewhere.converge(document)
    assert exported(elsewhere) == found
