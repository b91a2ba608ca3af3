"""The browser's only way out: a proxy that asks the guard, and dials what the guard has pinned."""

import asyncio
from contextlib import suppress
from typing import Self

from webferry.adapters.browser.way_out import WayOut, Wire
from webferry.adapters.egress.addresses import Address
from webferry.adapters.egress.guard import Target
from webferry.domain.errors import PageError, PrivateNetworkTarget

HEAD_LIMIT_BYTES = 64 * 1024
CHUNK_BYTES = 64 * 1024
# A browser opens at most 32 sockets to one proxy; more is somebody else.
MAX_CONNECTIONS = 64
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_FAILED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_NOT_PASSED_ON = (b"proxy-", b"connection:", b"keep-alive:")


class FilterProxy:
    """A proxy for one browser: it counts the bytes, and remembers why a host was not reached."""

    def __init__(self, way: WayOut, *, byte_limit: int) -> None:
        self._way = way
        self._byte_limit = byte_limit
        self._server: asyncio.Server | None = None
        self._visits: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._pinned: dict[tuple[str, int], list[Address]] = {}
        self._errors: dict[tuple[str, int], PageError] = {}
        self.transferred_bytes = 0
        self.exhausted = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Listen on a port of loopback that nobody chose."""
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", 0, limit=HEAD_LIMIT_BYTES
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Break every connection off."""
        if self._server is not None:
            self._server.close()
        visits = dict(self._visits)
        for visit, writer in visits.items():
            writer.transport.abort()
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)

    @property
    def port(self) -> int:
        """Where the browser finds it."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else 0

    def error_of(self, target: Target) -> PageError | None:
        """Why this host could not be reached, if it was tried and could not."""
        return self._errors.get((target.host, target.port))

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._visits) >= MAX_CONNECTIONS or self.exhausted.is_set():
            writer.transport.abort()
            return
        visit = asyncio.get_running_loop().create_task(self._visit((reader, writer)))
        self._visits[visit] = writer
        visit.add_done_callback(lambda done: self._visits.pop(done, None))

    async def _visit(self, browser: Wire) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._serve(browser)
        finally:
            # Not abort: what the browser has not read yet is still on its way.
            browser[1].close()

    async def _serve(self, browser: Wire) -> None:
        head = await browser[0].readuntil(b"\r\n\r\n")
        try:
            target, forwarded = self._read(head)
            site = await self._dial(target)
        except ValueError:
            browser[1].write(_FAILED)
            return
        except PageError as error:
            refused = isinstance(error, PrivateNetworkTarget)
            browser[1].write(_REFUSED if refused else _FAILED)
            return
        try:
            if forwarded:
                await self._exchange(forwarded, browser, site)
            else:
                browser[1].write(_ESTABLISHED)
                await self._both_ways(browser, site)
        finally:
            site[1].transport.abort()

    def _read(self, head: bytes) -> tuple[Target, bytes]:
        """Where a request goes, and how it reads there: not at all if it asks for a tunnel.

        Raises: PageError, ValueError: it is no request to a proxy.
        """
        first, _, fields = head.partition(b"\r\n")
        method, address, version = first.decode("ascii").split(" ")
        if method == "CONNECT":
            return self._way.guard.target(f"https://{address}/"), b""
        target = self._way.guard.target(address)
        start = self._way.first_line(method, target, version)
        return target, _last_of_its_connection(start, fields, *self._way.own_headers)

    async def _dial(self, target: Target) -> Wire:
        """Raises: PageError."""
        place = target.host, target.port
        try:
            if place not in self._pinned:
                self._pinned[place] = await self._way.pin(target)
            return await self._way.open(target, self._pinned[place])
        except PageError as error:
            self._errors[place] = error
            raise

    async def _exchange(self, request: bytes, browser: Wire, site: Wire) -> None:
        """One request, one answer: the next may go elsewhere, and has to be asked about again."""
        self._count(len(request))
        site[1].write(request)
        sending = asyncio.ensure_future(self._pump(browser[0], site[1]))
        try:
            status = b"1"
            while status.startswith(b"1"):
                head = await site[0].readuntil(b"\r\n\r\n")
                first, _, fields = head.partition(b"\r\n")
                status = first.partition(b" ")[2]
                self._count(len(head))
                browser[1].write(_last_of_its_connection(first, fields))
            await self._pump(site[0], browser[1])
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def _both_ways(self, browser: Wire, site: Wire) -> None:
        """Until either has nothing more to say: a browser never closes one half only."""
        ways = [
            asyncio.ensure_future(self._pump(browser[0], site[1])),
            asyncio.ensure_future(self._pump(site[0], browser[1])),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(CHUNK_BYTES):
            self._count(len(data))
            sink.write(data)
            await sink.drain()

    def _count(self, size: int) -> None:
        """Raises: ConnectionError: the page has used up what it may transfer."""
        self.transferred_bytes += size
        if self.transferred_bytes > self._byte_limit:
            self.exhausted.set()
            raise ConnectionAbortedError("the page transfers too much")


def _last_of_its_connection(first: bytes, fields: bytes, *more: bytes) -> bytes:
    lines = filter(None, fields.split(b"\r\n"))
    kept = [line for line in lines if not line.lower().startswith(_NOT_PASSED_ON)]
    return b"\r\n".join([first, *kept, *more, b"Connection: close", b"", b""])
