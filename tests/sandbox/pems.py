"""Keys and certificates made for a test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

pytest.importorskip("cryptography", reason="the extra 'certificates' is not installed")

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat as Form
from cryptography.x509.oid import NameOID

START, END = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)


class Holder:
    """Somebody with a key and a certificate, by itself or by an issuer."""

    def __init__(self, name: str, *domains: str, issuer: Holder | None = None) -> None:
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = ec.generate_private_key(ec.SECP256R1())
        signer = issuer or self
        builder = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(signer.name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(START)
            .not_valid_after(END)
        )
        if domains:
            names = x509.SubjectAlternativeName([x509.DNSName(domain) for domain in domains])
            builder = builder.add_extension(names, critical=False)
        self.certificate = builder.sign(signer.key, hashes.SHA256())

    @property
    def pem(self) -> str:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def key_pem(self, passphrase: str | None = None) -> str:
        """The private key."""
        how = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, Form.PKCS8, how).decode()
