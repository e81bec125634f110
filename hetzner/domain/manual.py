"""All records on one page: ``python -m hetzner.domain.manual > docs/records.md``.

All of it comes from the classes: signatures and docstrings, so that the page says what the records do.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from hetzner import RECORDS
from hetzner.domain.finding import Finders
from hetzner.domain.record import Labelled, Record, Removable
from hetzner.domain.relations import Related
from hetzner.domain.watched import Acted, Measured
from hetzner.schema.model import Model

INTRODUCTION = """# All records

An object of the API together with what can be done with it: `from hetzner import Server`. This page is made
from the classes by `python -m hetzner.domain.manual > docs/records.md`; `help(Server)` tells the same.
Reading an attribute never makes a request, a verb makes those that its name says, waits for its action
(unless `wait=False`) and refreshes the record. `hetzner.aio` has the same names and the same methods, to be
awaited (`load` and properties as they are).

A *Ref* is a name, an id, or an object that has one; a *Choice* is a Ref or several, of which the first is
taken that can be had. *Labels* are a map (`{"env": "prod", "role": ["web", "db"], "public": None}`) or a
label selector. `client` is left out where `HCLOUD_TOKEN` and the like, or `using()`, say which one. Options
are the words of [infrastructure files](infra.md), where their forms are told as well; here an object does
wherever a name does. To annotate scripts of your own, `hetzner` has `Ref`, `Labels`, `Ensured`, `Swept`,
`Cost` and `Amount`, and `hetzner.types` what the API tells, such as `Action`, `Metrics` and `RRSetType`.

```python
from hetzner import Firewall, Network, RRSet, Server, StorageBox, StorageBoxSnapshot, Volume, Zone

internal = Network.create("internal", ip_range="10.0.0.0/16", subnets=["10.0.1.0/24"])
wall = Firewall.create("web", rules=["tcp/22 from 203.0.113.0/24", "tcp/443"])
web = Server.create("web", "cx23", image="debian-13", networks=[internal], firewalls=[wall])
data = Volume.create("data", size=10, server=web, format="ext4")

zone = Zone.create("example.com", records={"@": {"MX": ["10 mail.example.com."]}})
RRSet.create(zone, "www", "A", web.ipv4, ttl=300)
print(zone.export_zonefile())

box = StorageBox.create("backups", "bx11", location="fsn1", password="Very-secret-0815")
StorageBoxSnapshot.create(box, description="before the move")
```
"""
SHARED = (Finders, Labelled, Removable, Related, Acted, Measured, Record, Model)
"""What several records have; it is told once, at the top."""
NOT_FOR_USERS = {"api", "broken_promise", "kind", "lenient", "of", "of_kind", "model_post_init"}
FUNCTIONS = ("hetzner.wait", "hetzner.sweep", "hetzner.using", "hetzner.aio.gather")


def manual() -> str:
    """Return the page as Markdown."""
    text = "\n".join(_lines())
    text = re.sub(r":(?:meth|class|func|mod):`([^`]*)`", r"`\1`", text)
    return re.sub(r"(?<!`)``(?!`)", "`", text).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield INTRODUCTION
    yield ", ".join(f"[{name}](#{name.lower()})" for name in RECORDS) + ".\n"
    yield "## What they share\n"
    for cls in SHARED:
        for name in _public(cls):
            if _home(cls, name) is cls:
                yield from _member(cls, name, "")
    for name, home in RECORDS.items():
        yield from _record(name, getattr(import_module(f"hetzner.{home}"), name))
    yield "## Functions\n"
    for path in FUNCTIONS:
        module, _, name = path.rpartition(".")
        yield from _member(import_module(module), name, module)


def _record(name: str, cls: type[Any]) -> Iterator[str]:
    yield f"## {name}\n"
    data = next(base.__name__ for base in cls.__mro__ if base.__module__.startswith("hetzner.schema"))
    yield f"{inspect.getdoc(cls)} Its attributes are those of [{data}](api.md#{data.lower()}).\n"
    shared = [each for each in _public(cls) if _home(cls, each) in SHARED]
    yield "Besides " + ", ".join(f"[{each}](#{each})" for each in shared) + " it has:\n"
    object_name = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=SSH)", "_", name).lower()
    for each in _public(cls):
        if each not in shared:
            yield from _member(cls, each, name if _of_the_class(cls, each) else object_name)


def _public(cls: type[Any]) -> list[str]:
    """Return the names that are there to be used: first what the class does, then what its objects do."""
    fields = getattr(cls, "model_fields", {})
    inherited = {*dir(BaseModel), *fields, *NOT_FOR_USERS}
    names = dict.fromkeys(name for base in cls.__mro__ for name in vars(base))
    public = [name for name in names if not name.startswith("_") and name not in inherited]
    return sorted(public, key=lambda name: (not _of_the_class(cls, name), not _is_data(cls, name)))


def _home(cls: type[Any], name: str) -> type[Any]:
    return next(base for base in cls.__mro__ if name in vars(base))


def _of_the_class(cls: type[Any], name: str) -> bool:
    return isinstance(inspect.getattr_static(cls, name), classmethod)


def _is_data(cls: type[Any], name: str) -> bool:
    return isinstance(inspect.getattr_static(cls, name), property)


def _member(owner: Any, name: str, of: str) -> Iterator[str]:
    found = vars(owner).get(name) or getattr(owner, name)
    title = f"{of}.{name}" if of else name
    if isinstance(found, property):
        yield f"### {title}\n"
    else:
        yield f"### {title}\n\n`{name}{_signature(getattr(owner, name))}`\n"
    purpose, _, arguments = (inspect.getdoc(found) or "").partition("\n\nArgs:\n")
    yield purpose + "\n"
    if arguments and name != "create":
        yield f"Options are those of [create](#{of.lower()}create).\n"
    elif arguments:
        joined = re.sub(r"\n {8}", " ", arguments)
        yield re.sub(r"^ {4}(\w+): ", r"- `\1`: ", joined, flags=re.MULTILINE) + "\n"


class _Words(str):
    """An annotation as it is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _signature(method: Any) -> str:
    told = inspect.signature(method)
    shown = [_plain(each) for each in told.parameters.values() if not _goes_without_saying(each)]
    returns = told.return_annotation
    none = isinstance(method, type) or returns in (None, "None", told.empty)
    return str(told.replace(parameters=shown, return_annotation=told.empty if none else _words(returns)))


def _goes_without_saying(each: inspect.Parameter) -> bool:
    return each.name == "self" or (each.name == "client" and each.default is None)


def _plain(each: inspect.Parameter) -> inspect.Parameter:
    if each.kind is each.VAR_KEYWORD:
        return each.replace(annotation=each.empty)
    return each.replace(annotation=_words(each.annotation))


def _words(annotation: Any) -> _Words:
    return _Words(annotation if isinstance(annotation, str) else inspect.formatannotation(annotation))


if __name__ == "__main__":
    sys.stdout.write(manual())
