"""Scrapes: what is wanted of pages, and what one of them came to, in forms that can be stored."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from webferry.domain.pages import Engine, Format, PagePart, UserAgentProfile
from webferry.domain.rendering import Capture, CaptureKind, Readiness

Pairs = tuple[tuple[str, str], ...]

VERSION = 2
_CAPTURES = {
    Format.SCREENSHOT: Capture(CaptureKind.VIEWPORT),
    Format.FULL_SCREENSHOT: Capture(CaptureKind.FULL_PAGE),
    Format.PDF: Capture(CaptureKind.PDF),
}
_OLD_FORMATS = {"both": ["markdown", "html"]}


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """What a caller wants said to a site in their own name; it is never stored as it stands."""

    headers: Pairs = ()
    cookies: Pairs = ()
    proxy: str | None = None

    def __bool__(self) -> bool:
        return bool(self.headers or self.cookies or self.proxy)

    def text(self) -> str:
        """The words, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Self:
        """The words that were sealed."""
        stored: dict[str, Any] = json.loads(text)
        pairs = {name: tuple(map(tuple, stored[name])) for name in ("headers", "cookies")}
        return cls(**pairs, proxy=stored["proxy"])


@dataclass(frozen=True, slots=True)
class ScrapeOptions:
    """How the pages of one scrape are fetched, and what of them is wanted."""

    formats: tuple[Format, ...] = (Format.MARKDOWN,)
    timeout_ms: int = 30_000
    cache_ttl_seconds: int = 3600
    profile: UserAgentProfile = UserAgentProfile.DEFAULT
    javascript: bool | None = None
    names_engines: bool = False
    wait_selector: str | None = None
    wait_ms: int = 0
    part: PagePart = PagePart.ALL
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    schema: str | None = None
    prompt: str | None = None
    no_cache: bool = False
    private: PrivateWords = field(default_factory=PrivateWords)

    @property
    def readiness(self) -> Readiness:
        """When a page counts as ready."""
        return Readiness(selector=self.wait_selector, delay_ms=self.wait_ms)

    @property
    def captures(self) -> dict[Format, Capture]:
        """The pictures to take of each page."""
        return {wanted: _CAPTURES[wanted] for wanted in self.formats if wanted.is_picture}

    @property
    def needs_browser(self) -> bool:
        """Whether plain HTTP could not do it."""
        return bool(self.wait_selector or self.wait_ms or self.captures)

    def text(self) -> str:
        """The options, to be stored with a job: all but the private words."""
        stored = asdict(self) | {"v": VERSION}
        del stored["private"]
        return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Self:
        """The options that were stored; what an older version did not know has its default."""
        stored: dict[str, Any] = json.loads(text)
        stored.pop("sealed", None)
        if stored.pop("v", 1) == 1:
            old = stored.pop("format", "markdown")
            stored["formats"] = _OLD_FORMATS.get(old, [old])
        kinds: dict[str, Any] = {"profile": UserAgentProfile, "part": PagePart}
        read = {name: kinds[name](stored[name]) for name in kinds if name in stored}
        read |= {name: tuple(stored[name]) for name in ("include", "exclude") if name in stored}
        return cls(**stored | read | {"formats": tuple(map(Format, stored["formats"]))})


@dataclass(frozen=True, slots=True)
class Scrape:
    """One page as a caller gets it; what was not asked for is None. Pictures are kept by name."""

    url: str
    final_url: str
    title: str | None
    http_status: int
    fetch_duration_ms: int
    fetched_at_ms: int
    expires_at_ms: int
    markdown: str | None = None
    html: str | None = None
    engines: tuple[Engine, ...] = ()
    received_bytes: int = 0
    cached: bool = False
    links: tuple[str, ...] | None = None
    facts: dict[str, Any] | None = None
    records: list[dict[str, Any]] | None = None
    screenshot: str | None = None
    pdf: str | None = None
    extract: Any = None

    def content(self) -> bytes:
        """The scrape, to be stored."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The scrape that was stored."""
        stored: dict[str, Any] = json.loads(content)
        engines = tuple(Engine(name) for name in stored.pop("engines"))
        links = stored.pop("links", None)
        return cls(**stored, engines=engines, links=None if links is None else tuple(links))
