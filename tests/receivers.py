"""Receivers of webhooks on loopback: they keep what they hear, and answer as a test says."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext


@dataclass(frozen=True)
class Heard:
    """One request: its path, its headers in lower case, its very bytes, and when it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    at_s: float


# Answers a request on its connection; how many came before tells it which one it is.
Behaviour = Callable[[socket.socket, int], None]


def says(status: str, *headers: str, body: bytes = b"OK") -> Behaviour:
    """An ordinary answer."""

    def answer(connection: socket.socket, _: int) -> None:
        head = "".join(f"{header}\r\n" for header in (f"Content-Length: {len(body)}", *headers))
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return answer


def first(count: int, early: Behaviour, late: Behaviour) -> Behaviour:
    """So many answers of one kind, then the other."""
    return lambda connection, number: (early if number < count else late)(connection, number)


def silent(connection: socket.socket, _: int) -> None:
    """Says nothing until the caller leaves."""
    connection.recv(1)


def dripping(begin: bytes, drop: bytes) -> Behaviour:
    """Goes on and on, a little at a time."""

    def drip(connection: socket.socket, _: int) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(drop)
            time.sleep(0.02)

    return drip


def endless(connection: socket.socket, _: int) -> None:
    """Sends as much as anybody takes."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def resetting(connection: socket.socket, _: int) -> None:
    """Breaks the connection off."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@dataclass
class Receiver:
    """Where it is, and what it was told."""

    url: str
    heard: list[Heard] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Its name and port, as an exception of the egress guard."""
        return self.url.partition("//")[2].partition("/")[0]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128
    receiver: Receiver
    behaviour: Behaviour
    lock = threading.Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """Callers leave in the middle of many an answer here."""


class _Visit(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        first_line = self.rfile.readline().decode("latin-1").split(" ")
        headers: dict[str, str] = {}
        while (line := self.rfile.readline().decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if first_line[0] != "POST":
            return
        body = self.rfile.read(int(headers.get("content-length", "0")))
        with self.server.lock:
            number = len(self.server.receiver.heard)
            heard = Heard(first_line[1], headers, body, time.monotonic())
            self.server.receiver.heard.append(heard)
        self.server.behaviour(self.connection, number)


@contextmanager
def receiver(
    behaviour: Behaviour, certificate: Path | None = None, host: str = "127.0.0.1"
) -> Iterator[Receiver]:
    """A receiver, for as long as the block lasts; with a certificate it speaks TLS."""
    with _Server((host, 0), _Visit) as server:
        port = server.server_address[1]
        scheme = "https" if certificate else "http"
        if certificate:
            context = SSLContext(PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.receiver = Receiver(f"{scheme}://{host}:{port}/webhooks/mapiok")
        server.behaviour = behaviour
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.receiver
        finally:
            server.shutdown()
            thread.join()
