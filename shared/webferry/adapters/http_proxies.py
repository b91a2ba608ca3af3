"""Proxies that callers bring: named by URL, dialled through the guard, asked for a tunnel."""

import asyncio
import re
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import unquote

from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.adapters.egress.network import Wire
from webferry.domain.errors import FetchFailed, InvalidRequest, PageError

_PROXY = re.compile(
    r"http://(?:(?P<user>[^/?#@\\\s]{1,512})@)?(?P<host>[^/?#@\\\s]+)/?", re.IGNORECASE
)
_MAX_REPLY = 16 * 1024


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where it is, and what it wants to be told."""

    host: str
    port: int
    authorization: bytes | None = None

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """What only the proxy may read."""
        return [(b"Proxy-Authorization", self.authorization)] if self.authorization else []


def read_proxy(text: str, guard: EgressGuard) -> Proxy:
    """Raises: InvalidRequest, PrivateNetworkTarget."""
    found = _PROXY.fullmatch(text)
    if not found:
        raise InvalidRequest("proxy: must be http://[user:password@]host:port", proxy="unreadable")
    try:
        target = guard.target(f"http://{found['host']}/")
    except PageError as error:
        if error.code == "PRIVATE_NETWORK_TARGET":
            raise
        raise InvalidRequest(f"proxy: {error.message}", proxy="unreadable") from error
    authorization = None
    if found["user"]:
        authorization = b"Basic " + b64encode(unquote(found["user"]).encode())
    return Proxy(target.host, target.port, authorization)


async def open_tunnel(wire: Wire, target: Target, proxy: Proxy) -> None:
    """Ask for a way through to the target. Raises: FetchFailed."""
    host = f"{target.host}:{target.port}".encode()
    lines = [b"CONNECT " + host + b" HTTP/1.1", b"Host: " + host]
    lines += [name + b": " + value for name, value in proxy.headers]
    reply = _Reply()
    wire.listen(reply)
    wire.send(b"\r\n".join([*lines, b"", b""]))
    status = await reply.status
    wire.listen(None)
    if status != 200:
        raise FetchFailed(f"The proxy answered {status}", retryable=status >= 500)


class _Reply:
    """The head of the proxy's answer; a byte more than that would be no proxy's."""

    def __init__(self) -> None:
        self.status: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._read = b""

    def received(self, data: bytes) -> None:
        self._read += data
        head, end, rest = self._read.partition(b"\r\n\r\n")
        found = re.match(rb"HTTP/1\.[01] (\d{3})\b", head)
        if end and found and (not rest or found[1] != b"200"):
            self._settle(int(found[1]))
        elif end or len(self._read) > _MAX_REPLY:
            self.lost(clean=False)

    def lost(self, *, clean: bool) -> None:
        del clean
        if not self.status.done():
            self.status.set_exception(FetchFailed("The proxy broke off its answer"))

    def _settle(self, status: int) -> None:
        if not self.status.done():
            self.status.set_result(status)
