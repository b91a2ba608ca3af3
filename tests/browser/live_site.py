"""A site on loopback whose pages take their time, never end, speak web sockets or misbehave."""

import base64
import hashlib
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_WEB_SOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def page(body: str | bytes, kind: str = "text/html", status: str = "200 OK", *more: str) -> bytes:
    """A whole answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}", *more]
    return "\r\n".join([*lines, "", ""]).encode() + data


class Visit(socketserver.StreamRequestHandler):
    """One request; an answer that is no bytes writes itself."""

    server: "_Server"
    path = ""
    headers: Mapping[str, str] = {}

    def handle(self) -> None:
        with suppress(OSError):
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                head += line
            first, *lines = head.decode("latin-1").split("\r\n")
            self.headers = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in lines if line)
            }
            self.path = first.split(" ")[1]
            self.server.site.requests.append(head.decode("latin-1"))
            pages = self.server.pages
            found = pages.get(self.path) or pages.get(self.path.partition("?")[0])
            if callable(found):
                found(self)
            else:
                self.say(found or page("<h1>Not here</h1>", status="404 Not Found"))

    def say(self, data: bytes) -> None:
        self.wfile.write(data.replace(b"{site}", self.server.site.url.encode()))

    def later(self, seconds: float, data: bytes) -> None:
        """Answer after a while, unless the site closes first."""
        if not self.server.closing.wait(seconds):
            self.say(data)

    def open_socket(self) -> None:
        """Become a web socket."""
        key = self.headers["sec-websocket-key"].encode()
        accepted = base64.b64encode(hashlib.sha1(key + _WEB_SOCKET).digest()).decode()
        self.say(
            "\r\n".join(
                [
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    f"Sec-WebSocket-Accept: {accepted}",
                    "",
                    "",
                ]
            ).encode()
        )

    def send_frame(self, text: str) -> None:
        data = text.encode()
        size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack(">H", len(data))
        self.say(b"\x81" + size + data)


Answer = bytes | Callable[[Visit], None]


@dataclass
class LiveSite:
    """Where it is, and the request heads it was sent."""

    port: int
    requests: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64
    pages: Mapping[str, Answer]
    site: LiveSite
    closing: threading.Event


@contextmanager
def live_site(pages: Mapping[str, Answer]) -> Iterator[LiveSite]:
    """The site, for as long as the block lasts; `{site}` in an answer is its address."""
    with _Server(("127.0.0.1", 0), Visit) as server:
        server.pages = pages
        server.site = LiveSite(server.server_address[1])
        server.closing = threading.Event()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.site
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
