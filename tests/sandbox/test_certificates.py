"""Certificates: uploaded ones are really read, managed ones take their time and can fail."""

import sys
from typing import Any

import pytest

from hetzner.sandbox import FileStore, Sandbox
from tests.sandbox.talk import Talk

MANAGED = {"name": "web", "type": "managed", "domain_names": ["example.com", "*.example.com"]}
NOTHING = {"certificate": "x", "private_key": "y"}


@pytest.fixture
def zone(talk: Talk) -> int:
    """The zone that the managed certificates are for."""
    ident: int = talk.post("/zones", {"name": "example.com", "mode": "primary"})["zone"]["id"]
    talk.wait()
    return ident


def upload(chain: str, key: str) -> dict[str, Any]:
    """The body of a create."""
    return {"name": "web", "certificate": chain, "private_key": key}


def refused_field(talk: Talk, body: object) -> str:
    """The field that a create is refused for."""
    status, error = talk.error("POST", "/certificates", body)
    assert (status, error["code"]) == (422, "invalid_input")
    return str(error["details"]["fields"][0]["name"])


def test_an_uploaded_certificate_is_read(talk: Talk) -> None:
    """Names, validity and fingerprint come from the first of the chain; the key is not kept."""
    from cryptography.hazmat.primitives.hashes import SHA256

    from tests.sandbox.pems import Holder

    root = Holder("root")
    web = Holder("ignored", "example.com", "www.example.com", issuer=root)
    answer = talk.post("/certificates", upload(web.pem + root.pem, web.key_pem()))
    made = answer["certificate"]
    assert (answer["action"], made["type"], made["status"], made["used_by"]) == (None, "uploaded", None, [])
    assert made["certificate"] == web.pem + root.pem
    assert made["domain_names"] == ["example.com", "www.example.com"]
    assert made["not_valid_before"] == "2026-01-02T03:04:05Z"
    assert made["not_valid_after"] == "2027-01-02T03:04:05Z"
    assert made["fingerprint"] == web.certificate.fingerprint(SHA256()).hex(":").upper()
    assert "PRIVATE KEY" not in str([*talk.sandbox.project().table("certificates")])
    assert talk.get("/certificates?type=managed")["certificates"] == []
    assert talk.get("/certificates?type=uploaded")["certificates"] == [made]


def test_a_certificate_without_alternative_names_goes_by_its_common_name(talk: Talk) -> None:
    """An old-fashioned certificate has one name."""
    from tests.sandbox.pems import Holder

    web = Holder("old.example.com")
    made = talk.post("/certificates", upload(web.pem, web.key_pem()))["certificate"]
    assert made["domain_names"] == ["old.example.com"]


def test_uploads_that_no_server_could_use_are_refused(talk: Talk) -> None:
    """A foreign, locked or broken key, a broken or wrongly ordered chain, and too much of anything."""
    from tests.sandbox.pems import Holder

    root = Holder("root")
    web = Holder("web", "example.com", issuer=root)
    key = web.key_pem()
    long = [root]
    while len(long) < 6:
        long.append(Holder(f"ca{len(long)}", issuer=long[-1]))
    for wrong in (root.key_pem(), web.key_pem("secret"), "nonsense", key + " " * 5000):
        assert refused_field(talk, upload(web.pem, wrong)) == "private_key"
    for chain in ("nonsense", root.pem + web.pem, web.pem + web.pem, web.pem + " " * 30_000):
        assert refused_field(talk, upload(chain, key)) == "certificate"
    six = "".join(each.pem for each in reversed(long))
    assert refused_field(talk, upload(six, long[-1].key_pem())) == "certificate"
    assert talk.get("/certificates")["certificates"] == []


