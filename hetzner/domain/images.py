"""Images as records; new ones come from ``server.create_image()``.

https://docs.hetzner.cloud/reference/cloud#images
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from hetzner._faces import IO, Async, Sync, drive, verb
from hetzner.domain.finding import AsyncFinders, Finders, all_of
from hetzner.domain.lookup import NotFound
from hetzner.domain.project import client_for
from hetzner.domain.record import Removable, given
from hetzner.domain.reference import Selector
from hetzner.domain.relations import AsyncRelated, Related
from hetzner.domain.selectors import Labels, selector
from hetzner.domain.watched import Acted
from hetzner.schema import images as schema

if TYPE_CHECKING:
    from hetzner.api.client import AsyncHetzner, Hetzner
    from hetzner.schema.actions import Action

Made = Literal["snapshot", "backup"]


class _Image(schema.Image, Removable[IO], Acted[IO], Generic[IO]):
    """What can be done with an image, once for both faces."""

    kind: ClassVar[str] = "images"

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield from (self.type, self.architecture)
        if self.description != self.name:
            yield self.description
        if self.status != "available":
            yield self.status

    @verb
    async def update(
        self,
        *,
        description: str | None = None,
        labels: Mapping[str, str] | None = None,
        type: Literal["snapshot"] | None = None,
    ) -> None:
        """Change the description, replace the labels, or turn a backup into a snapshot."""
        wanted = given(description=description, labels=labels, type=type)
        self._take((await self.api.images.update(self.id, **wanted)).image)

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion of a snapshot."""
        return await self._done(await self.api.images.actions.change_protection(self.id, delete=delete), wait)


R = TypeVar("R", bound=_Image[Any])


async def _latest(
    cls: type[R], labels: Labels | None, description: str | None, type: str, filters: Any, client: Any
) -> R:
    wanted = {"type": type, "status": "available", "sort": "created:desc", **filters}
    found = await all_of(cls, client, labels, wanted)
    for image in found:
        if description in (None, image.description):
            return image
    near = get_close_matches(description or "", {image.description: None for image in found}, 3)
    raise NotFound(cls.kind, description or (type if labels is None else Selector(selector(labels))), near)


class Image(_Image[Sync], Finders, Related):
    """What disks are made from."""

    @classmethod
    def latest(
        cls,
        *,
        labels: Labels | None = None,
        description: str | None = None,
        type: Made = "snapshot",
        client: Hetzner | None = None,
        **filters: Any,
    ) -> Image:
        """Return the newest snapshot (or backup) that can be used, by labels, by description, or at all.

        ``filters`` are those of the API's list, such as ``architecture="arm"``. Raises NotFound.
        """
        return drive(_latest(cls, labels, description, type, filters, client_for(client, blocking=True)))


class AsyncImage(_Image[Async], AsyncFinders, AsyncRelated):
    """What disks are made from, awaited."""

    @classmethod
    async def latest(
        cls,
        *,
        labels: Labels | None = None,
        description: str | None = None,
        type: Made = "snapshot",
        client: AsyncHetzner | None = None,
        **filters: Any,
    ) -> AsyncImage:
        """Return the newest snapshot (or backup) that can be used; see the blocking face."""
        return await _latest(cls, labels, description, type, filters, client_for(client, blocking=False))
