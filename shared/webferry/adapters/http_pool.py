"""Connections kept for the next question to the same origin, each on the loop it was made on.

HTTP/1.1 costs half the processor time of HTTP/2 for one page after another. Where several pages of
an origin are wanted at once a handshake for each costs more than both: then the second connection
offers HTTP/2, and the others share it.
"""

import asyncio
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from webferry.adapters.egress.guard import Target
from webferry.adapters.http1 import Http1Connection
from webferry.adapters.http2 import Http2Connection
from webferry.adapters.http_dialler import Connection, HttpDialler
from webferry.adapters.http_exchange import Ask, Choose, Reply, Unanswered

MAX_IDLE_PER_ORIGIN = 8
MAX_ORIGINS = 64

Origin = tuple[str, str, int]


@dataclass
class Shelf:
    """The connections to one origin."""

    idle: list[Connection] = field(default_factory=list)
    asking: int = 0
    knows_http2: bool = True
    dialling: asyncio.Lock = field(default_factory=asyncio.Lock)

    def take(self) -> Connection | None:
        """One that somebody else is done with, or that several can use."""
        now_s = asyncio.get_running_loop().time()
        while self.idle:
            connection = self.idle[-1]
            if not connection.is_open or connection.is_stale(now_s):
                self.idle.pop().close()
                continue
            if not connection.is_ready:
                return None
            return self.idle.pop() if isinstance(connection, Http1Connection) else connection
        return None

    def put(self, connection: Connection) -> None:
        """Back for others; one of HTTP/2 is enough for all."""
        if not connection.is_open or connection in self.idle:
            return
        if isinstance(connection, Http2Connection) and any(
            isinstance(other, Http2Connection) and other.is_open for other in self.idle
        ):
            connection.retire()
            return
        self.idle.append(connection)
        for surplus in self.idle[:-MAX_IDLE_PER_ORIGIN]:
            surplus.retire()
        del self.idle[:-MAX_IDLE_PER_ORIGIN]

    def retire(self) -> None:
        """Let go of all."""
        for connection in self.idle:
            connection.retire()
        self.idle.clear()


@dataclass
class HttpPool:
    """What it keeps has carried no caller's secrets: those go over connections of their own."""

    dialler: HttpDialler
    _shelves: MutableMapping[asyncio.AbstractEventLoop, dict[Origin, Shelf]] = field(
        default_factory=WeakKeyDictionary
    )

    async def ask(self, target: Target, ask: Ask, choose: Choose) -> Reply:
        """Raises: PageError, Unanswered."""
        shelf = self._shelf(target)
        shelf.asking += 1
        try:
            if connection := shelf.take():
                try:
                    return await self._ask(shelf, connection, ask, choose)
                except Unanswered:
                    # The site had closed it while nobody used it.
                    pass
            return await self._ask(shelf, await self._dial(shelf, target), ask, choose)
        finally:
            shelf.asking -= 1

    def close(self) -> None:
        """Hang up everywhere on the loop that runs."""
        shelves = self._shelves.pop(asyncio.get_running_loop(), {})
        for shelf in shelves.values():
            for connection in shelf.idle:
                connection.close()

    async def _ask(self, shelf: Shelf, connection: Connection, ask: Ask, choose: Choose) -> Reply:
        try:
            return await connection.exchange(ask, choose)
        finally:
            shelf.put(connection)

    async def _dial(self, shelf: Shelf, target: Target) -> Connection:
        if target.scheme == "http" or shelf.asking == 1 or not shelf.knows_http2:
            return await self.dialler.dial(target)
        async with shelf.dialling:
            if connection := shelf.take():
                return connection
            connection = await self.dialler.dial(target, offer_http2=shelf.knows_http2)
            shelf.knows_http2 = isinstance(connection, Http2Connection)
            if shelf.knows_http2:
                shelf.put(connection)
            return connection

    def _shelf(self, target: Target) -> Shelf:
        shelves = self._shelves.setdefault(asyncio.get_running_loop(), {})
        origin = target.scheme, target.host, target.port
        # Taken out and put back: the origin that nobody asked for longest stands first.
        shelf = shelves[origin] = shelves.pop(origin) if origin in shelves else Shelf()
        while len(shelves) > MAX_ORIGINS:
            shelves.pop(next(iter(shelves))).retire()
        return shelf
