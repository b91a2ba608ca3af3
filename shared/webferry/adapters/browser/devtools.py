"""DevTools over a pair of pipes: calls out, answers and events back, and an end that all notice."""

import asyncio
import json
import os
from collections.abc import Callable
from typing import Any, Self

Params = dict[str, Any]
Listener = Callable[[str, Params], None]

# The page's whole HTML comes as one message; nothing honest is larger than this.
MESSAGE_LIMIT_BYTES = 64 * 1024 * 1024
_NEVER_READ = (
    b'{"method":"Network.dataReceived"',
    b'{"method":"Network.requestWillBeSentExtraInfo"',
    b'{"method":"Network.responseReceivedExtraInfo"',
    b'{"method":"Network.resourceChangedPriority"',
    b'{"method":"Target.targetInfoChanged"',
)


class BrowserGone(Exception):
    """The browser closed its pipe: it has crashed or was killed."""


class CallFailed(Exception):
    """DevTools refused a call."""


class DevTools:
    """One connection to one browser."""

    def __init__(self) -> None:
        self._waiting: dict[int, asyncio.Future[Params]] = {}
        self._listeners: dict[str, Listener] = {}
        self._last_id = 0
        self._reading: asyncio.ReadTransport | None = None
        self._writing: asyncio.WriteTransport | None = None
        self.gone = asyncio.Event()

    @classmethod
    async def over(cls, read_fd: int, write_fd: int) -> Self:
        """Speak over two ends of pipes, which are ours to close from now on."""
        loop, connection = asyncio.get_running_loop(), cls()
        protocol = _Messages(connection._take, connection._end)
        writer, _ = await loop.connect_write_pipe(
            asyncio.BaseProtocol, os.fdopen(write_fd, "wb", 0)
        )
        reader, _ = await loop.connect_read_pipe(lambda: protocol, os.fdopen(read_fd, "rb", 0))
        connection._writing, connection._reading = writer, reader
        return connection

    def listen(self, session: str, listener: Listener) -> None:
        """Hand the events of a session over; the browser's own session is the empty one."""
        self._listeners[session] = listener

    async def call(self, method: str, params: Params | None = None, session: str = "") -> Params:
        """Raises: CallFailed, BrowserGone."""
        return await self.send(method, params, session)

    def send(
        self, method: str, params: Params | None = None, session: str = ""
    ) -> asyncio.Future[Params]:
        """Call without waiting; what comes of it may be looked at later or never."""
        answer: asyncio.Future[Params] = asyncio.get_running_loop().create_future()
        # Nobody has to look at a failure that nobody waited for.
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        if self.gone.is_set() or self._writing is None:
            answer.set_exception(BrowserGone(method))
            return answer
        self._last_id += 1
        message: Params = {"id": self._last_id, "method": method, "params": params or {}}
        if session:
            message["sessionId"] = session
        self._waiting[self._last_id] = answer
        self._writing.write(json.dumps(message, separators=(",", ":")).encode() + b"\0")
        return answer

    def close(self) -> None:
        """Let go of the pipes; every call that still waits has failed."""
        if self._reading and not self._reading.is_closing():
            self._reading.close()
        if self._writing and not self._writing.is_closing():
            self._writing.abort()
        self._end()

    def _take(self, message: bytes) -> None:
        if message.startswith(_NEVER_READ):
            return
        said: Params = json.loads(message)
        if "id" not in said:
            listener = self._listeners.get(said.get("sessionId", ""))
            if listener:
                listener(said["method"], said["params"])
            return
        answer = self._waiting.pop(said["id"], None)
        if answer is None or answer.done():
            return
        if "error" in said:
            answer.set_exception(CallFailed(said["error"].get("message", "")))
        else:
            answer.set_result(said["result"])

    def _end(self) -> None:
        self.gone.set()
        waiting, self._waiting = self._waiting, {}
        for answer in waiting.values():
            if not answer.done():
                answer.set_exception(BrowserGone("the pipe was closed"))


class _Messages(asyncio.Protocol):
    """Cuts the byte stream at its zero bytes."""

    def __init__(self, take: Callable[[bytes], None], end: Callable[[], None]) -> None:
        self._take = take
        self._end = end
        self._parts: list[bytes] = []
        self._size = 0
        self._transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *whole, rest = data.split(b"\0")
        for message in whole:
            self._take(b"".join((*self._parts, message)))
            self._parts.clear()
            self._size = 0
        self._parts.append(rest)
        self._size += len(rest)
        if self._size > MESSAGE_LIMIT_BYTES and self._transport is not None:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
