"""A person at a real browser, who lets an application in that they have just started."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.async_api import Page, async_playwright

from tests.browser.remains import bury_adopted

PATIENCE_MS = 60_000


@dataclass
class Person:
    """Somebody, and what they have read on the pages that asked them."""

    browser: Path
    email: str
    password: str
    has_account: bool = True
    was_asked: list[str] = field(default_factory=list)

    async def allow(self, url: str) -> None:
        """Open the address, sign in or up, read what is asked for, and agree."""
        async with opened(self.browser) as page:
            await page.goto(url)
            if not self.has_account:
                await page.get_by_role("link", name="Create an account").click()
                await page.get_by_role("heading", name="Create your account").wait_for()
            await page.get_by_label("Email").fill(self.email)
            await page.get_by_label("Password").fill(self.password)
            await page.get_by_role("button").click()
            allow = page.get_by_role("button", name="Allow")
            await allow.wait_for()
            self.was_asked.append(await page.get_by_role("main").inner_text())
            await allow.click()
            await page.get_by_text("close this").wait_for()
            self.has_account = True


class Doorbell:
    """Where an application on this computer waits for its user to come back."""

    def __init__(self) -> None:
        self._port = 0
        self._answer: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()

    @classmethod
    @asynccontextmanager
    async def hung(cls) -> AsyncIterator["Doorbell"]:
        """One that listens on a port that is free."""
        bell = cls()
        server = await asyncio.start_server(bell._ring, "127.0.0.1", 0)
        bell._port = server.sockets[0].getsockname()[1]
        async with server:
            yield bell

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/callback"

    async def answer(self) -> dict[str, str]:
        """What the browser has brought."""
        async with asyncio.timeout(PATIENCE_MS / 1000):
            return await self._answer

    async def _ring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = (await reader.readline()).decode().split()[1]
        told = {name: one for name, [one] in parse_qs(urlsplit(target).query).items()}
        if told and not self._answer.done():
            self._answer.set_result(told)
        # Many applications send their user on, to a page of theirs at some other address.
        onward = f"302 Found\r\nLocation: http://localhost:{self._port}/done"
        text = b"" if told else b"You can close this page."
        head = f"HTTP/1.1 {onward if told else '200 OK'}\r\nContent-Length: {len(text)}\r\n"
        writer.write(f"{head}Content-Type: text/plain\r\nConnection: close\r\n\r\n".encode() + text)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def opened(program: Path) -> AsyncIterator[Page]:
    """An empty page of a browser that nobody has used."""
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program)
            page = await browser.new_page()
            page.set_default_timeout(PATIENCE_MS)
            yield page
            await browser.close()
    finally:
        bury_adopted()
        await browser.close()
