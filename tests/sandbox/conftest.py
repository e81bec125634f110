"""What the tests of the sandbox share."""

import pytest

from tests.sandbox.talk import Talk


@pytest.fixture
def talk() -> Talk:
    """A client of a fresh sandbox in memory, on virtual time."""
    return Talk()
