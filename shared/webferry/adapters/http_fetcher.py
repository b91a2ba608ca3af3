"""Pages over plain HTTP: every hop through the guard, nothing of one site told to the next."""

import asyncio
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import ada_url

from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.adapters.egress.network import Dial, GuardedNetwork, dial_tcp
from webferry.adapters.http_answers import (
    check_answer,
    chooser,
    is_redirect,
    is_unchanged,
    location_of,
)
from webferry.adapters.http_dialler import Connection, HttpDialler
from webferry.adapters.http_exchange import Ask, Head, Headers, Reply, Unanswered
from webferry.adapters.http_headers import Voice, headers_for, same_origin, voice_of
from webferry.adapters.http_pool import HttpPool
from webferry.adapters.http_proxies import Proxy, read_proxy
from webferry.domain.errors import FetchFailed, InvalidUrl, PageTimeout
from webferry.domain.pages import Page, PageRequest, Validators
from webferry.domain.request_headers import check_headers
from webferry.ports import Clock

MAX_REDIRECTS = 10


@dataclass(frozen=True)
class HttpFetcher:
    """Connections are kept for the next fetch of a site, save those that a secret was said on."""

    guard: EgressGuard
    clock: Clock
    dial: Dial = dial_tcp
    roots: Path | None = None

    async def fetch(self, request: PageRequest) -> Page:
        """Raises: PageError, InvalidRequest: a header, a cookie or the proxy cannot be used."""
        check_headers(request.headers, request.cookies)
        proxy = read_proxy(request.proxy, self.guard) if request.proxy else None
        started_ms = self.clock.tick_ms()
        try:
            async with asyncio.timeout(request.timeout_ms / 1000):
                page = await self._follow(request, proxy)
        except TimeoutError as error:
            raise PageTimeout("Request exceeded timeout") from error
        except Unanswered as error:
            raise FetchFailed("Target broke off its answer") from error
        return replace(page, fetch_duration_ms=round(self.clock.tick_ms() - started_ms))

    def close(self) -> None:
        """Let go of the connections kept on the loop that runs."""
        self._pool.close()

    async def _follow(self, request: PageRequest, proxy: Proxy | None) -> Page:
        target, voice = self.guard.target(request.url), voice_of(request)
        for _ in range(MAX_REDIRECTS + 1):
            head, body = await self._get(target, request, voice, proxy)
            if not is_redirect(head):
                return self._page(target, request, head, body)
            voice, hop = voice.heard(head.cookies), self._next_hop(target, head)
            voice = voice if same_origin(target, hop) else voice.for_strangers()
            target = hop
        raise FetchFailed(f"Target redirected more than {MAX_REDIRECTS} times", retryable=False)

    def _next_hop(self, target: Target, head: Head) -> Target:
        try:
            return self.guard.target(ada_url.join_url(target.url, location_of(head)))
        except (InvalidUrl, ValueError) as error:
            raise FetchFailed("Target redirected to a malformed URL", retryable=False) from error

    async def _get(
        self, target: Target, request: PageRequest, voice: Voice, proxy: Proxy | None
    ) -> Reply:
        headers = headers_for(request, voice)
        if proxy:
            return await self._ask_proxy(proxy, target, request, headers)
        ask = Ask(target.scheme, target.authority, target.path, headers)
        if voice.is_private:
            return await self._ask_alone(await self._dialler.dial(target), ask, request)
        return await self._pool.ask(target, ask, chooser(request))

    async def _ask_proxy(
        self, proxy: Proxy, target: Target, request: PageRequest, headers: Headers
    ) -> Reply:
        # The proxy will dial; whether the name may be dialled at all is still for the guard to say.
        await self.guard.addresses(target.host, target.port)
        path = target.path
        if target.scheme == "http":
            path, headers = f"http://{target.authority}{path}", [*headers, *proxy.headers]
        ask = Ask(target.scheme, target.authority, path, headers)
        return await self._ask_alone(await self._dialler.dial(target, proxy), ask, request)

    async def _ask_alone(self, connection: Connection, ask: Ask, request: PageRequest) -> Reply:
        try:
            return await connection.exchange(ask, chooser(request))
        finally:
            connection.close()

    def _page(self, target: Target, request: PageRequest, head: Head, body: bytes) -> Page:
        unchanged = is_unchanged(request, head)
        if not unchanged:
            check_answer(head, body)
        return Page(
            requested_url=request.url,
            final_url=target.url,
            http_status=head.status,
            content_type=head.get("content-type"),
            body=b"" if unchanged else body,
            fetched_at_ms=self.clock.now_ms(),
            fetch_duration_ms=0,
            validators=Validators(head.get("etag") or None, head.get("last-modified") or None),
        )

    @cached_property
    def _dialler(self) -> HttpDialler:
        return HttpDialler(GuardedNetwork(self.guard, self.dial), self.roots)

    @cached_property
    def _pool(self) -> HttpPool:
        return HttpPool(self._dialler)
