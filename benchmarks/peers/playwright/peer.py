"""Raw Playwright: a context for each page, and the settle that Webferry has, told in Playwright."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright

# What Webferry asks DevTools for, a page has to be made to tell.
_WATCH = """(() => {
  let pending = 0; window.__changed = performance.now();
  const fetched = window.fetch;
  window.fetch = (...a) => { pending++; return fetched(...a).finally(() => pending--); };
  const sent = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...a) {
    pending++; this.addEventListener("loadend", () => pending--); return sent.apply(this, a); };
  new MutationObserver(() => { window.__changed = performance.now(); })
    .observe(document, { childList: true, subtree: true, characterData: true });
  window.__quiet = () => pending === 0 && performance.now() - window.__changed > 100;
})()"""
_QUIET = "() => !window.__quiet || window.__quiet()"
_TEXT = "() => document.body.innerText.trim().length"
_LOOK_DOWN = """async () => {
  const all = document.scrollingElement;
  if (!all || all.scrollHeight <= innerHeight + 50) return;
  const step = Math.max(innerHeight, all.scrollHeight / 12);
  for (let n = 0; n < 12 && scrollY + innerHeight + 1 < all.scrollHeight; n++) {
    scrollTo({top: scrollY + step, behavior: "instant"});
    await new Promise(done => { requestAnimationFrame(done); setTimeout(done, 50); });
  }
}"""
_TICK_MS, _LIMIT_MS = 100, 5000
_SHELL_TEXT, _SHELL_PATIENCE_MS = 60, 1500


@asynccontextmanager
async def visitor(mode: str, browser: str) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Render, and convert unless it is only about the first page of all."""
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])

        async def visit(url: str) -> str:
            html = await _render(chromium, url)
            return html if mode == "cold" else _markdown(html)

        yield visit
        await chromium.close()


async def _render(chromium: Browser, url: str) -> str:
    context = await chromium.new_context()
    try:
        page = await context.new_page()
        await page.add_init_script(_WATCH)
        await page.goto(url, wait_until="load")
        await _settle(page)
        return await page.content()
    finally:
        await context.close()


async def _settle(page: Page) -> None:
    calm, looked, waited_ms = 0, False, 0
    while waited_ms < _LIMIT_MS:
        await page.wait_for_timeout(_TICK_MS)
        waited_ms += _TICK_MS
        calm = calm + 1 if await page.evaluate(_QUIET) else 0
        if calm >= 2 and (
            waited_ms >= _SHELL_PATIENCE_MS or await page.evaluate(_TEXT) >= _SHELL_TEXT
        ):
            return
        if calm == 1 and not looked:
            looked = True
            await page.evaluate(_LOOK_DOWN)


def _markdown(html: str) -> str:
    # Nobody who only renders pays for a converter.
    from html_to_markdown import convert  # noqa: PLC0415

    converted = convert(html)
    return converted if isinstance(converted, str) else str(converted.content)
