"""Scenarios of the verbs of certificates."""

from __future__ import annotations

import pytest

from hetzner import ActionFailed
from tests.domain.faces import Face, done
from tests.domain.verbs.common import records
from tests.domain.verbs.registry import tries


@tries("Certificate.retry")
async def retry(face: Face) -> None:
    """What could not be issued is there all the same, and issued by another try."""
    certificates = await records(face, "Certificate")
    face.sandbox.faults.fail_action("create_certificate", message="the CA is out")
    with pytest.raises(ActionFailed, match="the CA is out"):
        await done(certificates.create("shop", domain_names="www.example.org"))
    shop = await done(certificates.find("shop"))
    assert (shop.status.issuance, shop.certificate) == ("failed", None)
    assert repr(shop) == f"Certificate(shop #{shop.id} managed www.example.org failed)"
    action = await done(shop.retry())
    assert (action.command, action.status, shop.status.issuance) == (
        "issue_certificate",
        "success",
        "completed",
    )
    assert shop.certificate.startswith("-----BEGIN CERTIFICATE-----")
