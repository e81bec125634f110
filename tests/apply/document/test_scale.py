"""Ten thousand resources."""

from __future__ import annotations

from tests.apply.document.conftest import Read

SERVER = """  web-{n:05}:
    server_type: cx23
    image: debian-13
    location: fsn1
    labels: {{role: web, number: "{n}"}}
    firewalls: [base]
    networks: [internal]
    public_net: {{ipv4: false, ipv6: true}}
    backups: true
"""


def test_ten_thousand_resources_written_out(read: Read) -> None:
    """10,000 servers of ordinary size are within the limits, and the last one knows its line."""
    text = "project: big\nservers:\n" + "".join(SERVER.format(n=n) for n in range(10_000))
    document = read(text)
    assert len(document.resources) == 10_000
    assert document.resources[-1].mark_at("backups").line == 2 + 9 * 10_000


def test_ten_thousand_replicas(read: Read) -> None:
    """10,000 replicas with references are within the limits, each with its own values."""
    text = (
        "defaults: {labels: {env: prod}}\nservers:\n  db: {server_type: a, image: b}\n"
        "  web: {count: 9999, server_type: a, image: b, labels: {n: 'x${n}'},"
        " user_data: 'at ${servers.db.ip} ${n}'}\n"
    )
    document = read(text)
    assert len(document.resources) == 10_000
    assert document.resources[-1].spec["labels"] == {"env": "prod", "n": "x9999"}
