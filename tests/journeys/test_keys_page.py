"""From nothing to a scraped page by clicks: sign up, make a key, scrape with it, revoke it."""

import asyncio
import os
from secrets import token_hex

import httpx
import pytest
from playwright.async_api import Page

from tests.journeys.person import opened
from tests.journeys.product import Product
from webferry.adapters.browser.finder import NO_BROWSER, find_browser


async def make_key(page: Page, product: Product) -> str:
    """What somebody does who has never been here."""
    await page.goto(product.base_url)
    await page.get_by_role("link", name="your API-key page").click()
    await page.get_by_role("link", name="Create an account").click()
    await page.get_by_text("8 to 256 characters").wait_for()
    await page.get_by_label("Email").fill(f"{token_hex(8)}@example.com")
    await page.get_by_label("Password").fill("correct horse battery")
    await page.get_by_role("button", name="Create account").click()
    await page.get_by_label("A new key for").fill("My First Key")
    await page.get_by_text("It may do everything").click()
    await page.get_by_label("Make and revoke API keys").uncheck()
    await page.get_by_text("what is ticked", exact=True).wait_for()
    await page.get_by_role("button", name="Make the key").click()
    shown = page.get_by_role("status").locator("code")
    await shown.click()
    selected = str(await page.evaluate("getSelection().toString()")).strip()
    assert selected == await shown.inner_text()
    assert selected not in page.url
    return selected


async def revoke(page: Page) -> None:
    """The key that is on the page."""
    await page.get_by_text("Revoke", exact=True).click()
    await page.get_by_role("button", name="Revoke My First Key now").click()
    await page.get_by_text("None yet").wait_for()


@pytest.mark.browser
@pytest.mark.promise("tools.key.page", "account.sign-up")
def test_a_stranger_gets_a_key_by_clicks_and_scrapes_with_it(product: Product, pages: str) -> None:
    program = find_browser(os.environ)
    if program is None:
        pytest.skip(NO_BROWSER)

    def scrape(key: str) -> httpx.Response:
        with product.client(key) as client:
            return client.post("/v1/scrape", json={"urls": [f"{pages}/"]})

    async def walk() -> list[httpx.Response]:
        async with opened(program) as page:
            key = await make_key(page, product)
            before = await asyncio.to_thread(scrape, key)
            await revoke(page)
            return [before, await asyncio.to_thread(scrape, key)]

    scraped, refused = asyncio.run(walk())

    assert scraped.status_code == 200, scraped.text
    assert "Example Domain" in scraped.json()["result"]["markdown"]
    assert refused.status_code == 401
