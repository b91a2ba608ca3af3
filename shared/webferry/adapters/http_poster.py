"""Webhooks over plain HTTP: one POST through the guard, in ten seconds, and nothing followed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.adapters.egress.network import Dial, GuardedNetwork, dial_tcp
from webferry.adapters.http_dialler import HttpDialler
from webferry.adapters.http_exchange import Ask, Head, Unanswered, Wish
from webferry.domain.errors import (
    FetchFailed,
    InvalidRequest,
    PageError,
    PrivateNetworkTarget,
    UnsupportedScheme,
)
from webferry.ports import Clock
from webferry.webhook_ports import Posted

ATTEMPT_S = 10.0
SAMPLE_BYTES = 1024
# A receiver that has answered need not keep us for the rest of its answer.
_REST_S = 1.0
_NAME_S = 2.0


@dataclass(frozen=True)
class HttpPoster:
    """No connection is kept: a receiver must not be able to tell one account from another by it."""

    guard: EgressGuard
    clock: Clock
    dial: Dial = dial_tcp
    roots: Path | None = None
    attempt_s: float = ATTEMPT_S

    async def check(self, url: str) -> None:
        """Refuse what could never be posted to, before anything is promised about it.

        Raises: InvalidRequest.
        """
        try:
            target = self.guard.target(url)
            await self._check_name(target)
        except PageError as error:
            raise InvalidRequest(f"webhookUrl: {_why(error)}", webhookUrl=_why(error)) from error

    async def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Posted:
        """What the receiver answered, or why it did not; nothing is raised about a receiver."""
        started_ms = self.clock.tick_ms()
        heard: list[Head] = []
        error, sample = "", b""
        try:
            async with asyncio.timeout(self.attempt_s) as limit:
                sample = await self._exchange(url, headers, content, (heard, limit))
        except TimeoutError:
            error = f"The receiver did not answer within {self.attempt_s:g} seconds"
        except Unanswered:
            error = "The receiver broke off its answer"
        except PageError as failure:
            error = _why(failure)
        duration_ms = round(self.clock.tick_ms() - started_ms)
        if heard:
            # Its verdict stands, whatever became of the rest of its answer.
            return Posted(heard[0].status, "", sample[:SAMPLE_BYTES], duration_ms)
        return Posted(None, error, b"", duration_ms)

    async def _check_name(self, target: Target) -> None:
        try:
            async with asyncio.timeout(_NAME_S):
                await self._check_scheme(target)
                await self.guard.addresses(target.host, target.port)
        except (FetchFailed, TimeoutError) as error:
            # A name that nobody knows today may be known when the job has ended; but only one that
            # is known can be a host that the operator has named.
            if target.scheme != "https":
                raise UnsupportedScheme("must be HTTPS") from error

    async def _exchange(
        self,
        url: str,
        headers: Mapping[str, str],
        content: bytes,
        watch: tuple[list[Head], asyncio.Timeout],
    ) -> bytes:
        heard, limit = watch
        target = self.guard.target(url)
        await self._check_scheme(target)

        def choose(head: Head) -> Wish:
            heard.append(head)
            latest = asyncio.get_running_loop().time() + _REST_S
            limit.reschedule(min(limit.when() or latest, latest))
            return Wish(SAMPLE_BYTES, sample=True, undecoded=True)

        said = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        ask = Ask(target.scheme, target.authority, target.path, said, content)
        connection = await self._dialler.dial(target)
        try:
            _, sample = await connection.exchange(ask, choose)
        finally:
            connection.close()
        return sample

    async def _check_scheme(self, target: Target) -> None:
        if target.scheme != "https" and not await self.guard.is_opened(target):
            raise UnsupportedScheme("must be HTTPS")

    @cached_property
    def _dialler(self) -> HttpDialler:
        return HttpDialler(GuardedNetwork(self.guard, self.dial), self.roots)


def _why(error: PageError) -> str:
    match error:
        case UnsupportedScheme():
            return "must be an HTTPS URL"
        case PrivateNetworkTarget():
            return "must not lead to a private or internal address"
        case _:
            return error.message.replace("Target", "The receiver")
