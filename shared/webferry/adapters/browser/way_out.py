"""How the filter proxy gets to a target: by itself, or through the proxy a caller brought."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass

from webferry.adapters.egress.addresses import Address, parse
from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.adapters.http_proxies import Proxy
from webferry.domain.errors import FetchFailed, PrivateNetworkTarget

ANSWER_HEAD_LIMIT_BYTES = 256 * 1024
CONNECT_TIMEOUT_S = 10
MAX_ADDRESSES = 4
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})\b")

Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class WayOut:
    """Only ever to addresses that the guard has pinned, the caller's proxy being one of them."""

    guard: EgressGuard
    proxy: Proxy | None = None

    async def pin(self, target: Target) -> list[Address]:
        """The addresses to dial for a target.

        Raises: PrivateNetworkTarget, FetchFailed.
        """
        # With a proxy, it is the one that dials; whether it may is still for the guard to say.
        addresses = await self.guard.addresses(target.host, target.port)
        if self.proxy is None:
            return addresses
        return await self.guard.addresses(self.proxy.host, self.proxy.port)

    async def open(self, target: Target, addresses: list[Address]) -> Wire:
        """A connection that ends at the target, or at a proxy that has to be told where it goes.

        Raises: FetchFailed, PrivateNetworkTarget: an address has changed under our hands.
        """
        if self.proxy is None:
            return await _connect(addresses, target.port)
        wire = await _connect(addresses, self.proxy.port)
        if target.scheme == "https":
            await self._tunnel(wire, target, self.proxy)
        return wire

    def first_line(self, method: str, target: Target, version: str) -> bytes:
        """How a plain request begins."""
        whole = f"http://{target.authority}{target.path}"
        return f"{method} {whole if self.proxy else target.path} {version}".encode("ascii")

    @property
    def own_headers(self) -> list[bytes]:
        """What only the caller's proxy may read, on a plain request."""
        pairs = self.proxy.headers if self.proxy else []
        return [name + b": " + value for name, value in pairs]

    async def _tunnel(self, wire: Wire, target: Target, proxy: Proxy) -> None:
        host = f"{target.host}:{target.port}".encode("ascii")
        lines = [b"CONNECT " + host + b" HTTP/1.1", b"Host: " + host, *self.own_headers]
        wire[1].write(b"\r\n".join([*lines, b"", b""]))
        try:
            answer = _STATUS.match(await wire[0].readuntil(b"\r\n\r\n"))
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            wire[1].transport.abort()
            raise FetchFailed("The proxy broke off its answer") from error
        status = int(answer[1]) if answer else 0
        if status != 200:
            wire[1].transport.abort()
            raise FetchFailed(f"The proxy answered {status}", retryable=status >= 500)


async def _connect(addresses: list[Address], port: int) -> Wire:
    for address in addresses[:MAX_ADDRESSES]:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                reader, writer = await asyncio.open_connection(
                    str(address), port, limit=ANSWER_HEAD_LIMIT_BYTES
                )
            if parse(str(writer.get_extra_info("peername")[0])) == address:
                return reader, writer
            writer.transport.abort()
            raise PrivateNetworkTarget("URL resolves to a private/internal IP")
    raise FetchFailed("Target could not be connected to")
