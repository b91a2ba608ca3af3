"""Connections that only ever go where the guard has pinned them."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Protocol

from webferry.adapters.egress.addresses import parse
from webferry.adapters.egress.guard import EgressGuard
from webferry.domain.errors import FetchFailed, PrivateNetworkTarget

# A name may have hundreds of addresses; a page that needs more tries than this is down.
MAX_ADDRESSES = 4
# How long an address may keep us from trying the next one.
_PATIENCE_S = 5.0
# A peer that asks for answers and never reads them.
_MAX_UNSENT = 512 * 1024


class Listener(Protocol):
    """Who a connection belongs to at the moment."""

    def received(self, data: bytes) -> None:
        """The peer said something."""

    def lost(self, *, clean: bool) -> None:
        """The peer said all it had to (clean), or broke off."""


class Wire(asyncio.Protocol):
    """One connection; what comes in while nobody listens is kept for who listens next."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._listener: Listener | None = None
        self._unheard = bytearray()
        self._ended = False

    def listen(self, listener: Listener | None) -> None:
        """From now on this one hears what comes."""
        self._listener = listener
        if listener and self._unheard:
            unheard, self._unheard = bytes(self._unheard), bytearray()
            listener.received(unheard)
        if listener and self._ended:
            listener.lost(clean=False)

    def send(self, data: bytes) -> None:
        """Say something, unless too much of it still waits to be heard."""
        if self.transport.get_write_buffer_size() > _MAX_UNSENT:
            self.close()
        else:
            self.transport.write(data)

    def close(self) -> None:
        """Hang up."""
        self.transport.abort()

    @property
    def is_open(self) -> bool:
        """Whether anything can be said."""
        return not self._ended and not self.transport.is_closing()

    async def secure(self, context: ssl.SSLContext, name: str) -> str | None:
        """Speak TLS from here on; the protocol that both sides chose.

        Raises: FetchFailed.
        """
        loop = asyncio.get_running_loop()
        try:
            secured = await loop.start_tls(self.transport, self, context, server_hostname=name)
        except (OSError, ValueError) as error:
            raise FetchFailed("Target could not be connected to") from error
        if secured is None:
            raise FetchFailed("Target could not be connected to")
        self.transport = secured
        tls: ssl.SSLObject = secured.get_extra_info("ssl_object")
        return tls.selected_alpn_protocol()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: we are through."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """asyncio: the peer said something."""
        if self._listener:
            self._listener.received(data)
            return
        self._unheard += data
        if len(self._unheard) > _MAX_UNSENT:
            self.close()

    def eof_received(self) -> None:
        """asyncio: the peer has no more to say."""
        self._end(clean=True)

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the connection is gone."""
        self._end(clean=exc is None)

    def _end(self, *, clean: bool) -> None:
        if not self._ended:
            self._ended = True
            if self._listener:
                self._listener.lost(clean=clean)


Dial = Callable[[Wire, str, int], Awaitable[None]]


async def dial_tcp(wire: Wire, address: str, port: int) -> None:
    """Connect to an address, which no resolver sees again. Raises: OSError."""
    await asyncio.get_running_loop().create_connection(lambda: wire, address, port)


class GuardedNetwork:
    """Resolves a name once, and dials what the guard has seen rather than the name."""

    def __init__(self, guard: EgressGuard, dial: Dial = dial_tcp) -> None:
        self.guard = guard
        self._dial = dial

    async def connect(self, host: str, port: int) -> Wire:
        """Raises: PrivateNetworkTarget, FetchFailed."""
        addresses = (await self.guard.addresses(host, port))[:MAX_ADDRESSES]
        for tries_left, address in zip(range(len(addresses))[::-1], addresses, strict=True):
            wire = Wire()
            try:
                async with asyncio.timeout(_PATIENCE_S if tries_left else None):
                    await self._dial(wire, str(address), port)
            except OSError as error:
                if not tries_left:
                    raise FetchFailed("Target could not be connected to") from error
                continue
            if parse(str(wire.transport.get_extra_info("peername")[0])) != address:
                wire.close()
                raise PrivateNetworkTarget("URL resolves to a private/internal IP")
            return wire
        raise FetchFailed("Target could not be connected to")
