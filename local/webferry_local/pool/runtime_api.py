"""The Runtime API of one worker: events out, answers in, printed lines gathered on the way."""

import contextlib
import os
import selectors
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from webferry_local.pool.wire import Connection, Request

ALIVE_CHECK_S = 0.25
LINE_LIMIT_BYTES = 256 * 1024
READ_BYTES = 64 * 1024
SEND_TIMEOUT_S = 10


class WorkerLost(Exception):
    """The process ended, or talks something that is not the Runtime API."""


class DeadlinePassed(Exception):
    """The worker did not answer in time."""


class RuntimeApi:
    """Listens for one worker only, on a loopback port that nobody else is told."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._connections: list[Connection] = []
        self._log: BinaryIO | None = None
        self._partial = b""
        self._lines: list[str] = []
        self._alive: Callable[[], bool] = lambda: True

    @property
    def address(self) -> str:
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    def watch(self, log: BinaryIO, alive: Callable[[], bool]) -> None:
        """From now on gather what the process prints, and notice when it ends."""
        os.set_blocking(log.fileno(), False)
        self._log, self._alive = log, alive
        self._selector.register(log, selectors.EVENT_READ, self._read_log)

    def wait(self, seconds: float) -> tuple[Request, Connection]:
        """The worker's next request. Raises: WorkerLost, DeadlinePassed."""
        deadline = time.monotonic() + seconds
        while True:
            for connection in self._connections:
                request = connection.take_request()
                if request is not None:
                    return request, connection
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise DeadlinePassed
            self._receive(min(remaining, ALIVE_CHECK_S))

    def take_lines(self) -> tuple[str, ...]:
        """What was printed since the last call, an unfinished line included."""
        self._read_log()
        if self._partial:
            self._lines.append(self._partial.decode("utf-8", "replace"))
            self._partial = b""
        lines, self._lines = tuple(self._lines), []
        return lines

    def close(self) -> None:
        self._selector.close()
        for connection in self._connections:
            connection.socket.close()
        self._listener.close()
        if self._log is not None:
            self._log.close()

    def _receive(self, seconds: float) -> None:
        ready = self._selector.select(seconds)
        for key, _ in ready:
            key.data()
        if not (ready and self._connections) and not self._alive():
            raise WorkerLost

    def _accept(self) -> None:
        accepted, _ = self._listener.accept()
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        accepted.settimeout(SEND_TIMEOUT_S)
        connection = Connection(accepted)
        self._connections.append(connection)
        take_in = partial(self._take_in, connection)
        self._selector.register(accepted, selectors.EVENT_READ, take_in)

    def _take_in(self, connection: Connection) -> None:
        if not connection.receive():
            self._connections.remove(connection)
            self._selector.unregister(connection.socket)
            connection.socket.close()

    def _read_log(self) -> None:
        if self._log is None:
            return
        with contextlib.suppress(BlockingIOError):
            while data := os.read(self._log.fileno(), READ_BYTES):
                *whole, self._partial = (self._partial + data).split(b"\n")
                self._lines.extend(line.decode("utf-8", "replace") for line in whole)
                if len(self._partial) > LINE_LIMIT_BYTES:
                    self._lines.append(self._partial.decode("utf-8", "replace"))
                    self._partial = b""
            self._selector.unregister(self._log)
            self._log.close()
            self._log = None
