"""Raw Playwright: a context for each page, waiting until no request runs and the DOM is quiet."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from html_to_markdown import convert
from playwright.async_api import async_playwright

# The same rule that Webferry waits by, told to a page that knows nothing of it.
_WATCH = """(() => {
  let pending = 0; window.__changed = performance.now();
  const idle = () => pending === 0;
  const fetched = window.fetch;
  window.fetch = (...a) => { pending++; return fetched(...a).finally(() => pending--); };
  const sent = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...a) {
    pending++; this.addEventListener("loadend", () => pending--); return sent.apply(this, a); };
  new MutationObserver(() => { window.__changed = performance.now(); })
    .observe(document, { childList: true, subtree: true, characterData: true });
  window.__quiet = () => idle() && performance.now() - window.__changed > 100;
})()"""
_QUIET = "() => window.__quiet && window.__quiet()"
_LIMIT_MS = 5000


@asynccontextmanager
async def visitor(mode: str, browser: str) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Render and convert."""
    del mode
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])

        async def visit(url: str) -> str:
            context = await chromium.new_context()
            try:
                page = await context.new_page()
                await page.add_init_script(_WATCH)
                await page.goto(url, wait_until="load")
                for _ in range(2):
                    await page.wait_for_function(_QUIET, timeout=_LIMIT_MS, polling=100)
                converted = convert(await page.content())
            finally:
                await context.close()
            return converted if isinstance(converted, str) else str(converted.content)

        yield visit
        await chromium.close()
