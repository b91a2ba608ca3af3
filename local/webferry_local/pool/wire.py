"""Just enough HTTP/1.1 for the Runtime API: requests out of a byte stream, answers into it."""

import socket
from dataclasses import dataclass, field

HEAD_LIMIT_BYTES = 64 * 1024
READ_BYTES = 256 * 1024


class NotTheRuntimeApi(Exception):
    """The worker sent something that is not a request of the Runtime API."""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Connection:
    """One accepted socket and the bytes that have not become a request yet."""

    socket: socket.socket
    _pending: bytearray = field(default_factory=bytearray)

    def receive(self) -> bool:
        """Take in what has arrived; False when the peer is gone."""
        try:
            data = self.socket.recv(READ_BYTES)
        except ConnectionError:
            return False
        self._pending += data
        return bool(data)

    def take_request(self) -> Request | None:
        end = self._pending.find(b"\r\n\r\n")
        if end < 0:
            if len(self._pending) > HEAD_LIMIT_BYTES:
                raise NotTheRuntimeApi("headers too large")
            return None
        method, path, headers = _parse_head(bytes(self._pending[:end]))
        total = end + 4 + int(headers.get("content-length", "0"))
        if len(self._pending) < total:
            return None
        body = bytes(self._pending[end + 4 : total])
        del self._pending[:total]
        return Request(method, path, headers, body)

    def reply(self, status: str, headers: dict[str, str], body: bytes) -> None:
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode("latin-1")
        self.socket.sendall(head + body)


def _parse_head(head: bytes) -> tuple[str, str, dict[str, str]]:
    first, *rest = head.decode("latin-1").split("\r\n")
    try:
        method, path, _version = first.split(" ")
        pairs = (line.split(":", 1) for line in rest)
        return method, path, {name.strip().lower(): value.strip() for name, value in pairs}
    except ValueError as error:
        raise NotTheRuntimeApi(first[:200]) from error
