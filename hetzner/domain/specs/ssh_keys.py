"""What may be wanted of an SSH key.

https://docs.hetzner.cloud/reference/cloud#ssh-keys
"""

from base64 import b64decode
from typing import Annotated, Any, ClassVar, Required

from pydantic import AfterValidator
from typing_extensions import TypedDict

from hetzner.domain.specs.facts import replace
from hetzner.domain.specs.kind import STRICT, Kind, Names
from hetzner.domain.specs.labels import Labels, declared


class PublicKey(str):
    """A public key as it was written; equal to the same key under another comment."""

    def _data(self) -> list[str]:
        return str.__str__(self).split()[:2]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self._data() == other.split()[:2]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(tuple(self._data()))


def _public(key: str) -> str:
    """Refuse what is no public key, a private one above all."""
    key = key.strip()
    if "PRIVATE KEY" in key:
        raise ValueError("this is a private key; give the file that ends in .pub")
    if len(key.split()) < 2 or "\n" in key:
        raise ValueError("a public key is one line: its type, its data and a comment")
    kind, data = key.split()[:2]
    try:
        blob = b64decode(data, validate=True)
    except ValueError:
        blob = b""
    if not blob.startswith(len(kind).to_bytes(4, "big") + kind.encode()):
        raise ValueError(f"this is no whole key of the type {kind}: copy it again")
    return PublicKey(key)


class SSHKeySpec(TypedDict, total=False):
    """What may be wanted of an SSH key."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    public_key: Required[
        Annotated[str, AfterValidator(_public), replace("a key is what it is"), "The key, as in a .pub file."]
    ]
    labels: Annotated[Labels, "Your own key/value pairs."]


class SSHKeyKind(Kind):
    """SSH keys."""

    name, singular, spec = "ssh_keys", "ssh_key", SSHKeySpec
    code = "key"
    inline = frozenset({"public_key", "labels"})
    text_field = "public_key"
    single: ClassVar = frozenset({"public_key"})
    attributes: ClassVar = {
        "id": lambda key: key.id,
        "name": lambda key: key.name,
        "fingerprint": lambda key: key.fingerprint,
        "public_key": lambda key: key.public_key,
    }

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a key as the API shows it in the terms of the spec."""
        return {"public_key": actual.public_key.strip(), "labels": declared(actual.labels)}


KIND = SSHKeyKind()
