"""Client-id metadata documents, fetched as pages are: through the guard, bounded, nothing told."""

from webferry.domain.clients import DOCUMENT_TYPES, MAX_DOCUMENT_BYTES
from webferry.domain.errors import FetchFailed
from webferry.domain.pages import PageRequest
from webferry.ports import Fetcher

TIMEOUT_MS = 5000


class FetchedDocuments:
    """An address names one document: what is answered from elsewhere is none."""

    def __init__(self, fetcher: Fetcher, timeout_ms: int = TIMEOUT_MS) -> None:
        self._fetcher = fetcher
        self._timeout_ms = timeout_ms

    async def fetch(self, url: str) -> bytes:
        """Raises: PageError."""
        wanted = PageRequest(
            url, self._timeout_ms, media_types=DOCUMENT_TYPES, max_bytes=MAX_DOCUMENT_BYTES
        )
        page = await self._fetcher.fetch(wanted)
        if page.final_url != url:
            raise FetchFailed("Target redirected", retryable=False)
        return page.body
