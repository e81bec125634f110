"""Other people change things while a run goes on: the next runs converge, or say what is in the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from hetzner.apply.document import DocumentError
from hetzner.apply.execute import Result
from tests.apply.drifting import DRIFTS, IN_THE_WAY, Meddled
from tests.apply.stage import Stage
from tests.apply.test_crashes import WAYS, length, part, staged


def drifted(way: str, number: int, drift: str) -> None:
    """Let somebody do something before one request of a run, and insist that it ends well."""
    before, text, destroy = WAYS[way]
    stage = staged(before)
    foreign = stage.state(owned=False)
    stage.wrap = lambda inner: Meddled(inner, number, lambda: DRIFTS[drift](stage))
    with suppress(DocumentError):
        stage.apply(text, destroy=destroy)
    stage.wrap = lambda inner: inner
    stage.talk.wait(600)  # what others began is over
    result = converged(stage, text, destroy=destroy)
    left = stage.plan(text, destroy=destroy)
    assert {address: stage.state(owned=False).get(address) for address in foreign} == foreign
    if result.complete and left.is_empty and not left.refused:
        return
    assert drift in IN_THE_WAY, (result.failed, result.skipped, left.pending, left.refused)
    refused = {item.address: item.refused for item in left.refused}
    assert refused
    assert all("servers.web" in address + why for address, why in refused.items()), refused
    assert all(IN_THE_WAY[drift] in why or "servers.web" in why for why in refused.values()), refused


def converged(stage: Stage, text: str, *, destroy: bool) -> Result:
    """Run until everything is as it is wanted, three times at most."""
    result = stage.apply(text, destroy=destroy)
    for _ in range(2):
        if result.complete:
            break
        result = stage.apply(text, destroy=destroy)
    return result


def cases(every: int) -> Iterator[object]:
    """Yield every n-th combination of a request and what others do."""
    for way, (before, text, destroy) in WAYS.items():
        count = length(before, text, destroy=destroy)
        found = [(number, drift) for number in range(1, count) for drift in DRIFTS]
        for number, drift in found[::every]:
            yield pytest.param(way, number, drift, id=f"{way}-{number}-{drift}")


@pytest.mark.parametrize(("way", "number", "drift"), list(cases(179)))
def test_what_others_do_meanwhile_is_healed(way: str, number: int, drift: str) -> None:
    """What is ours becomes as it is wanted, what is not ours stays, and what is in the way is named."""
    drifted(way, number, drift)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("drift", DRIFTS)
def test_whenever_others_do_it(way: str, drift: str) -> None:
    """The same before requests all over a run; HETZNER_PROOF=all takes every request."""
    before, text, destroy = WAYS[way]
    for number in part(range(1, length(before, text, destroy=destroy)), [*DRIFTS].index(drift), 7):
        drifted(way, number, drift)
