"""Images as records; new ones come from ``server.create_image()``.

https://docs.hetzner.cloud/reference/cloud#images
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal

from hetzner._faces import IO, Async, Sync, verb
from hetzner.domain.finding import AsyncFinders, Finders
from hetzner.domain.record import Removable, given
from hetzner.schema import images as schema

if TYPE_CHECKING:
    from hetzner.schema.actions import Action


class _Image(schema.Image, Removable[IO], Generic[IO]):
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


class Image(_Image[Sync], Finders):
    """What disks are made from."""


class AsyncImage(_Image[Async], AsyncFinders):
    """What disks are made from, awaited."""
