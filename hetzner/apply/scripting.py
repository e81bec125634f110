"""Planning and applying from Python, with either client.

::

    from hetzner import Hetzner
    from hetzner.apply import apply, load, plan

    document = load(["infra.yaml"])
    with Hetzner() as client:
        print(plan(client, document))
        result = apply(client, document)

With ``AsyncHetzner`` both are awaited. What is declared may also be a map, as :func:`declare` takes it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, overload

from typing_extensions import TypedDict, Unpack

from hetzner.api.client import AsyncHetzner, Hetzner
from hetzner.apply import document as documents
from hetzner.apply.choice import Choice, Options
from hetzner.apply.consent import Refused, insist
from hetzner.apply.converge import load, prepare
from hetzner.apply.document import Document
from hetzner.apply.document.writing import Verbatim, entries
from hetzner.apply.events import Listen, ignore
from hetzner.apply.examine import examine
from hetzner.apply.execute import IN_FLIGHT, Result
from hetzner.apply.faces import faces
from hetzner.apply.plans import Plan
from hetzner.domain.reference import HasId

Declared: TypeAlias = Document | Mapping[str, Any] | str | os.PathLike[str]
"""A document, a map of what would stand in one, or the path of a file or folder."""
T = TypeVar("T")
Work: TypeAlias = Callable[[AsyncHetzner], Coroutine[Any, Any, T]]


class Drifted(Refused):
    """A plan is not what would be done any more, since something has changed after it was made."""


def declare(data: Mapping[str, Any], *, variables: Mapping[str, object] | None = None) -> Document:
    """Return the document of a map as it would stand in a YAML file, checked.

    Objects of the API stand for their ids, ``${...}`` works as in a file (``$$`` is a dollar sign), and paths
    of ``{"file": ...}`` start at the current folder.

    Raises:
        DocumentError: with every problem found, each at its line of the YAML that the map comes to.
    """
    text = "\n".join((*entries(_written(data)), ""))
    name = "the map given to declare()"
    found = documents.loads(text, faces(), name=name, variables=variables, environ=os.environ)
    examine(found)
    return found


def _written(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _written(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_written(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, HasId) and not isinstance(value, str):
        return value.id
    return Verbatim(value)


def _document(declared: Declared) -> Document:
    if isinstance(declared, Document):
        return declared
    return declare(declared) if isinstance(declared, Mapping) else load([declared])


class PlanOptions(TypedDict, total=False):
    """What may be asked for besides what is declared, as with ``hetzner-apply``."""

    adopt: bool
    """Take over what has a declared name and is not owned."""
    destroy: bool
    """Delete everything that the project owns."""
    target: Sequence[str]
    """Only these addresses, patterns or kinds, and what they need."""
    exclude: Sequence[str]
    """Not these, nor what needs them."""


class ApplyOptions(PlanOptions, total=False):
    """What may be asked for when it is carried out."""

    allow_destroy: bool
    """Allow to delete, replace or lose data."""
    max_destroy: int
    """How many objects may be destroyed or replaced (default: three, or half of what the project owns)."""
    parallel: int
    """Requests that may be in flight at the same time."""
    listen: Listen
    """Called with everything that happens."""


@overload
def plan(client: Hetzner, declared: Declared, **options: Unpack[PlanOptions]) -> Plan: ...
@overload
def plan(
    client: AsyncHetzner, declared: Declared, **options: Unpack[PlanOptions]
) -> Coroutine[Any, Any, Plan]: ...
def plan(client: Hetzner | AsyncHetzner, declared: Declared, **options: Unpack[PlanOptions]) -> Any:
    """Return what would be done so that a project is what is declared; nothing is changed.

    Raises:
        DocumentError: what is declared cannot be used, or refers to what does not exist.
        APIError: the API refused, or could not be reached.
    """
    document, asked = _document(declared), _asked(options)

    async def work(client: AsyncHetzner) -> Plan:
        return (await prepare(client, document, asked)).plan

    return _in_face_of(client, work)


@overload
def apply(client: Hetzner, declared: Declared | Plan, **options: Unpack[ApplyOptions]) -> Result: ...
@overload
def apply(
    client: AsyncHetzner, declared: Declared | Plan, **options: Unpack[ApplyOptions]
) -> Coroutine[Any, Any, Result]: ...
def apply(client: Hetzner | AsyncHetzner, declared: Declared | Plan, **options: Unpack[ApplyOptions]) -> Any:
    """Make a project what is declared, and return what became of it: see ``result.complete``.

    Given a plan, exactly that is carried out, with the options that it was made with. Nothing is deleted or
    replaced and no data is lost without ``allow_destroy``.

    Raises:
        Refused: the plan must not be carried out, or takes away more than is allowed; nothing was changed.
        Drifted: the plan that was given is not what would be done any more; nothing was changed.
        DocumentError: what is declared cannot be used, or refers to what does not exist.
        APIError: the API refused, or could not be reached, before anything was changed; later errors are
            in the result.
    """
    promised = declared if isinstance(declared, Plan) else None
    document = _document(declared.document if isinstance(declared, Plan) else declared)
    asked = promised.options if promised else _asked(options)

    async def work(client: AsyncHetzner) -> Result:
        prepared = await prepare(client, document, asked, settle=True)
        insist(
            prepared.plan,
            allow_destroy=options.get("allow_destroy", False),
            max_destroy=options.get("max_destroy"),
        )
        if promised is not None and steps(promised) != steps(prepared.plan):
            raise Drifted("something has changed since this plan was made: plan again", prepared.plan)
        listen = options.get("listen", ignore)
        return await prepared.execution(listen, options.get("parallel", IN_FLIGHT)).run()

    return _in_face_of(client, work)


def _asked(options: PlanOptions) -> Options:
    choice = Choice(tuple(options.get("target", ())), tuple(options.get("exclude", ())))
    return Options(options.get("adopt", False), options.get("destroy", False), choice)


def steps(plan: Plan) -> list[tuple[Any, ...]]:
    """Return what a plan does, such that equal plans do the same."""
    return [(item.address, item.verdict, item.calls) for item in plan.pending]


def _in_face_of(client: Hetzner | AsyncHetzner, work: Work[T]) -> Any:
    """Return what the work comes to: a coroutine for the awaited client, the result itself for the other."""
    if isinstance(client, AsyncHetzner):
        return work(client)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_once(client, work))
    raise RuntimeError("there is an event loop here that would stand still: await this with an AsyncHetzner")


async def _once(client: Hetzner, work: Work[T]) -> T:
    async with client.suspending() as suspending:
        return await work(suspending)
