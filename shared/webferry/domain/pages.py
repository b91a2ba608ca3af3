"""Pages: what a fetch is asked for, and what it brings back."""

from dataclasses import dataclass
from enum import StrEnum

MAX_BODY_BYTES = 10 * 1024 * 1024
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


class Format(StrEnum):
    """One thing that is made of a page."""

    MARKDOWN = "markdown"
    HTML = "html"
    LINKS = "links"
    METADATA = "metadata"
    RECORDS = "records"
    SCREENSHOT = "screenshot"
    FULL_SCREENSHOT = "screenshot@fullPage"
    PDF = "pdf"

    @property
    def is_picture(self) -> bool:
        """Whether only a browser can make it."""
        return self in (Format.SCREENSHOT, Format.FULL_SCREENSHOT, Format.PDF)


class PageFormat(StrEnum):
    """What of a page is wanted, in the document's three words."""

    MARKDOWN = "markdown"
    HTML = "html"
    BOTH = "both"

    @property
    def formats(self) -> tuple[Format, ...]:
        """What they stand for."""
        if self is PageFormat.BOTH:
            return Format.MARKDOWN, Format.HTML
        return (Format(self.value),)


class PagePart(StrEnum):
    """How much of a page Markdown and HTML are made of."""

    ALL = "all"
    MAIN = "main"
    ARTICLE = "article"


class UserAgentProfile(StrEnum):
    """The kind of device a fetch presents itself as."""

    DEFAULT = "default"
    MOBILE = "mobile"
    TABLET = "tablet"


class Engine(StrEnum):
    """What brought a page."""

    HTTP = "http"
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site said about the version of a page that we have."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page to fetch.

    `javascript` is True for a browser, False for plain HTTP, None to decide by the page. `headers`
    and `cookies` are the caller's, for the origin of the URL alone. `media_types` are those that
    somebody can read; `known` asks for the page only if it has changed.
    """

    url: str
    timeout_ms: int
    profile: UserAgentProfile = UserAgentProfile.DEFAULT
    javascript: bool | None = None
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    proxy: str | None = None
    known: Validators = Validators()
    media_types: frozenset[str] = HTML_TYPES
    max_bytes: int = MAX_BODY_BYTES


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it arrived: its bytes are decompressed, not yet read."""

    requested_url: str
    final_url: str
    http_status: int
    content_type: str
    body: bytes
    fetched_at_ms: int
    fetch_duration_ms: int
    validators: Validators = Validators()

    @property
    def is_unchanged(self) -> bool:
        """Whether the site says that what we know of the page still holds; there is no body."""
        return self.http_status == 304
