"""Serves the site on loopback from one small process: `python -m benchmarks.site.serve [PORT]`.

Prints `{"url": …}` when it listens. Pages keep their connection alive and answer at once; what the
scripts of the pages ask for may be slow, broken, or a web socket.
"""

import asyncio
import base64
import hashlib
import json
import struct
import sys
import zlib
from dataclasses import dataclass, field

from benchmarks.site.pages import cards, site_pages

SLOW_S = 1.0
API_DELAY_S = 0.05
_WEB_SOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_RENDER_MODULE = b"""export function render(cards, to) { for (const c of cards) {
const e = document.createElement('article');
e.innerHTML = '<h2>' + c.title + '</h2><p>' + c.text + '</p>'; to.append(e); } }"""
_LIBRARY = "".join(f"export_{n} = (a, b) => a * {n} + b;\n" for n in range(900)).encode()


def _picture() -> bytes:
    """A grey PNG, 8 by 8."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x88" * 8) * 8)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def answer(kind: str, body: bytes, status: str = "200 OK") -> bytes:
    """A whole response."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@dataclass
class Site:
    """Every answer, made once."""

    answers: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        html, script = "text/html; charset=utf-8", "text/javascript"
        for page in site_pages():
            self.answers[page.path] = answer(html, page.html.encode())
            number = page.path.rpartition("/")[2]
            shelf = cards(int(number))
            self.answers[f"/api/cards/{number}"] = answer(
                "application/json", json.dumps(shelf).encode()
            )
            items = "".join(f"<h2>{c['title']}</h2><p>{c['text']}</p>" for c in shelf)
            self.answers[f"/moved/{number}"] = answer(html, f"<main>{items}</main>".encode())
        self.answers["/api/hop"] = answer("application/json", b"{}")
        self.answers["/api/broken"] = answer("text/plain", b"no", "500 Internal Server Error")
        self.answers["/static/site.css"] = answer("text/css", b".card { color: #123 }\n" * 200)
        self.answers["/static/render.mjs"] = answer(script, _RENDER_MODULE)
        for n in range(6):
            self.answers[f"/static/lib{n}.js"] = answer(script, b"var " + _LIBRARY)
            self.answers[f"/static/photo{n}.png"] = answer("image/png", _picture())
        self.answers["/static/logo.png"] = answer("image/png", _picture())


class Visit(asyncio.Protocol):
    """One connection, kept for as many requests as the visitor likes."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A visitor comes."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete; none of ours has a body."""
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, _, self._read = self._read.partition(b"\r\n\r\n")
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        path, _, query = head.split(b" ", 2)[1].decode("latin-1").partition("?")
        if path.startswith("/socket/"):
            self._open_socket(head, path)
            return
        missing = answer("text/html", b"<h1>Not here</h1>", "404 Not Found")
        found = self._site.answers.get(path, missing)
        delay = SLOW_S if "slow" in query else API_DELAY_S if path.startswith("/api/") else 0
        if delay:
            asyncio.get_running_loop().call_later(delay, self._transport.write, found)
        else:
            self._transport.write(found)

    def _open_socket(self, head: bytes, path: str) -> None:
        lines = (line.partition(b": ") for line in head.split(b"\r\n")[1:])
        key = next((value for name, _, value in lines if name.lower() == b"sec-websocket-key"), b"")
        accepted = base64.b64encode(hashlib.sha1(key + _WEB_SOCKET).digest())
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n"
        )
        message = json.dumps(cards(int(path.rpartition("/")[2]))).encode()
        frame = b"\x81\x7e" + struct.pack(">H", len(message)) + message
        asyncio.get_running_loop().call_later(API_DELAY_S, self._transport.write, frame)


async def serve(port: int) -> None:
    """Serve until the process is ended."""
    site = Site()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Visit(site), "127.0.0.1", port)
    name = server.sockets[0].getsockname()
    print(json.dumps({"url": f"http://{name[0]}:{name[1]}"}), flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
