"""Uploaded certificates, read and checked with the optional package `cryptography`.

https://docs.hetzner.cloud/reference/cloud#certificates-create-a-certificate
"""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hetzner.sandbox.errors import Refusal, invalid, unsupported

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MOST_KEY, MOST_CHAIN = 5_000, 30_000
"""Bytes."""
LONGEST_CHAIN = 5
"""Certificates."""


def read_uploaded(chain: str, key: str) -> dict[str, Any]:
    """Return domain names, fingerprint and validity of a chain, or refuse one that no server could use.

    The key is compared with the first certificate and forgotten. Without `cryptography` nothing can be said
    about either, so the answer is `unsupported_error`.
    """
    if len(chain.encode()) > MOST_CHAIN:
        raise invalid("certificate", f"must not have more than {MOST_CHAIN} bytes")
    if len(key.encode()) > MOST_KEY:
        raise invalid("private_key", f"must not have more than {MOST_KEY} bytes")
    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise _missing() from None
    certificates = _chain(chain)
    _check_key(certificates[0], key)
    return _facts(certificates[0])


def _missing() -> Refusal:
    advice = "pip install 'hetzner[certificates]'"
    return unsupported(f"uploaded certificates without the Python package 'cryptography' ({advice})")


def _chain(text: str) -> list[Certificate]:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509 import load_pem_x509_certificates

    try:
        found = load_pem_x509_certificates(text.encode())
    except ValueError:
        raise invalid("certificate", "is not a certificate in PEM format") from None
    if len(found) > LONGEST_CHAIN:
        raise invalid("certificate", f"must not have more than {LONGEST_CHAIN} certificates")
    for lower, upper in pairwise(found):
        try:
            lower.verify_directly_issued_by(upper)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
            raise invalid("certificate", "is no chain: each has to certify the one before it") from None
    return found


def _check_key(certificate: Certificate, text: str) -> None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    try:
        own = load_pem_private_key(text.encode(), None).public_key().public_bytes(*form)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise invalid("private_key", "is not a private key in PEM format without a passphrase") from None
    try:
        certified = certificate.public_key().public_bytes(*form)
    except (ValueError, UnsupportedAlgorithm):
        raise invalid("certificate", "has a key of an unknown kind") from None
    if own != certified:
        raise invalid("private_key", "does not belong to the certificate")


def _facts(certificate: Certificate) -> dict[str, Any]:
    from cryptography.hazmat.primitives.serialization import Encoding

    return {
        "domain_names": _names(certificate),
        "fingerprint": fingerprint(certificate.public_bytes(Encoding.DER)),
        "not_valid_before": certificate.not_valid_before_utc.timestamp(),
        "not_valid_after": certificate.not_valid_after_utc.timestamp(),
    }


def _names(certificate: Certificate) -> list[str]:
    from cryptography.x509 import DNSName, ExtensionNotFound, SubjectAlternativeName
    from cryptography.x509.oid import NameOID

    try:
        names = certificate.extensions.get_extension_for_class(SubjectAlternativeName)
    except ExtensionNotFound:
        return [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    except ValueError:
        raise invalid("certificate", "has broken extensions") from None
    return names.value.get_values_for_type(DNSName)


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate in DER, in pairs of upper-case hexadecimal digits."""
    return sha256(certificate).digest().hex(":").upper()
