"""Nobody but the API gets the token: certificates are checked, and what is wrong with one ends the call."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hetzner import APIConnectionError, AsyncHetzner, Hetzner
from hetzner.api import connections
from tests.faulty import wire

NOW = datetime.datetime.now(datetime.UTC)


def certificate(folder: Path, address: str = "127.0.0.1", days: int = 1) -> Path:
    """Write a certificate for an address with its key; returns the file. It ends in so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=9))
        .not_valid_after(NOW + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@contextmanager
def server(
    path: Path, change: Callable[[ssl.SSLContext], None], *, is_proxy: bool = False
) -> Iterator[tuple[str, list[bytes]]]:
    """Serve an empty list over TLS, also as if behind a proxy; yields the address and what was asked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    change(context)
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                if is_proxy:
                    asked.append(connection.recv(65536))
                    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                with suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                    asked.append(secure.recv(65536))
                    secure.sendall(wire(200, b'{"servers": []}'))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}/v1", asked
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def as_it_is(context: ssl.SSLContext) -> None:
    """Change nothing."""


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Trust a certificate within a test."""

    def trusted(path: Path) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        connections.ssl_context.cache_clear()

    yield trusted
    connections.ssl_context.cache_clear()


def call(url: str, face: str, **options: Any) -> None:
    """List the servers with a client of this face, once."""

    async def awaited() -> None:
        async with AsyncHetzner(api_token="token", base_url=url, max_retries=0, **options) as client:
            await client.servers.list()

    if face == "awaited":
        asyncio.run(awaited())
    else:
        with Hetzner(api_token="token", base_url=url, max_retries=0, **options) as client:
            client.servers.list()


@pytest.mark.parametrize("face", ["blocking", "awaited"])
def test_a_certificate_that_is_trusted_is_enough(
    face: str, tmp_path: Path, trust: Callable[[Path], None]
) -> None:
    """The token goes to who has the right certificate, so the refusals below are for their reasons."""
    path = certificate(tmp_path)
    trust(path)
    with server(path, as_it_is) as (url, asked):
        call(url, face)
    assert b"authorization: bearer token" in asked[0].lower()


@pytest.mark.parametrize("face", ["blocking", "awaited"])
@pytest.mark.parametrize("what", ["unknown", "expired", "of another"])
def test_a_wrong_certificate_ends_the_call(
    face: str, what: str, tmp_path: Path, trust: Callable[[Path], None]
) -> None:
    """One that nobody knows, that is too old, or that is for another address: nothing is sent."""
    path = certificate(
        tmp_path, "127.0.0.2" if what == "of another" else "127.0.0.1", days=-1 if what == "expired" else 1
    )
    if what != "unknown":
        trust(path)
    with server(path, as_it_is) as (url, asked):
        with pytest.raises(APIConnectionError, match=r"certificate verify failed") as caught:
            call(url, face)
        assert not caught.value.maybe_done
    assert asked == []


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("face", ["blocking", "awaited"])
def test_an_old_version_of_tls_ends_the_call(
    face: str, tmp_path: Path, trust: Callable[[Path], None]
) -> None:
    """TLS 1.1 and older are not spoken, whatever the server prefers."""

    def old(context: ssl.SSLContext) -> None:
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("DEFAULT@SECLEVEL=0")

    path = certificate(tmp_path)
    trust(path)
    with server(path, old) as (url, asked), pytest.raises(APIConnectionError):
        call(url, face)
    assert asked == []


@pytest.mark.parametrize("face", ["blocking", "awaited"])
def test_a_proxy_learns_no_token_and_the_api_no_password(
    face: str, tmp_path: Path, trust: Callable[[Path], None]
) -> None:
    """A proxy gets its own credentials and a tunnel; what is for the API goes through that only."""
    path = certificate(tmp_path)
    trust(path)
    with server(path, as_it_is, is_proxy=True) as (url, asked):
        proxy = url.replace("https://", "http://user:secret@").removesuffix("/v1")
        call("https://127.0.0.1:9/v1", face, proxies=proxy)
    tunnel, request = (each.lower() for each in asked)
    assert tunnel.startswith(b"connect 127.0.0.1:9 ")
    assert b"proxy-authorization: basic" in tunnel
    assert b"bearer" not in tunnel
    assert b"authorization: bearer token" in request
    assert b"proxy-authorization" not in request
