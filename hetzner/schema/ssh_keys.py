"""SSH keys: public keys that new servers accept.

https://docs.hetzner.cloud/reference/cloud#ssh-keys
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Generic, Literal, Required, Unpack

from hetzner._faces import IO
from hetzner.schema.collection import Collection
from hetzner.schema.common import Labels, Name, NamedListParams, Selector, UpdateParams
from hetzner.schema.endpoint import delete, get, listing, post, put
from hetzner.schema.model import Model
from hetzner.schema.operation import Options
from hetzner.schema.pages import Page

SshKeySort = Literal["id", "id:asc", "id:desc", "name", "name:asc", "name:desc"]


class SSHKey(Model):
    """A public key."""

    id: int
    name: str
    fingerprint: str
    """MD5 in pairs of hexadecimal digits."""
    public_key: str
    labels: dict[str, str]
    created: datetime


class SshKeyCreateParams(Options, total=False):
    """What may be asked of a new SSH key."""

    name: Required[Name]
    public_key: Required[Annotated[str, "The key as in an `authorized_keys` file; unique in the project."]]
    labels: Labels


class SshKeyListParams(NamedListParams, total=False):
    """What narrows and sorts the list of SSH keys."""

    fingerprint: Annotated[str, "Only the key with this fingerprint."]
    label_selector: Selector
    sort: Annotated[SshKeySort | Sequence[SshKeySort], "Order; repeat for secondary keys."]


class SshKeyCreateResponse(Model):
    """An SSH key that was just created."""

    ssh_key: SSHKey


class SshKeyRetrieveResponse(Model):
    """One SSH key."""

    ssh_key: SSHKey


class SshKeyUpdateResponse(Model):
    """An SSH key after its update."""

    ssh_key: SSHKey


class SSHKeysPage(Page[IO, SSHKey]):
    """A page of SSH keys."""

    ssh_keys: list[SSHKey]


class SSHKeys(Collection[IO], Generic[IO], at="/ssh_keys"):
    """Public keys that new servers accept."""

    @post
    def create(self, **params: Unpack[SshKeyCreateParams]) -> SshKeyCreateResponse:
        """Register a public key.

        Args:
            name: Name, unique in the project.
            public_key: The key as in an `authorized_keys` file; unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @get
    def retrieve(self, id: int, **options: Unpack[Options]) -> SshKeyRetrieveResponse:
        """Return one SSH key."""
        ...

    @put
    def update(self, id: int, **params: Unpack[UpdateParams]) -> SshKeyUpdateResponse:
        """Change the name or replace the labels.

        Args:
            name: New name, unique in the project.
            labels: Labels: your own key/value pairs; they replace all the object has.
        """
        ...

    @listing
    def list(self, **params: Unpack[SshKeyListParams]) -> SSHKeysPage[IO]:
        """Return the SSH keys, page by page.

        Args:
            page: Number of the page, from 1.
            per_page: Items a page, at most 50.
            name: Only the one with exactly this name.
            fingerprint: Only the key with this fingerprint.
            label_selector: Label selector, such as `env=prod,role in (web,db)`.
            sort: Order; repeat for secondary keys.
        """
        ...

    @delete
    def delete(self, id: int, **options: Unpack[Options]) -> None:
        """Delete an SSH key; servers that have it keep it."""
        ...
