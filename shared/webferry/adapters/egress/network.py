"""Connections that only ever go where the guard has pinned them."""

from collections.abc import Iterable
from typing import Self

import httpcore

from webferry.adapters.egress.addresses import parse
from webferry.adapters.egress.guard import EgressGuard
from webferry.domain.errors import PrivateNetworkTarget

# A name may have hundreds of addresses; a page that needs more tries than this is down.
MAX_ADDRESSES = 4


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Resolves a name once, and dials what the guard has seen rather than the name."""

    def __init__(self, guard: EgressGuard, network: httpcore.AsyncNetworkBackend) -> None:
        self._guard = guard
        self._network = network
        self._streams: list[httpcore.AsyncNetworkStream] = []

    async def __aenter__(self) -> Self:
        """Connections live inside the block."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close what is still open: httpcore forgets a TLS handshake that was cancelled."""
        for stream in self._streams:
            await stream.aclose()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises: PrivateNetworkTarget, FetchFailed, httpcore.ConnectError."""
        addresses = await self._guard.addresses(host, port)
        last_error: httpcore.ConnectError | None = None
        for address in addresses[:MAX_ADDRESSES]:
            try:
                stream = await self._network.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                last_error = error
                continue
            self._streams.append(stream)
            if parse(str(stream.get_extra_info("server_addr")[0])) != address:
                raise PrivateNetworkTarget("URL resolves to a private/internal IP")
            return stream
        raise last_error or httpcore.ConnectError("no address")
