"""One fetch of a test, with nothing left open when its loop has ended."""

import asyncio

from webferry.adapters.http_fetcher import HttpFetcher
from webferry.domain.pages import Page, PageRequest


def fetch_once(fetcher: HttpFetcher, request: PageRequest) -> Page:
    """Raises: PageError, InvalidRequest."""

    async def visit() -> Page:
        try:
            return await fetcher.fetch(request)
        finally:
            fetcher.close()
            # The loop hangs up in its next round.
            await asyncio.sleep(0)

    return asyncio.run(visit())
