"""Links at which one object may be put: written there by who has no other right to write."""

import asyncio
import logging
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from webferry.domain.errors import Unavailable

_WAIT_S = 10.0
_CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}
_log = logging.getLogger(__name__)


def put_there(url: str, content: bytes) -> None:
    """No guard and no proxy stand between: the link comes from us and not from a page.

    Raises: Unavailable.
    """
    link = urlsplit(url)
    try:
        connection = _CONNECTIONS[link.scheme](link.netloc, timeout=_WAIT_S)
        try:
            connection.request("PUT", f"{link.path}?{link.query}", content)
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, HTTPException, LookupError, ValueError) as error:
        # The error may name the link, and who knows it may write.
        raise Unavailable("What was to be kept could not be written") from error
    if status != 200:
        raise Unavailable(f"What was to be kept was answered with {status}")


class LatestThere:
    """Shows the latest of something at a link, one writing at a time; who shows it never waits."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._latest: bytes | None = None
        self._writing: asyncio.Task[None] | None = None

    def show(self, content: bytes) -> None:
        """There is something new to see."""
        self._latest = content
        if self._url and (self._writing is None or self._writing.done()):
            self._writing = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Until the last of it is there."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._latest is not None:
            content, self._latest = self._latest, None
            try:
                await asyncio.to_thread(put_there, self._url, content)
            except Unavailable:
                _log.warning("what is going on cannot be shown")
