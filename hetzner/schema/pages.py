"""Pages of a list: each can be read by itself, and iterating goes on over all that follow."""

from collections.abc import AsyncIterator, Coroutine, Generator, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, TypeVar, overload

from pydantic import PrivateAttr

from hetzner._faces import IO, Async, Face, Sync, drive
from hetzner.schema.model import Model

T = TypeVar("T")
PageT = TypeVar("PageT", covariant=True)
SyncPage = TypeVar("SyncPage", bound="Page[Sync, Any]")
AsyncPage = TypeVar("AsyncPage", bound="Page[Async, Any]")


class Pagination(Model):
    """Where a page stands in its list."""

    page: int
    per_page: int
    previous_page: int | None
    next_page: int | None
    last_page: int | None
    total_entries: int | None


class ResponseMeta(Model):
    """What an answer says about itself."""

    pagination: Pagination


class PageInfo(NamedTuple):
    """How the next page is asked for."""

    params: dict[str, int]
    url: None = None


class Page(Model, Face[IO], Generic[IO, T]):
    """One page of a list.

    Iterating (``async for`` in the awaited face) yields this page's items and those of all pages after it,
    asking for each page when it is reached.
    """

    if not TYPE_CHECKING:

        def __class_getitem__(cls, item):
            return cls

    items_name: ClassVar[str] = ""
    meta: ResponseMeta
    _core: Any = PrivateAttr(None)
    _request: Any = PrivateAttr(None)
    _blocking: bool = PrivateAttr(True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.items_name = next(name for name in cls.model_fields if name != "meta")

    @property
    def items(self) -> list[T]:
        """The items of this page, whatever they are called in the answer."""
        found = getattr(self, self.items_name, None)
        return found if isinstance(found, list) else []

    @property
    def page(self) -> int:
        """The number of this page, from 1."""
        said = getattr(self._pagination, "page", None)
        return said if isinstance(said, int) else 1

    @property
    def _pagination(self) -> Any:
        return getattr(self.meta, "pagination", None)

    def next_page_info(self) -> PageInfo | None:
        """Tell how the next page would be asked for, or None at the end."""
        following = getattr(self._pagination, "next_page", None)
        if not isinstance(following, int) or following <= self.page or not self.items:
            return None
        return PageInfo({"page": following})

    def has_next_page(self) -> bool:
        """Tell whether more items follow; needs no request."""
        return self.next_page_info() is not None

    async def _following(self) -> Any:
        info = self.next_page_info()
        if info is None or self._request is None:
            raise RuntimeError("no page follows this one (or it was pickled); ask has_next_page() first")
        return await self._core.send(numbered(self._request, info.params["page"]))

    def __getstate__(self) -> dict[Any, Any]:
        """Leave the connection behind: a page that was pickled is data."""
        return {
            **super().__getstate__(),
            "__pydantic_private__": {"_core": None, "_request": None, "_blocking": True},
        }

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        shared = {id(each): each for each in (self._core, self._request)}
        return super().__deepcopy__({**(memo or {}), **shared})

    @overload
    def get_next_page(self: "SyncPage") -> "SyncPage": ...
    @overload
    def get_next_page(self: "AsyncPage") -> "Coroutine[Any, Any, AsyncPage]": ...

    def get_next_page(self: Any) -> Any:
        """Ask for the page after this one."""
        coroutine = self._following()
        return drive(coroutine) if self._blocking else coroutine

    @overload
    def iter_pages(self: "SyncPage") -> "Iterator[SyncPage]": ...
    @overload
    def iter_pages(self: "AsyncPage") -> "AsyncIterator[AsyncPage]": ...

    def iter_pages(self: Any) -> Any:
        """Yield this page and all after it."""
        return self._pages() if self._blocking else self._awaited_pages()

    def _pages(self: Any) -> Iterator[Any]:
        page = self
        yield page
        while page.has_next_page():
            page = page.get_next_page()
            yield page

    async def _awaited_pages(self: Any) -> AsyncIterator[Any]:
        page = self
        yield page
        while page.has_next_page():
            page = await page.get_next_page()
            yield page

    def __iter__(self: "Page[Sync, T]") -> Generator[T, None, None]:  # type: ignore[override]
        for page in self._pages():
            yield from page.items

    async def __aiter__(self: "Page[Async, T]") -> AsyncIterator[T]:
        async for page in self._awaited_pages():
            for item in page.items:
                yield item


def numbered(request: Any, page: int) -> Any:
    """Return the request for another page of the same list."""
    query = [pair for pair in request.query if pair[0] != "page"]
    return request.like(query=[*query, ("page", str(page))])


class Paginator(Generic[PageT]):
    """A list that was not asked for yet: ``await`` it for the first page, or ``async for`` over all items."""

    def __init__(self, core: Any, request: Any) -> None:
        self._core, self._request = core, request

    def __await__(self) -> Generator[Any, Any, PageT]:
        sent: Generator[Any, Any, PageT] = self._core.send(self._request).__await__()
        return sent

    async def __aiter__(self: "Paginator[Page[Async, T]]") -> AsyncIterator[T]:
        page = await self
        async for item in page:
            yield item
