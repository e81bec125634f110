"""Which operation a path is for, whatever thread asks first."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from hetzner.sandbox.routing import Declared, Router
from hetzner.schema.catalog import collection_class


def test_a_path_is_known_to_all_threads_at_once() -> None:
    """Who asks while another thread still loads the operations below a segment waits for all of them."""
    begun, go, loads = threading.Event(), threading.Event(), []

    def load(segment: str) -> Iterator[Declared]:
        loads.append(segment)
        first, *others = collection_class(segment).operations()
        yield first
        begun.set()
        assert go.wait(60)
        yield from others

    router = Router(load=load)
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(router.match, "/v1/volumes/7/actions/resize")
        assert begun.wait(60)
        two = pool.submit(router.match, "/v1/volumes/7/actions/resize")
        try:
            two.result(timeout=0.2)
        except TimeoutError:
            pass
        finally:
            go.set()
        found = [each.result(60) for each in (one, two)]
    assert [[*each[0].operations] if each else None for each in found] == [["POST"], ["POST"]]
    assert loads == ["volumes"]