def test_without_the_package_uploads_are_refused_honestly(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer names what is missing, and nothing was read."""
    monkeypatch.setitem(sys.modules, "cryptography", None)
    status, error = talk.error("POST", "/certificates", {"name": "web", **NOTHING})
    assert (status, error["code"]) == (422, "unsupported_error")
    assert "hetzner[certificates]" in error["message"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "web"}, "certificate"),
        ({"name": "web", "certificate": "x"}, "private_key"),
        ({"name": "web", "type": "managed"}, "domain_names"),
        ({**MANAGED, "domain_names": []}, "domain_names"),
        ({**MANAGED, "domain_names": ["localhost"]}, "domain_names"),
        ({**MANAGED, "domain_names": ["a.*.example.com"]}, "domain_names"),
        ({**MANAGED, "name": ""}, "name"),
        ({**MANAGED, "type": "imported"}, "type"),
    ],
)
def test_each_type_has_fields_of_its_own(talk: Talk, body: object, field: str) -> None:
    """What is missing or no domain name is invalid input in the field."""
    assert refused_field(talk, body) == field


@pytest.mark.usefixtures("zone")
def test_a_managed_certificate_is_issued_after_a_while(talk: Talk) -> None:
    """It is pending without any data at first; then everything about it can be read from its PEM text."""
    x509 = pytest.importorskip("cryptography.x509")

    answer = talk.post("/certificates", MANAGED)
    made = answer["certificate"]
    assert answer["action"]["command"] == "create_certificate"
    assert made["status"] == {"issuance": "pending", "renewal": "unavailable", "error": None}
    assert (made["certificate"], made["fingerprint"], made["not_valid_after"]) == (None, None, None)
    talk.wait(5)
    assert talk.get(f"/certificates/{made['id']}")["certificate"]["status"]["issuance"] == "pending"
    talk.wait(60)
    issued = talk.get(f"/certificates/{made['id']}")["certificate"]
    assert issued["status"] == {"issuance": "completed", "renewal": "unavailable", "error": None}
    read = x509.load_pem_x509_certificate(issued["certificate"].encode())
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == issued["domain_names"] == MANAGED["domain_names"]
    assert f"{read.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}" == issued["not_valid_after"]
    assert f"{read.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ}" == issued["not_valid_before"]


def test_the_same_seed_issues_the_same_certificate() -> None:
    """Two sandboxes that are asked the same answer the same."""
    seen = []
    for _ in range(2):
        talk = Talk(Sandbox(seed=7))
        talk.post("/zones", {"name": "example.com", "mode": "primary"})
        made = talk.post("/certificates", MANAGED)["certificate"]["id"]
        talk.wait()
        seen.append(talk.get(f"/certificates/{made}"))
    assert seen[0] == seen[1]


@pytest.mark.usefixtures("zone")
def test_only_failures_are_retried(talk: Talk) -> None:
    """The status says why it failed; a retry that goes well ends as usual, and then there is none."""
    faults = talk.sandbox.faults
    faults.fail_action("create_certificate", code="ca_dns_validation_failed", message="no such record")
    path = f"/certificates/{talk.post('/certificates', MANAGED)['certificate']['id']}"
    refusal = talk.error("POST", f"{path}/actions/retry", {})[1]
    assert (refusal["code"], refusal["message"]) == ("unsupported_error", "certificate not retryable")
    talk.wait()
    error = {"code": "ca_dns_validation_failed", "message": "no such record"}
    assert talk.get(path)["certificate"]["status"] == {
        "issuance": "failed",
        "renewal": "unavailable",
        "error": error,
    }
    faults.fail_action("issue_certificate")
    assert talk.act(f"{path}/actions/retry")["status"] == "error"
    action = talk.act(f"{path}/actions/retry")
    assert (action["command"], action["status"]) == ("issue_certificate", "success")
    assert talk.get(path)["certificate"]["status"]["error"] is None
    assert talk.refused("POST", f"{path}/actions/retry", {}) == (422, "unsupported_error")


def test_domains_have_to_be_in_a_zone_of_the_project(talk: Talk, zone: int) -> None:
    """Without a zone, or with a secondary one, the issuance fails; a retry sees what changed."""
    path = f"/certificates/{talk.post('/certificates', MANAGED)['certificate']['id']}"
    elsewhere = {**MANAGED, "name": "b", "domain_names": ["www.example.com", "example.org"]}
    other = f"/certificates/{talk.post('/certificates', elsewhere)['certificate']['id']}"
    talk.wait()
    assert talk.get(path)["certificate"]["status"]["issuance"] == "completed"
    assert talk.get(other)["certificate"]["status"]["error"]["code"] == "dns_zone_not_found"
    nameservers = [{"address": "203.0.113.9"}]
    body = {"name": "example.org", "mode": "secondary", "primary_nameservers": nameservers}
    second = talk.post("/zones", body)["zone"]["id"]
    assert talk.act(f"{other}/actions/retry")["error"]["code"] == "dns_zone_is_secondary_zone"
    talk.delete(f"/zones/{second}")
    talk.wait()
    talk.post("/zones", {"name": "example.org", "mode": "primary"})
    assert talk.act(f"{other}/actions/retry")["status"] == "success"


@pytest.mark.usefixtures("zone")
def test_a_certificate_in_use_is_not_deleted(talk: Talk) -> None:
    """It names the load balancers that use it, and goes when none does."""
    ident = talk.post("/certificates", MANAGED)["certificate"]["id"]
    talk.wait()
    service = {"protocol": "https", "http": {"certificates": [ident]}}
    body = {"name": "lb", "load_balancer_type": "lb11", "location": "fsn1", "services": [service]}
    balancer = talk.post("/load_balancers", body)["load_balancer"]["id"]
    talk.wait()
    used = talk.get(f"/certificates/{ident}")["certificate"]["used_by"]
    assert used == [{"id": balancer, "type": "load_balancer"}]
    assert talk.refused("DELETE", f"/certificates/{ident}") == (422, "resource_in_use")
    talk.delete(f"/load_balancers/{balancer}")
    talk.wait()
    assert talk.delete(f"/certificates/{ident}") is None


@pytest.mark.usefixtures("zone")
def test_a_certificate_can_go_before_it_is_issued(talk: Talk) -> None:
    """Its action ends in error, and names can be used again."""
    answer = talk.post("/certificates", MANAGED)
    path = f"/certificates/{answer['certificate']['id']}"
    assert talk.refused("POST", "/certificates", MANAGED) == (409, "uniqueness_error")
    assert talk.put(path, {"name": "new", "labels": {"a": "b"}})["certificate"]["labels"] == {"a": "b"}
    talk.delete(path)
    talk.wait()
    assert talk.get(f"/actions/{answer['action']['id']}")["action"]["status"] == "error"
    talk.post("/certificates", MANAGED)


def test_a_private_key_never_reaches_the_state_file(tmp_path: Any) -> None:
    """What is written to disk has the certificate and no key."""
    from tests.sandbox.pems import Holder

    web = Holder("web", "example.com")
    sandbox = Sandbox(store=FileStore(tmp_path / "state.db"))
    Talk(sandbox).post("/certificates", upload(web.pem, web.key_pem()))
    sandbox.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"BEGIN CERTIFICATE" in written
    assert b"PRIVATE KEY" not in written
