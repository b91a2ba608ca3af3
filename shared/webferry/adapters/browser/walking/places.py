"""Steps on pages: to one, down one, a picture of one, what stands on one, and on to the next."""

import asyncio
from html import escape

from webferry.adapters.browser import page_scripts
from webferry.adapters.browser.walking.elements import found
from webferry.adapters.browser.walking.ground import MAX_PAGE_CHARS, Ground
from webferry.domain.flow_steps import Step
from webferry.domain.rendering import Capture, CaptureKind

_PARTS = f"all => all.map(e => e.outerHTML).join('\\n').slice(0, {MAX_PAGE_CHARS})"
_SCROLL = {
    "bottom": "scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})",
    "top": page_scripts.LOOK_UP,
}


async def navigate(ground: Ground, step: Step) -> str:
    """Go to a page."""
    await ground.go(step.url or "")
    return f"at {ground.windows.current.page.url}"


async def scroll(ground: Ground, step: Step) -> str:
    """To an element, to an end of the page, or by so many pixels."""
    if step.selector is not None:
        async with found(ground, step.selector) as element:
            await element.scroll_into_view_if_needed(timeout=ground.left_ms())
        where = f"to `{step.selector}`"
    elif isinstance(step.to, int):
        await ground.tab.evaluate(f"scrollBy({{top: {step.to}, behavior: 'instant'}})")
        where = f"by {step.to} pixels"
    else:
        await ground.tab.evaluate(_SCROLL[step.to or "bottom"])
        where = f"to the {step.to or 'bottom'}"
    # What has come into sight is told to the page with the next frame, and asked for then.
    await asyncio.sleep(0.1)
    await ground.rest()
    return f"scrolled {where}"


async def screenshot(ground: Ground, step: Step) -> str:
    """Of the window, of the whole page or of an element."""
    label = step.label or f"Screenshot of step {ground.journal.steps_begun}"
    if step.selector is not None:
        async with found(ground, step.selector) as element:
            shot = await element.screenshot(timeout=ground.left_ms())
        ground.journal.show(label, shot)
        return f"took a picture of `{step.selector}`"
    kind = CaptureKind.FULL_PAGE if step.full_page else CaptureKind.VIEWPORT
    await ground.picture(label, Capture(kind))
    return f"took a picture of the {'page' if step.full_page else 'window'}"


async def extract(ground: Ground, step: Step) -> str:
    """Keep the page, or one part of it, to be extracted from."""
    if step.selector is None:
        return f"kept {await ground.snapshot(look=True)}"
    await ground.windows.current.visit.settle()
    page = ground.windows.current.page
    async with found(ground, step.selector) as element:
        await element.wait_for(state="attached", timeout=ground.left_ms())
        parts = await page.locator(step.selector).evaluate_all(_PARTS)
        title = await page.title()
    html = f"<!doctype html><html><head><title>{escape(title)}</title></head><body>{parts}</body>"
    ground.journal.keep(page.url, f"{html}</html>")
    return f"kept `{step.selector}` of {page.url}"


async def paginate(ground: Ground, step: Step) -> str:
    """Page after page by the link to the next, or down until the page grows no more."""
    pages = step.max_pages or 10
    if step.next is None:
        return await _down(ground, pages)
    return await _onward(ground, step.next, pages)


async def _onward(ground: Ground, selector: str, pages: int) -> str:
    before = ""
    for number in range(1, pages + 1):
        shown = await _shown(ground)
        if shown == before:
            return f"{number - 1} pages: the page no longer changes"
        before = shown
        await ground.snapshot(look=True)
        if number == pages:
            break
        if not await _leads_on(ground, selector):
            return f"{number} pages: `{selector}` leads no further"
        async with found(ground, selector) as element:
            await element.click(timeout=ground.left_ms())
        await ground.rest()
    return f"{pages} pages"


async def _leads_on(ground: Ground, selector: str) -> bool:
    """Whether the link is there and would do something. Raises: FetchFailed, InvalidRequest."""
    async with found(ground, selector) as element:
        if not await element.count() or not await element.is_visible():
            return False
        gray = "e => e.disabled === true || e.getAttribute('aria-disabled') === 'true'"
        classed = " || e.classList.contains('disabled')"
        return not await element.evaluate(gray + classed, timeout=ground.left_ms())


async def _down(ground: Ground, times: int) -> str:
    await ground.windows.current.visit.settle(look=False)
    size, done = await _size(ground), 0
    for _ in range(times - 1):
        await ground.tab.evaluate(_SCROLL["bottom"])
        await asyncio.sleep(0.1)
        await ground.rest()
        grown = await _size(ground)
        if grown <= size:
            break
        size, done = grown, done + 1
    await ground.snapshot(look=False)
    return f"scrolled until the page had grown {done} times"


async def _size(ground: Ground) -> int:
    return int(await ground.tab.evaluate("document.getElementsByTagName('*').length"))


async def _shown(ground: Ground) -> str:
    """What tells a page from the one before it."""
    script = "document.URL + '\\n' + (document.body ? document.body.innerText : '')"
    return str(await ground.tab.evaluate(script))
