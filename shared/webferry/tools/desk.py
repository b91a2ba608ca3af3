"""What a tool may ask for while it runs: pages, files, pictures; every way out is guarded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from webferry.content.document import Document
from webferry.domain.pages import Page
from webferry.domain.rendering import Capture, Viewport

Item = dict[str, Any]


class Kept(str):
    """The name of a stored file: where it stands in an item's `data`, the caller reads a link."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that has something to say: `url` is what was asked for, `final_url` where it led."""

    url: str
    final_url: str
    http_status: int
    html: str
    document: Document

    def item(self, data: Mapping[str, Any], **more: Any) -> Item:  # noqa: ANN401
        """An item of a result, in the form that all tools share."""
        return {"url": self.url, **more, "data": dict(data)}


class Desk(Protocol):
    """Every method may raise PageError, which ends the run at no cost, or Unavailable."""

    async def page(self, url: str, *, javascript: bool | None = None) -> Visit:
        """A page, by plain HTTP (False), a browser (True), or what the page needs (None).

        Raises: EmptyPage: there is nothing on it.
        """

    async def file(
        self, url: str, media_types: frozenset[str], *, headers: tuple[tuple[str, str], ...] = ()
    ) -> Page:
        """Whatever lies there, if it is of one of these types, by plain HTTP."""

    def site(self, name: str, usual: str) -> str:
        """Where a site is found: at its usual address, unless the operator says otherwise."""

    async def picture(
        self, url: str, capture: Capture, viewport: Viewport | None = None
    ) -> tuple[Visit, Kept]:
        """A page as a browser shows it, and a picture of it."""

    async def image(self, prompt: str, width: int, height: int) -> Kept:
        """An image that a model made of a prompt."""
