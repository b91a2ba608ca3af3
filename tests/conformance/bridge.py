"""A function on a port: every request becomes an event of the gateway, one at a time."""

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Event = dict[str, Any]
Handler = Callable[[Event, object], Event]
CLIENT = "127.0.0.1"


class BridgeServer(ThreadingHTTPServer):
    """The port, and the function behind it."""

    daemon_threads = True

    def __init__(self, function: Handler, key: str) -> None:
        super().__init__((CLIENT, 0), Bridge)
        self._function = function
        self._key = key
        self._turn = threading.Lock()

    @property
    def host(self) -> str:
        return f"{CLIENT}:{self.server_port}"

    def invoke(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Event:
        """Callers who have no key are lent one: the suite cannot be given any."""
        event = {
            "version": "2.0",
            "routeKey": "ANY /mcp",
            "rawPath": path,
            "rawQueryString": "",
            "headers": {"authorization": f"Bearer {self._key}"} | headers,
            "requestContext": {
                "domainName": self.host,
                "http": {"method": method, "path": path, "sourceIp": CLIENT},
                "requestId": "conformance",
            },
            "isBase64Encoded": True,
            "body": base64.b64encode(body).decode(),
        }
        # An environment has one request at a time.
        with self._turn:
            return self._function(event, None)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no news."""


class Bridge(BaseHTTPRequestHandler):
    """One connection to the port."""

    protocol_version = "HTTP/1.1"
    server: BridgeServer

    def do_POST(self) -> None:
        headers = {name.lower(): value.strip() for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        answer = self.server.invoke(self.command, self.path, headers, body)
        text = answer.get("body", "")
        content = base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode()
        self.send_response(answer["statusCode"])
        for name, value in answer["headers"].items():
            if name.lower() not in ("content-length", "connection"):
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        self.do_POST()

    def do_DELETE(self) -> None:
        self.do_POST()

    def log_request(self, code: object = None, size: object = None) -> None:
        """Stay silent."""


@contextmanager
def bridge(function: Handler, key: str) -> Iterator[str]:
    """The address of a function's /mcp on loopback."""
    server = BridgeServer(function, key)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{server.host}/mcp"
    finally:
        server.shutdown()
        server.server_close()
