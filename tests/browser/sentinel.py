"""A service that nobody may reach: it counts who does, and gives its secret to everybody."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

SECRET = "the-sentinel-was-reached"
_ANSWER = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nAccess-Control-Allow-Origin: *\r\n"
    f"Content-Length: {len(SECRET)}\r\nConnection: close\r\n\r\n{SECRET}"
).encode()


class Sentinel:
    """On one port of loopback, over TCP and UDP, IPv4 and (where there is one) IPv6."""

    def __init__(self) -> None:
        self.hits = 0
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._tcp.getsockname()[1]
        self._sockets = [self._tcp, self._bound(socket.AF_INET, socket.SOCK_DGRAM, "127.0.0.1")]
        with suppress(OSError):
            self._sockets.append(self._bound(socket.AF_INET6, socket.SOCK_STREAM, "::1"))
        self._threads = [
            threading.Thread(target=self._stand, args=(s,), daemon=True) for s in self._sockets
        ]

    def _bound(self, family: int, kind: int, host: str) -> socket.socket:
        made = socket.socket(family, kind)
        made.bind((host, self.port))
        if kind == socket.SOCK_STREAM:
            made.listen()
        return made

    def _stand(self, at: socket.socket) -> None:
        with suppress(OSError):
            while True:
                if at.type == socket.SOCK_DGRAM:
                    at.recv(1)
                    self.hits += 1
                    continue
                visitor, _ = at.accept()
                self.hits += 1
                with suppress(OSError), visitor:
                    visitor.settimeout(1)
                    visitor.recv(4096)
                    visitor.sendall(_ANSWER)

    @contextmanager
    def standing(self) -> Iterator["Sentinel"]:
        """Until the block ends."""
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            for made in self._sockets:
                with suppress(OSError):
                    made.shutdown(socket.SHUT_RDWR)
                made.close()
