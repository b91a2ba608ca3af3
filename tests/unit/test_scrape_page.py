"""Scraping one page with a fetcher that has it already."""

import asyncio
from dataclasses import dataclass, field

import pytest

from webferry.domain.errors import InvalidUrl, UnsupportedScheme
from webferry.domain.pages import Page, PageFormat, PageRequest
from webferry.usecases.scrape_page import ScrapedPage, ScrapePage

HTML = '<title>Ferry</title><h1>Grüße</h1><a href="on">on</a>'


@dataclass
class CannedFetcher:
    """Brings one page for every URL."""

    body: bytes = HTML.encode()
    asked: list[PageRequest] = field(default_factory=list)

    async def fetch(self, request: PageRequest) -> Page:
        self.asked.append(request)
        return Page(
            requested_url=request.url,
            final_url="https://example.com/moved/",
            http_status=200,
            content_type="text/html; charset=utf-8",
            body=self.body,
            fetched_at_ms=1_710_800_000_000,
            fetch_duration_ms=342,
        )


def scrape(wanted: PageFormat, fetcher: CannedFetcher) -> ScrapedPage:
    request = PageRequest("https://example.com", timeout_ms=1000)
    return asyncio.run(ScrapePage(fetcher)(request, wanted))


def test_a_page_comes_in_the_formats_asked_for() -> None:
    markdown = "# Grüße\n\n[on](https://example.com/moved/on)"
    for wanted, expected in {
        PageFormat.MARKDOWN: (None, markdown),
        PageFormat.HTML: (HTML, None),
        PageFormat.BOTH: (HTML, markdown),
    }.items():
        scraped = scrape(wanted, CannedFetcher())
        assert (scraped.html, scraped.markdown) == expected
        assert scraped.title == "Ferry"


@pytest.mark.parametrize(
    ("url", "error"), [("nonsense", InvalidUrl), ("ftp://e.com/", UnsupportedScheme)]
)
def test_a_url_that_cannot_be_fetched_is_never_handed_on(url: str, error: type[Exception]) -> None:
    fetcher = CannedFetcher()

    with pytest.raises(error):
        asyncio.run(ScrapePage(fetcher)(PageRequest(url, 1000), PageFormat.BOTH))

    assert fetcher.asked == []
