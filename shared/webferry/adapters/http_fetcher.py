"""Pages over plain HTTP: every hop through the guard, nothing of one site told to the next."""

import asyncio
import ssl
from dataclasses import dataclass, field, replace
from functools import cached_property
from http import HTTPStatus

import ada_url
import certifi
import httpcore

from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.adapters.egress.network import GuardedNetwork
from webferry.adapters.http_bodies import read_body
from webferry.adapters.user_agents import USER_AGENTS
from webferry.domain.errors import FetchFailed, InvalidUrl, NonHtmlResponse, PageTimeout
from webferry.domain.pages import Page, PageRequest
from webferry.ports import Clock

MAX_REDIRECTS = 10
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = {408, 425, 429, *range(500, 600)}
_HTML_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class HttpFetcher:
    """A fetch keeps no cookies and no connections: the next one finds nothing of it."""

    guard: EgressGuard
    clock: Clock
    network: httpcore.AsyncNetworkBackend = field(default_factory=httpcore.AnyIOBackend)

    async def fetch(self, request: PageRequest) -> Page:
        """Raises: PageError."""
        started_ms = self.clock.tick_ms()
        try:
            async with asyncio.timeout(request.timeout_ms / 1000):
                page = await self._follow(request)
        except TimeoutError as error:
            raise PageTimeout("Request exceeded timeout") from error
        return replace(page, fetch_duration_ms=round(self.clock.tick_ms() - started_ms))

    async def _follow(self, request: PageRequest) -> Page:
        target = self.guard.target(request.url)
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._get(target, request)
            if isinstance(answer, Page):
                return answer
            target = self._next_hop(target, answer)
        raise FetchFailed(f"Target redirected more than {MAX_REDIRECTS} times", retryable=False)

    def _next_hop(self, target: Target, location: str) -> Target:
        try:
            return self.guard.target(ada_url.join_url(target.url, location))
        except (InvalidUrl, ValueError) as error:
            raise FetchFailed("Target redirected to a malformed URL", retryable=False) from error

    async def _get(self, target: Target, request: PageRequest) -> Page | str:
        """The page, or where it has moved to."""
        try:
            tls = self._tls if target.scheme == "https" else None
            async with (
                GuardedNetwork(self.guard, self.network) as network,
                httpcore.AsyncConnectionPool(ssl_context=tls, network_backend=network) as pool,
                pool.stream(
                    "GET", _url(target), headers=_headers(target, request), extensions=_sni(target)
                ) as response,
            ):
                return await self._read(target, request, response)
        except httpcore.ConnectError as error:
            raise FetchFailed("Target could not be connected to") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchFailed("Target broke off its answer") from error

    async def _read(
        self, target: Target, request: PageRequest, response: httpcore.Response
    ) -> Page | str:
        headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        location = headers.get(b"location", "")
        if response.status in _REDIRECTS and location:
            return location
        if not 200 <= response.status < 300:
            raise FetchFailed(
                f"Target URL returned {_status_line(response.status)}",
                retryable=response.status in _PASSING,
            )
        content_type = headers.get(b"content-type", "")
        if content_type and content_type.partition(";")[0].strip().lower() not in _HTML_TYPES:
            raise NonHtmlResponse("Response content-type is not HTML")
        body = await read_body(response.aiter_stream(), headers.get(b"content-encoding", ""))
        return Page(
            requested_url=request.url,
            final_url=target.url,
            http_status=response.status,
            content_type=content_type,
            body=body,
            fetched_at_ms=self.clock.now_ms(),
            fetch_duration_ms=0,
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        # Reading the root certificates takes longer than many a fetch: once per environment.
        return ssl.create_default_context(cafile=certifi.where())


def _url(target: Target) -> httpcore.URL:
    return httpcore.URL(
        scheme=target.scheme.encode(),
        host=target.host.strip("[]").encode(),
        port=target.port,
        target=target.path.encode(),
    )


def _headers(target: Target, request: PageRequest) -> list[tuple[bytes, bytes]]:
    return [
        (b"Host", target.authority.encode()),
        (b"User-Agent", USER_AGENTS[request.profile].encode()),
        (b"Accept", b"text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"),
        (b"Accept-Language", b"en-US,en;q=0.8"),
        (b"Accept-Encoding", b"gzip, deflate"),
    ]


def _sni(target: Target) -> dict[str, str]:
    # A name with its root's dot is the same host, but no certificate is made out to it.
    return {"sni_hostname": target.host.strip("[]").rstrip(".")}


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
