"""What a resource says about itself beside its fields: protect, lifecycle, renamed_from."""

# No `from __future__ import annotations` here: pydantic reads the annotations of the TypedDicts.

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, with_config
from typing_extensions import TypedDict

from hetzner.apply.document.health import Health, WrittenHealth, health_from

COUNTING = ("count", "for_each")
META = (*COUNTING, "renamed_from", "protect", "lifecycle")
"""Keys of a resource that are ours and no field of the API."""

DEFAULTABLE = ("protect", "lifecycle")
"""Those of them that may stand in the defaults of a kind."""

Replace = Literal["destroy_before_create", "create_before_destroy"]
Unavailable = Annotated[int, Field(ge=1)] | Annotated[str, Field(pattern=r"^([1-9][0-9]?|100)%$")]
"""A number of replicas, or a share of all."""


@with_config(ConfigDict(extra="forbid"))
class LifecycleOptions(TypedDict, total=False):
    """How it is treated when something about it changes."""

    prevent_destroy: Annotated[bool, "Refuse every plan that would delete it."]
    ignore_changes: Annotated[list[str], "Fields that may differ from what is written here."]
    rebuild_on: Annotated[
        list[str], "Fields that matter only when it is made, whose change shall rebuild it all the same."
    ]
    replace_on: Annotated[list[str], "Fields whose change shall make it anew, even if there is a milder way."]
    replace: Annotated[Replace, "What goes first when it has to be made anew."]
    allow_downtime: Annotated[bool, "Whether a plan may stop it for a while (default: yes)."]
    max_unavailable: Annotated[
        Unavailable, "How many replicas are replaced or stopped at the same time (default: 1), or `25%`."
    ]
    health: Annotated[WrittenHealth, "When it is healthy, which is waited for after it was made or stopped."]


@with_config(ConfigDict(extra="forbid"))
class MetaOptions(TypedDict, total=False):
    """Our own keys of a resource, without those that count replicas."""

    renamed_from: Annotated[
        str | dict[str, str],
        "The name that it had before: it is renamed and not made anew; of replicas a map of key to name.",
    ]
    protect: Annotated[bool, "Forbid deletion, for the API and for plans."]
    lifecycle: LifecycleOptions


@dataclass(frozen=True)
class Meta:
    """How a resource is to be treated, beside what it is to be."""

    protect: bool | None = None
    """Whether deletion is refused, by the API and by the plan; None when nothing is said."""
    renamed_from: tuple[str, ...] = ()
    """The names that it may have had before, the likeliest first."""
    maybe_renamed_from: str = ""
    """A name that any one of several replicas may have had: nobody said which."""
    prevent_destroy: bool = False
    """Deletion is refused by the plan."""
    ignore_changes: tuple[str, ...] = ()
    """Fields whose differences are left alone."""
    rebuild_on: tuple[str, ...] = ()
    """Create-only fields whose change rebuilds."""
    replace_on: tuple[str, ...] = ()
    """Fields whose change makes the object anew, even if there is a milder way."""
    replace: Replace | None = None
    """In which order a replacement goes; None for what suits the kind."""
    allow_downtime: bool = True
    """What would stop it while it runs is not refused by the plan."""
    max_unavailable: int | str = 1
    """How many of several replicas may be replaced or stopped at the same time; `25%` of all."""
    health: Health | None = None
    """When it is healthy, which is waited for after it was made, replaced or stopped."""


NO_META = Meta()


def adapter() -> TypeAdapter[Any]:
    """Checks the mapping of our own keys."""
    return TypeAdapter(MetaOptions)


def meta_from(options: MetaOptions) -> Meta:
    """The checked keys as one value."""
    lifecycle: LifecycleOptions = options.get("lifecycle", {})
    health = lifecycle.get("health")
    return Meta(
        protect=options.get("protect"),
        prevent_destroy=lifecycle.get("prevent_destroy", False),
        ignore_changes=tuple(lifecycle.get("ignore_changes", ())),
        rebuild_on=tuple(lifecycle.get("rebuild_on", ())),
        replace_on=tuple(lifecycle.get("replace_on", ())),
        replace=lifecycle.get("replace"),
        allow_downtime=lifecycle.get("allow_downtime", True),
        max_unavailable=lifecycle.get("max_unavailable", 1),
        health=None if health is None else health_from(health),
    )
