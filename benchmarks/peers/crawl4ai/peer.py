"""Crawl4AI as it comes: its HTTP strategy, or its browser, with its own Markdown."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from crawl4ai import AsyncWebCrawler, BrowserConfig, CacheMode, CrawlerRunConfig
from crawl4ai.async_configs import HTTPCrawlerConfig
from crawl4ai.async_crawler_strategy import AsyncHTTPCrawlerStrategy
from playwright.async_api import Browser, BrowserType

_launch = BrowserType.launch


@asynccontextmanager
async def visitor(mode: str, browser: str) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Crawl without its cache; what is automatic for others is its browser here."""
    _use(browser)
    if mode == "http":
        strategy = AsyncHTTPCrawlerStrategy(browser_config=HTTPCrawlerConfig())
        crawler = AsyncWebCrawler(crawler_strategy=strategy, verbose=False)
    else:
        config = BrowserConfig(headless=True, verbose=False, extra_args=["--no-sandbox"])
        crawler = AsyncWebCrawler(config=config)
    run = CrawlerRunConfig(cache_mode=CacheMode.BYPASS, verbose=False)
    async with crawler:

        async def visit(url: str) -> str:
            result = await crawler.arun(url, config=run)
            return str(result.markdown or "")

        yield visit


def _use(browser: str) -> None:
    """Everybody is measured on the same Chromium, and Crawl4AI has no setting for that."""

    async def launch(self: BrowserType, **options: object) -> Browser:
        chosen = {**options, "executable_path": browser, "channel": None}
        return await _launch(self, **chosen)

    BrowserType.launch = launch
