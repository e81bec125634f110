"""What a record refers to, loaded when somebody says so: ``web.load(Volume)``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from hetzner._faces import Async, Sync, drive
from hetzner.api.errors import NotFoundError
from hetzner.domain.lookup import collection_of, singular
from hetzner.domain.parts import Part, all_parts
from hetzner.domain.record import Record

Ids = Callable[[Any], Iterable[int | None]]
R = TypeVar("R", bound=Record[Any])
S = TypeVar("S", bound=Record[Sync])
A = TypeVar("A", bound=Record[Async])


def _id(thing: Any) -> int | None:
    return None if thing is None else thing.id


def _applied_to(firewall: Any) -> Iterable[int | None]:
    for each in firewall.applied_to or ():
        yield _id(each.server)
        for found in each.applied_to_resources or ():
            yield _id(found.server)


def _targets(balancer: Any) -> Iterable[int | None]:
    for target in balancer.targets or ():
        yield _id(target.server)
        for found in target.targets or ():
            yield _id(found.server)


def _assignee(kind: str) -> Ids:
    return lambda ip: [ip.assignee_id] if ip.assignee_type == kind else []


RELATIONS: Mapping[str, Mapping[str, Ids]] = {
    "servers": {
        "volumes": lambda server: server.volumes or (),
        "networks": lambda server: [each.network for each in server.private_net or ()],
        "firewalls": lambda server: [each.id for each in server.public_net.firewalls or ()],
        "load_balancers": lambda server: server.load_balancers or (),
        "placement_groups": lambda server: [_id(server.placement_group)],
        "images": lambda server: [_id(server.image)],
        "primary_ips": lambda server: [_id(server.public_net.ipv4), _id(server.public_net.ipv6)],
        "floating_ips": lambda server: server.public_net.floating_ips or (),
    },
    "networks": {
        "servers": lambda network: network.servers or (),
        "load_balancers": lambda network: network.load_balancers or (),
    },
    "firewalls": {"servers": _applied_to},
    "placement_groups": {"servers": lambda group: group.servers or ()},
    "images": {"servers": lambda image: [_id(image.created_from)]},
    "volumes": {"servers": lambda volume: [volume.server]},
    "floating_ips": {"servers": lambda ip: [ip.server]},
    "primary_ips": {"servers": _assignee("server"), "load_balancers": _assignee("load_balancer")},
    "load_balancers": {
        "servers": _targets,
        "networks": lambda balancer: [each.network for each in balancer.private_net or ()],
        "certificates": lambda balancer: [
            id
            for service in balancer.services or ()
            if service.http
            for id in service.http.certificates or ()
        ],
    },
    "certificates": {"load_balancers": lambda certificate: [each.id for each in certificate.used_by or ()]},
}
"""By kind, the kinds of what its objects refer to, and where their ids stand."""


async def load_all(record: Record[Any], cls: type[R]) -> list[R]:
    """Return the objects of a kind that a record refers to, or its parts of that kind."""
    if Record not in getattr(cls, "__mro__", ()):
        raise TypeError(f"load() takes a class of records such as Volume, not {cls!r}")
    if issubclass(cls, Part) and cls.of_kind == record.kind:
        parts: list[Any] = await all_parts(cls, record.id, record._client, None, {})
        return parts
    ids_of = RELATIONS.get(record.kind, {}).get(cls.kind)
    if ids_of is None:
        name = cls.__name__.removeprefix("Async")
        known = ", ".join(RELATIONS.get(record.kind, {})) or "nothing"
        raise TypeError(f"{record!r} does not tell which {name} belong to it; it refers to {known}")
    ids = list(dict.fromkeys(id for id in ids_of(record) if id is not None))
    collection = collection_of(record.api, cls.kind)
    if len(ids) > 1:
        found = {item.id: item async for item in collection.list()}
        return [cls.of(found[id], record._client) for id in ids if id in found]
    try:
        answers = [await collection.retrieve(id) for id in ids]
    except NotFoundError:  # gone since the record was read
        return []
    return [cls.of(getattr(answer, singular(cls.kind)), record._client) for answer in answers]


class Related(Record[Sync]):
    """A record that refers to others, blocking."""

    def load(self, kind: type[S]) -> list[S]:
        """Read what it refers to, of one kind: ``web.load(Volume)``; makes requests, one or a list.

        Which they are is what the record knows; ``refresh()`` it first when that may be old. Raises TypeError
        for a kind that it tells nothing about.
        """
        return drive(load_all(self, kind))


class AsyncRelated(Record[Async]):
    """A record that refers to others, awaited."""

    async def load(self, kind: type[A]) -> list[A]:
        """Read what it refers to, of one kind; see the blocking face."""
        return await load_all(self, kind)
