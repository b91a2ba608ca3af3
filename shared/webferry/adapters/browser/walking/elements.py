"""Steps on elements: found by Playwright's selectors, done as a person would do them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from playwright.async_api import Error, Locator
from playwright.async_api import TimeoutError as PlaywrightTimeout

from webferry.adapters.browser.walking.ground import Ground
from webferry.domain.errors import FetchFailed, InvalidRequest
from webferry.domain.flow_secrets import names_in
from webferry.domain.flow_steps import Step

# What a step waits for by name may take longer than what it only needs.
WAIT_TIMES = 3
_COUNT_S = 1.0
_NOT_A_SELECTOR = ("is not a valid selector", "Unexpected token", "Unknown engine", "parsing")
_HIDE = "e => { e.style.webkitTextSecurity = 'disc' }"


@asynccontextmanager
async def found(ground: Ground, selector: str) -> AsyncIterator[Locator]:
    """The first element that matches; what goes wrong with it is said in few words.

    Raises: FetchFailed, InvalidRequest.
    """
    named = f"`{selector}`"
    locator = ground.windows.current.page.locator(selector)
    try:
        yield locator.first
    except PlaywrightTimeout as error:
        there = await _is_there(locator)
        why = f"{named} is there but cannot be used: {reason(error)}" if there else ""
        raise FetchFailed(why or f"nothing matches {named}", retryable=False) from error
    except Error as error:
        if any(sign in error.message for sign in _NOT_A_SELECTOR):
            raise InvalidRequest(f"{named} is no selector") from error
        raise FetchFailed(f"{named}: {reason(error)}", retryable=False) from error


async def click(ground: Ground, step: Step) -> str:
    """Click, and wait for what comes of it."""
    async with found(ground, step.selector or "") as element:
        await element.click(timeout=ground.left_ms())
    await ground.rest()
    return f"clicked `{step.selector}`"


async def write(ground: Ground, step: Step) -> str:
    """Write into a field, over what stands in it."""
    told = step.text or ""
    text = ground.filled(told)
    async with found(ground, step.selector or "") as element:
        if names_in(told):
            # A field that shows what is written in it must not show this in a picture.
            await element.evaluate(_HIDE, timeout=ground.left_ms())
        await element.fill(text, timeout=ground.left_ms())
    await ground.rest()
    return f"typed into `{step.selector}`"


async def press(ground: Ground, step: Step) -> str:
    """Press a key, on an element or wherever the focus is."""
    key = step.key or ""
    if step.selector:
        async with found(ground, step.selector) as element:
            await _pressed(element.press(key, timeout=ground.left_ms()), key)
    else:
        await _pressed(ground.windows.current.page.keyboard.press(key), key)
    await ground.rest()
    return f"pressed {key}"


async def select(ground: Ground, step: Step) -> str:
    """Choose an option, by its value or its text."""
    async with found(ground, step.selector or "") as element:
        await element.select_option(step.value, timeout=ground.left_ms())
    await ground.rest()
    return f"chose {step.value} in `{step.selector}`"


async def hover(ground: Ground, step: Step) -> str:
    """Move the pointer over an element."""
    async with found(ground, step.selector or "") as element:
        await element.hover(timeout=ground.left_ms())
    await ground.rest()
    return f"moved over `{step.selector}`"


async def wait(ground: Ground, step: Step) -> str:
    """For an element, a text, a time, or until the page is quiet."""
    if step.selector is not None:
        async with found(ground, step.selector) as element:
            await element.wait_for(timeout=ground.left_ms(WAIT_TIMES))
        return f"`{step.selector}` is there"
    if step.text is not None:
        page = ground.windows.current.page
        try:
            await page.get_by_text(step.text).first.wait_for(timeout=ground.left_ms(WAIT_TIMES))
        except Error as error:
            raise FetchFailed(f"the text “{step.text}” did not come", retryable=False) from error
        return f"“{step.text}” is there"
    if step.ms is not None:
        await asyncio.sleep(step.ms / 1000)
        return f"waited {step.ms} ms"
    await ground.rest()
    return "the page is quiet"


def reason(error: Error) -> str:
    """The first line of what Playwright says, without the name of its own call."""
    first = error.message.strip().partition("\n")[0]
    return first.partition(": ")[2][:200] or first[:200]


async def _pressed(pressing: Awaitable[None], key: str) -> None:
    try:
        await pressing
    except PlaywrightTimeout:
        raise
    except Error as error:
        if "Unknown key" in error.message:
            raise InvalidRequest(f"{key} is no key") from error
        raise


async def _is_there(locator: Locator) -> bool:
    try:
        async with asyncio.timeout(_COUNT_S):
            return await locator.count() > 0
    except (Error, TimeoutError):
        return False
