"""Certificates of one's own: uploaded by a record, compared by what is in them."""

from __future__ import annotations

import pytest

from hetzner.domain.specs import kind_of
from hetzner.domain.specs.kind import Names
from tests.domain.faces import Face, done

pytest.importorskip("cryptography", reason="the extra 'certificates' is not installed")


async def test_an_uploaded_certificate_is_read_as_it_was_written(face: Face) -> None:
    """The chain is the same in another layout, and the key is in nothing that is shown."""
    from tests.sandbox.pems import Holder

    holder = Holder("shop", "shop.example.org")
    key = holder.key_pem()
    shop = await done(face.Certificate.create("shop", certificate=holder.pem, private_key=key))
    assert (shop.type, shop.domain_names, shop.status) == ("uploaded", ["shop.example.org"], None)
    have = kind_of("certificates").read(shop, Names({}))
    assert have["certificate"] == holder.pem.replace("\n", "\r\n")
    assert have["certificate"] != Holder("shop", "shop.example.org").pem
    body = key.splitlines()[1]
    assert not any(body in text for text in (repr(shop), str(shop.to_dict()), repr(vars(shop))))
    with pytest.raises(ValueError, match="a certificate of your own needs its private_key") as caught:
        await done(face.Certificate.create("other", certificate=holder.pem))
    assert "BEGIN" not in str(caught.value)
