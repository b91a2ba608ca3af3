"""The least that URL to Markdown can cost: a lean client and the fastest converter."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from html_to_markdown import convert


@asynccontextmanager
async def visitor(mode: str, browser: str) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Fetch and convert; there is only plain HTTP."""
    del mode, browser
    async with aiohttp.ClientSession() as session:

        async def visit(url: str) -> str:
            async with session.get(url) as response:
                converted = convert(await response.text())
            return converted if isinstance(converted, str) else str(converted.content)

        yield visit
