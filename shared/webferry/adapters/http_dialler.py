"""A new connection to an origin, through its TLS and a caller's proxy."""

import ssl
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import certifi

from webferry.adapters.egress.guard import Target
from webferry.adapters.egress.network import GuardedNetwork, Wire
from webferry.adapters.http1 import Http1Connection
from webferry.adapters.http2 import Http2Connection
from webferry.adapters.http_proxies import Proxy, open_tunnel

Connection = Http1Connection | Http2Connection


@dataclass(frozen=True)
class HttpDialler:
    """`roots` are the certificates to trust in place of the web's own."""

    network: GuardedNetwork
    roots: Path | None = None

    async def dial(
        self, target: Target, proxy: Proxy | None = None, *, offer_http2: bool = False
    ) -> Connection:
        """A connection on which nothing has been said. Raises: PageError."""
        first = proxy or target
        wire = await self.network.connect(first.host, first.port)
        try:
            return await self._introduce(wire, target, proxy, offer_http2=offer_http2)
        except BaseException:
            wire.close()
            raise

    async def _introduce(
        self, wire: Wire, target: Target, proxy: Proxy | None, *, offer_http2: bool
    ) -> Connection:
        if target.scheme == "http":
            return Http1Connection(wire)
        if proxy:
            await open_tunnel(wire, target, proxy)
        # A name with its root's dot is the same host, but no certificate is made out to it.
        name = target.host.strip("[]").rstrip(".")
        chosen = await wire.secure(self._both if offer_http2 else self._http1, name)
        return Http2Connection(wire) if chosen == "h2" else Http1Connection(wire)

    # Reading the root certificates takes longer than many a fetch: once per environment.
    @cached_property
    def _http1(self) -> ssl.SSLContext:
        return self._context("http/1.1")

    @cached_property
    def _both(self) -> ssl.SSLContext:
        return self._context("h2", "http/1.1")

    def _context(self, *protocols: str) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.roots or certifi.where()))
        context.set_alpn_protocols(protocols)
        return context
