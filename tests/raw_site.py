"""A web site on loopback that answers with exactly the bytes a test gives it."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Script = Mapping[str, bytes]
HANG = b"(say nothing until the caller leaves)"
RESET = b"(break the connection off)"


def html(body: str | bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole response, with a body that is a page unless a header says otherwise."""
    content = body if isinstance(body, bytes) else body.encode()
    given = "".join(f"{header}\r\n" for header in headers)
    if "content-type:" not in given.lower():
        given += "Content-Type: text/html; charset=utf-8\r\n"
    if "transfer-encoding:" not in given.lower():
        given += f"Content-Length: {len(content)}\r\n"
    return f"HTTP/1.1 {status}\r\n{given}Connection: close\r\n\r\n".encode() + content


@dataclass
class RawSite:
    """Where it is, and the request heads it was sent."""

    url: str
    requests: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Its name and port, as an exception of the egress guard."""
        return self.url.partition("//")[2]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    script: Script
    site: RawSite


class Visit(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        head = b""
        while line := self.rfile.readline():
            head += line
            if line == b"\r\n":
                break
        if not head.startswith(b"GET "):
            return
        self.server.site.requests.append(head.decode("latin-1"))
        path = head.split(b" ")[1].decode("latin-1")
        script, gone = self.server.script, html("gone", status="404 Not Found")
        answer = script.get(path) or script.get(path.partition("?")[0], gone)
        if answer.endswith(HANG):
            self.wfile.write(answer.removesuffix(HANG))
            self.rfile.read()
        elif answer.endswith(RESET):
            self.wfile.write(answer.removesuffix(RESET))
            now = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
        else:
            self.wfile.write(answer.replace(b"{site}", self.server.site.url.encode()))


@contextmanager
def raw_site(script: Script) -> Iterator[RawSite]:
    """The site, for as long as the block lasts; `{site}` in an answer is its address."""
    with _Server(("127.0.0.1", 0), Visit) as server:
        server.script = script
        server.site = RawSite(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.site
        finally:
            server.shutdown()
            thread.join()
