"""Scrapes: what is wanted of pages, and what one of them came to, in forms that can be stored."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from webferry.domain.pages import Engine, PageFormat, UserAgentProfile


@dataclass(frozen=True, slots=True)
class ScrapeOptions:
    """How the pages of one scrape are fetched, and what of them is wanted."""

    format: PageFormat = PageFormat.MARKDOWN
    timeout_ms: int = 30_000
    cache_ttl_seconds: int = 3600
    profile: UserAgentProfile = UserAgentProfile.DEFAULT
    javascript: bool | None = None
    names_engines: bool = False

    def text(self) -> str:
        """The options, to be stored with a job."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Self:
        """The options that were stored."""
        stored: dict[str, Any] = json.loads(text)
        return cls(
            format=PageFormat(stored["format"]),
            timeout_ms=stored["timeout_ms"],
            cache_ttl_seconds=stored["cache_ttl_seconds"],
            profile=UserAgentProfile(stored["profile"]),
            javascript=stored["javascript"],
            names_engines=stored["names_engines"],
        )


@dataclass(frozen=True, slots=True)
class Scrape:
    """One page as a caller gets it; what was not asked for is None."""

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

    def content(self) -> bytes:
        """The scrape, to be stored."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The scrape that was stored."""
        stored: dict[str, Any] = json.loads(content)
        engines = tuple(Engine(name) for name in stored.pop("engines"))
        return cls(**stored, engines=engines)
