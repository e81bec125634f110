"""What a variable hides stays hidden in every value that is made from it."""

from __future__ import annotations

import pytest

from hetzner.apply.document import DocumentError, Secret, loads
from hetzner.apply.faces import faces

HEAD = "project: p\nvariables: {hidden: {default: 198.51.100.7/32, secret: true}}\n"
SERVER = "servers: {web: {server_type: cx23, image: debian-13, %s}}"


@pytest.mark.parametrize(
    "text",
    [
        'firewalls: {base: {rules: ["tcp/22 from ${hidden}", icmp]}}',
        SERVER % 'dns_ptr: "x.${hidden}"',
        SERVER % 'user_data: "x ${hidden}"',
    ],
)
def test_a_secret_stays_hidden_in_what_is_written_out(text: str) -> None:
    """The parts of a short form that show a secret are secrets; the others stay readable."""
    document = loads(HEAD + text, faces())
    spec = document.resources[0].spec
    assert "198.51.100.7" not in repr(spec)
    assert "(secret)" in repr(spec)


def test_the_rest_of_a_short_form_stays_readable() -> None:
    """Of a rule only the address is hidden."""
    text = 'firewalls: {base: {rules: ["tcp/22 from ${hidden}"]}}'
    (rule,) = loads(HEAD + text, faces()).resources[0].spec["rules"]
    assert (rule["direction"], rule["protocol"], rule["port"]) == ("in", "tcp", "22")
    assert rule["source_ips"] == [Secret("198.51.100.7/32")]


def test_a_label_holds_no_secret() -> None:
    """Labels are seen by everybody, so a secret in one is refused before any request."""
    with pytest.raises(DocumentError, match="cannot hold a secret"):
        loads(HEAD + SERVER % 'labels: {a: "${hidden}"}', faces())
