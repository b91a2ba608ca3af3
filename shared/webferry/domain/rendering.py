"""Rendering: what a browser is asked to do with a page, and what it brings back."""

from dataclasses import dataclass, field
from enum import StrEnum

from webferry.domain.errors import Unavailable
from webferry.domain.pages import Page, PageRequest


class Until(StrEnum):
    """When a page counts as ready."""

    SETTLED = "settled"
    LOAD = "load"
    DOM_READY = "dom-ready"


class Asset(StrEnum):
    """What a browser can be told not to fetch."""

    IMAGES = "images"
    FONTS = "fonts"
    MEDIA = "media"


class CaptureKind(StrEnum):
    """What a picture of the page shows; a PDF is a picture of all of it."""

    VIEWPORT = "viewport"
    FULL_PAGE = "full-page"
    ELEMENT = "element"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The moment to wait for: the state, then the selector, then the delay."""

    until: Until = Until.SETTLED
    selector: str | None = None
    delay_ms: int = 0


@dataclass(frozen=True, slots=True)
class Capture:
    """A picture to take; only an element needs a selector."""

    kind: CaptureKind
    selector: str | None = None


@dataclass(frozen=True, slots=True)
class Viewport:
    """The window's size, in CSS pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RenderOrder:
    """One page to render. Text needs no pictures, so none are fetched unless one is taken."""

    page: PageRequest
    readiness: Readiness = field(default_factory=Readiness)
    capture: Capture | None = None
    viewport: Viewport | None = None
    blocked: frozenset[Asset] | None = None

    @property
    def not_fetched(self) -> frozenset[Asset]:
        """The assets to leave out: those named, else all when no picture is taken."""
        if self.blocked is not None:
            return self.blocked
        return frozenset() if self.capture else frozenset(Asset)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as its scripts left it; `settled` is False when the time was up before."""

    page: Page
    settled: bool
    transferred_bytes: int
    picture: bytes | None = None


class BrowserBroken(Unavailable):
    """No browser starts here any more: the environment has to be replaced."""
