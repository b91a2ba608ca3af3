"""Scraping one page with a fetcher that has it already."""

import asyncio
from dataclasses import dataclass, field

import pytest

from webferry.domain.errors import InvalidUrl, Unavailable, UnsupportedScheme
from webferry.domain.outcomes import Outcome
from webferry.domain.pages import Engine, Page, PageRequest
from webferry.domain.rendering import Rendering, RenderOrder
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


def order(*, javascript: bool | None = None, url: str = "https://example.com") -> RenderOrder:
    return RenderOrder(PageRequest(url, timeout_ms=1000, javascript=javascript))


def scrape(fetcher: CannedFetcher) -> ScrapedPage:
    return asyncio.run(ScrapePage(fetcher)(order()))


@dataclass
class CannedRenderer:
    """Brings one rendered page for every URL, or says what is missing."""

    body: bytes = b"<p>built by script"
    missing: str = ""
    asked: list[PageRequest] = field(default_factory=list)

    async def render(self, order: RenderOrder) -> Rendering:
        self.asked.append(order.page)
        if self.missing:
            raise Unavailable(self.missing)
        page = await CannedFetcher(self.body).fetch(order.page)
        return Rendering(page, settled=True, transferred_bytes=len(self.body))


SHELL = b'<div id="root"></div><script src="/app.js"></script>'


def engines(
    body: bytes, renderer: CannedRenderer | None, *, javascript: bool | None = None
) -> tuple[Engine, ...]:
    use_case = ScrapePage(CannedFetcher(body), renderer)
    return asyncio.run(use_case(order(javascript=javascript))).engines


@pytest.mark.promise("tool.javascript.absent")
def test_left_open_only_an_empty_shell_is_shown_to_a_browser() -> None:
    renderer = CannedRenderer()

    assert engines(HTML.encode(), renderer) == (Engine.HTTP,)
    assert renderer.asked == []
    assert engines(SHELL, renderer) == (Engine.HTTP, Engine.BROWSER)
    assert renderer.asked[0].timeout_ms == 1000 - 342


@pytest.mark.promise("tool.javascript.true")
def test_javascript_asks_the_browser_alone() -> None:
    fetcher, renderer = CannedFetcher(), CannedRenderer()

    scraped = asyncio.run(ScrapePage(fetcher, renderer)(order(javascript=True)))

    assert scraped.engines == (Engine.BROWSER,)
    assert scraped.html == "<p>built by script"
    assert fetcher.asked == []


@pytest.mark.promise("tool.javascript.false")
def test_no_javascript_keeps_the_browser_out() -> None:
    renderer = CannedRenderer()

    assert engines(SHELL, renderer, javascript=False) == (Engine.HTTP,)
    assert renderer.asked == []


@pytest.mark.parametrize("renderer", [None, CannedRenderer(missing="install one")])
def test_without_a_browser_a_shell_stays_one_and_a_demand_is_refused(
    renderer: CannedRenderer | None,
) -> None:
    assert engines(SHELL, renderer) == (Engine.HTTP,)
    with pytest.raises(Unavailable):
        engines(SHELL, renderer, javascript=True)


def test_a_browser_that_fails_leaves_what_came_over_http() -> None:
    class Failing(CannedRenderer):
        async def render(self, order: RenderOrder) -> Rendering:
            raise Unavailable("broken")

    assert engines(SHELL, Failing()) == (Engine.HTTP,)


def test_a_page_with_nothing_on_it_is_empty() -> None:
    for body, outcome in {SHELL: Outcome.EMPTY, b"": Outcome.EMPTY, b"<p>x": Outcome.OK}.items():
        assert scrape(CannedFetcher(body)).outcome is outcome


@pytest.mark.parametrize(
    ("url", "error"), [("nonsense", InvalidUrl), ("ftp://e.com/", UnsupportedScheme)]
)
def test_a_url_that_cannot_be_fetched_is_never_handed_on(url: str, error: type[Exception]) -> None:
    fetcher = CannedFetcher()

    with pytest.raises(error):
        asyncio.run(ScrapePage(fetcher)(order(url=url)))

    assert fetcher.asked == []
