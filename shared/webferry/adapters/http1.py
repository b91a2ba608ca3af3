"""HTTP/1.1: one exchange after the other on one connection."""

import asyncio

import httptools

from webferry.adapters.egress.network import Wire
from webferry.adapters.http_exchange import (
    MAX_HEADER_BYTES,
    MAX_HEADERS,
    Ask,
    Choose,
    Exchange,
    Headers,
    Reply,
)
from webferry.domain.errors import FetchFailed

IDLE_S = 15.0
_MAX_INTERIM_ANSWERS = 16
# Framing may cost more than the body it carries, up to here.
_MAX_RAW_BYTES = 32 * 1024 * 1024


class Http1Connection:
    """Kept only when an answer ended exactly where it said it would."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._exchange: Exchange | None = None
        self._used_s = asyncio.get_running_loop().time()
        wire.listen(self)

    @property
    def is_ready(self) -> bool:
        """Whether a question can be asked now."""
        return self._exchange is None and self._wire.is_open

    def is_stale(self, now_s: float) -> bool:
        """Whether it has lain unused for so long that the other side may have gone."""
        return now_s - self._used_s > IDLE_S

    @property
    def is_open(self) -> bool:
        """Whether it is worth keeping."""
        return self._wire.is_open

    def close(self) -> None:
        """Hang up."""
        self._wire.close()

    def retire(self) -> None:
        """Hang up as soon as nobody waits for an answer, which is now."""
        self.close()

    async def exchange(self, ask: Ask, choose: Choose) -> Reply:
        """Raises: PageError, Unanswered."""
        self._exchange = exchange = Exchange(choose)
        self._parser = httptools.HttpResponseParser(self)
        self._headers: Headers = []
        self._header_bytes = self._raw_bytes = self._interim = 0
        self._headed = self._ended = self._to_the_end = self._keep = False
        self._wire.send(_written(ask))
        try:
            return await exchange.reply
        finally:
            self._exchange = None
            self._used_s = asyncio.get_running_loop().time()
            if not (self._ended and self._keep):
                self.close()

    def received(self, data: bytes) -> None:
        """Wire: bytes."""
        exchange = self._exchange
        if exchange is None or self._ended:
            self.close()
            return
        exchange.began = True
        self._raw_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._keep = False
            exchange.broken_off()
        if not self._headed and self._raw_bytes > MAX_HEADER_BYTES + len(data):
            self._too_much()
        if self._raw_bytes > _MAX_RAW_BYTES:
            exchange.fail(FetchFailed("Target sent more than its page", retryable=False))
        if exchange.done and not self._ended:
            self.close()

    def lost(self, *, clean: bool) -> None:
        """Wire: that was all."""
        if exchange := self._exchange:
            if clean and self._headed and self._to_the_end:
                exchange.end()
            exchange.broken_off()

    def on_message_begin(self) -> None:
        """Parser: an answer starts; a second one was not asked for."""
        if self._ended:
            self._keep = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Parser: a header, or a trailer."""
        self._header_bytes += len(name) + len(value) + 4
        if self._header_bytes > MAX_HEADER_BYTES or len(self._headers) >= MAX_HEADERS:
            self._too_much()
        elif not self._headed:
            self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Parser: the head is there."""
        if self._ended or not self._exchange:
            return
        status = self._parser.get_status_code()
        if status < 200:
            return
        self._headed = True
        names = {name.lower() for name, _ in self._headers}
        self._to_the_end = not names & {b"content-length", b"transfer-encoding"}
        self._exchange.head(status, self._headers)

    def on_body(self, data: bytes) -> None:
        """Parser: a piece of the body."""
        if self._exchange and not self._ended:
            self._exchange.data(data)

    def on_message_complete(self) -> None:
        """Parser: the answer is complete, or was only an interim one."""
        if self._headed and not self._ended:
            self._ended = True
            self._keep = self._parser.should_keep_alive()
            if self._exchange:
                self._exchange.end()
            return
        self._headers = []
        self._interim += 1
        if self._interim > _MAX_INTERIM_ANSWERS:
            self._too_much()

    def _too_much(self) -> None:
        if self._exchange:
            error = FetchFailed("Target sent more headers than anybody reads", retryable=False)
            self._exchange.fail(error)


def _written(ask: Ask) -> bytes:
    first = ask.method + f" {ask.target} HTTP/1.1".encode()
    lines = [first, b"Host: " + ask.authority.encode()]
    lines += [name + b": " + value for name, value in ask.headers]
    if ask.content is not None:
        lines.append(f"Content-Length: {len(ask.content)}".encode())
    return b"\r\n".join([*lines, b"", ask.content or b""])
