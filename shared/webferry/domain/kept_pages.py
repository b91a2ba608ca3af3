"""Kept pages: what of a page is remembered for an hour, and under which name."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Self

from webferry.domain.pages import Engine, Format, PagePart
from webferry.domain.parts import InlineBody, StoredBody
from webferry.domain.scrapes import ScrapeOptions

# The longest that anybody may want a page to be good for.
KEPT_MS = 3600_000
_VERSION = 1
# The values of a `Scrape` that the formats become.
_VALUES = {
    Format.MARKDOWN: "markdown",
    Format.HTML: "html",
    Format.LINKS: "links",
    Format.METADATA: "facts",
    Format.RECORDS: "records",
}


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as any of its formats can be made of, and what was made of it when it came.

    What was made serves whoever wants no more than that, read in the same `manner`.
    """

    final_url: str
    http_status: int
    fetched_at_ms: int
    fetch_duration_ms: int
    engines: tuple[Engine, ...]
    html: str
    manner: str = ""
    made: Mapping[str, Any] = field(default_factory=dict)

    def made_for(self, options: ScrapeOptions) -> dict[str, Any] | None:
        """What `read_page` would make of the page; None if it has to be asked."""
        if self.manner != manner_of(options):
            return None
        made = {**self.made} if is_cut(options) else {**self.made, "html": self.html}
        wanted = ["title", *(_VALUES[each] for each in options.formats)]
        wanted += ["markdown"] if options.prompt else []
        return {name: made[name] for name in wanted} if made.keys() >= set(wanted) else None

    def content(self) -> bytes:
        """The page, to be stored: a line of facts, then the HTML."""
        facts = asdict(self) | {"v": _VERSION}
        html = facts.pop("html").encode("utf-8", "replace")
        return (
            json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace") + b"\n" + bytes(html)
        )

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Raises: ValueError: not of this version."""
        line, _, html = content.partition(b"\n")
        facts: dict[str, Any] = json.loads(line)
        if facts.pop("v", None) != _VERSION:
            raise ValueError("a kept page of another version")
        facts["engines"] = tuple(map(Engine, facts["engines"]))
        return cls(**facts, html=html.decode())


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where a kept page lies, and how old it is."""

    fetched_at_ms: int
    body: InlineBody | StoredBody


def manner_of(options: ScrapeOptions) -> str:
    """What decides how a page is read, besides the formats."""
    cut = [options.part, options.include, options.exclude, options.schema]
    return sha256(json.dumps(cut).encode()).hexdigest()[:16]


def is_cut(options: ScrapeOptions) -> bool:
    """Whether what is wanted is not the whole page."""
    return bool(options.include or options.exclude or options.part is not PagePart.ALL)


def name_of_page(account_id: str, url: str, options: ScrapeOptions) -> str | None:
    """The name under which a page is kept: one for all that brings the same page.

    None for what nobody else may be shown, and for pictures, which nobody takes twice.
    """
    if options.private or options.captures:
        return None
    engine = options.needs_browser or options.javascript
    told = [account_id, url, options.profile, engine, options.wait_selector, options.wait_ms]
    return sha256(json.dumps(told).encode()).hexdigest()
