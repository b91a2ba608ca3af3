"""HTTP/2: many exchanges at once on one connection."""

import asyncio

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    ResponseReceived,
    StreamEnded,
    StreamReset,
)
from h2.exceptions import H2Error
from h2.settings import SettingCodes

from webferry.adapters.egress.network import Wire
from webferry.adapters.http1 import IDLE_S
from webferry.adapters.http_exchange import (
    MAX_HEADER_BYTES,
    MAX_HEADERS,
    Ask,
    Choose,
    Exchange,
    Reply,
)
from webferry.domain.errors import FetchFailed

MAX_STREAMS = 32
_WINDOW = 1024 * 1024
# What a peer may say between two pieces of an answer: settings, pings, promises.
_MAX_CHATTER = 256 * 1024
_MAX_RAW_BYTES = 32 * 1024 * 1024


class Http2Connection:
    """Closed as a whole when the peer breaks the rules, which ends all its exchanges."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._exchanges: dict[int, Exchange] = {}
        self._chatter = self._raw_bytes = 0
        self._used_s = asyncio.get_running_loop().time()
        self._retired = False
        self._h2 = H2Connection(H2Configuration(client_side=True, header_encoding=None))
        self._h2.local_settings.update(
            {
                SettingCodes.ENABLE_PUSH: 0,
                SettingCodes.INITIAL_WINDOW_SIZE: _WINDOW,
                SettingCodes.MAX_HEADER_LIST_SIZE: MAX_HEADER_BYTES,
            }
        )
        self._h2.initiate_connection()
        self._h2.increment_flow_control_window(_WINDOW)
        self._flush()
        wire.listen(self)

    @property
    def is_ready(self) -> bool:
        """Whether a question can be asked now."""
        allowed = min(MAX_STREAMS, self._h2.remote_settings.max_concurrent_streams)
        return self.is_open and not self._retired and len(self._exchanges) < allowed

    def is_stale(self, now_s: float) -> bool:
        """Whether it has lain unused for so long that the other side may have gone."""
        return not self._exchanges and now_s - self._used_s > IDLE_S

    @property
    def is_open(self) -> bool:
        """Whether it is worth keeping."""
        return self._wire.is_open

    def close(self) -> None:
        """Hang up."""
        self._wire.close()

    def retire(self) -> None:
        """Hang up as soon as nobody waits for an answer."""
        self._retired = True
        if not self._exchanges:
            self.close()

    async def exchange(self, ask: Ask, choose: Choose) -> Reply:
        """Raises: PageError, Unanswered."""
        exchange = Exchange(choose)
        try:
            stream = self._h2.get_next_available_stream_id()
            self._h2.send_headers(stream, _written(ask), end_stream=True)
        except H2Error as error:
            self.close()
            raise FetchFailed("Target broke off its answer") from error
        if not self._exchanges:
            self._chatter = self._raw_bytes = 0
        self._exchanges[stream] = exchange
        self._flush()
        try:
            return await exchange.reply
        finally:
            self._used_s = asyncio.get_running_loop().time()
            if self._exchanges.pop(stream, None):
                self._abandon(stream)
            # Whoever let one caller wait in vain is given no other.
            self._retired = self._retired or exchange.reply.cancelled()
            if self._retired:
                self.retire()

    def received(self, data: bytes) -> None:
        """Wire: bytes."""
        self._chatter += len(data)
        self._raw_bytes += len(data)
        try:
            for event in self._h2.receive_data(data):
                self._handle(event)
        except H2Error:
            self._break_off()
        if self._chatter > _MAX_CHATTER or self._raw_bytes > _MAX_RAW_BYTES * MAX_STREAMS:
            self._break_off()
        self._flush()

    def lost(self, *, clean: bool) -> None:
        """Wire: that was all."""
        del clean
        self._break_off()

    def _handle(self, event: Event) -> None:
        if isinstance(event, ConnectionTerminated):
            self._break_off()
            return
        stream = getattr(event, "stream_id", None)
        exchange = self._exchanges.get(stream) if stream else None
        if isinstance(event, DataReceived):
            self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            self._chatter = 0
        if exchange is None or stream is None:
            return
        if isinstance(event, ResponseReceived):
            self._chatter = 0
            _take_head(exchange, event)
        elif isinstance(event, DataReceived):
            exchange.data(event.data)
        elif isinstance(event, StreamEnded):
            del self._exchanges[stream]
            exchange.end()
        elif isinstance(event, StreamReset):
            del self._exchanges[stream]
            exchange.cut_short()

    def _abandon(self, stream: int) -> None:
        try:
            self._h2.reset_stream(stream, ErrorCodes.CANCEL)
        except H2Error:
            self.close()
        self._flush()

    def _break_off(self) -> None:
        exchanges, self._exchanges = self._exchanges, {}
        for exchange in exchanges.values():
            exchange.broken_off()
        self.close()

    def _flush(self) -> None:
        if self._wire.is_open:
            self._wire.send(self._h2.data_to_send())


def _take_head(exchange: Exchange, event: ResponseReceived) -> None:
    pairs = [(bytes(name), bytes(value)) for name, value in event.headers or []]
    status = next((value for name, value in pairs if name == b":status"), b"")
    size = sum(len(name) + len(value) + 4 for name, value in pairs)
    if len(pairs) > MAX_HEADERS + 1 or size > MAX_HEADER_BYTES:
        error = FetchFailed("Target sent more headers than anybody reads", retryable=False)
        exchange.fail(error)
    elif not status.isdigit():
        exchange.broken_off()
    else:
        exchange.head(int(status), [pair for pair in pairs if not pair[0].startswith(b":")])


def _written(ask: Ask) -> list[tuple[bytes, bytes]]:
    return [
        (b":method", b"GET"),
        (b":scheme", ask.scheme.encode()),
        (b":authority", ask.authority.encode()),
        (b":path", ask.target.encode()),
        *((name.lower(), value) for name, value in ask.headers),
    ]
