"""What is asked of records that they have not: the error leads to what it is called here."""

from __future__ import annotations

import copy

import pytest

from hetzner import Server
from tests.domain.faces import Face


async def test_a_field_that_the_api_removed_says_what_to_read(face: Face) -> None:
    """Scripts that read `datacenter` are led to `location`; other slips stay what they are."""
    web = await face.server()
    with pytest.raises(AttributeError, match="read 'location' instead"):
        web.datacenter  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        web.nothing  # noqa: B018
    assert not hasattr(copy.copy(web), "datacenter")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("power_on", "poweron"), ("reload", "refresh"), ("get_metrics", "metrics"), ("stauts", "status")],
)
async def test_a_slip_of_an_attribute_says_what_is_near(face: Face, slip: str, meant: str) -> None:
    """Names of other clients and slips of the keyboard are led to what it is called here."""
    web = await face.server()
    with pytest.raises(AttributeError, match=f"no attribute '{slip}'; did you mean '{meant}'"):
        getattr(web, slip)


@pytest.mark.parametrize(("slip", "meant"), [("get_by_name", "find"), ("list", "all"), ("creat", "create")])
def test_a_slip_on_a_class_says_what_is_near(slip: str, meant: str) -> None:
    """So it is for what classes can do, and what libraries look for is answered as ever."""
    with pytest.raises(AttributeError, match=f"'Server' has no attribute '{slip}'; did you mean '{meant}'"):
        getattr(Server, slip)
    with pytest.raises(AttributeError, match=r"^__html__$"):
        Server.__html__  # type: ignore[attr-defined]  # noqa: B018  # pyright: ignore
