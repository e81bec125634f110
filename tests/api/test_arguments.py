"""What a client is told when it is made by the words of another one."""

from inspect import signature
from typing import Any

import pytest

from hetzner import AsyncHetzner, Hetzner


@pytest.mark.parametrize("kind", [Hetzner, AsyncHetzner])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"token": "s3cr3t"}, "unexpected keyword argument 'token'; it is called 'api_token'"),
        ({"api_endpoint": "https://x"}, "'api_endpoint'; it is called 'base_url'"),
        ({"api_tokn": "s3cr3t"}, "'api_tokn'; did you mean 'api_token'"),
    ],
)
def test_an_argument_of_another_client_is_told_by_its_name_here(
    kind: Any, given: dict[str, Any], told: str
) -> None:
    """Who comes from hcloud-python learns what it is called, and no frame of ours holds the value."""
    with pytest.raises(TypeError, match=told) as caught:
        kind(**given)
    frames = [frame.frame.f_locals for frame in caught.traceback if "hetzner/api" in str(frame.path)]
    assert frames
    assert not any("s3cr3t" in repr(values) for values in frames)
    with pytest.raises(TypeError, match=f"{kind.__name__}.. takes no positional arguments; .* api_token="):
        kind("s3cr3t")


def test_the_signature_of_a_client_is_that_of_its_constructor() -> None:
    """An editor shows its arguments, and a subclass has those of its own."""

    class Regional(Hetzner):
        def __init__(self, region: str) -> None:
            super().__init__(api_token="token")
            self.region = region

    shown = list(signature(Hetzner).parameters)
    assert shown[:3] == ["api_token", "context", "base_url"]
    assert shown == list(signature(AsyncHetzner).parameters)
    assert list(signature(Regional).parameters) == ["region"]
    assert Regional("fsn1").region == Regional(region="fsn1").region == "fsn1"
