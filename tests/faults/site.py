"""A web site that remembers who came: pages of a few sizes, some of them slow."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zlib import crc32

SLOW_S = 0.4
SENTENCE = "Seventeen lanterns hang over the harbour, and each of them tells another hour. "


class Site(ThreadingHTTPServer):
    """Counts the visits of each path."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, slow_s: float) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.slow_s = slow_s
        self.visits: Counter[str] = Counter()
        self.counting = threading.Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """A worker that was killed hangs up."""

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class Page(BaseHTTPRequestHandler):
    """Every eighth page is slow, every sixteenth is long, one in fifty is not there."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        with self.server.counting:
            self.server.visits[self.path] += 1
        kind = crc32(self.path.encode())
        if kind % 8 == 0:
            time.sleep(self.server.slow_s)
        text = SENTENCE * (400 if kind % 16 == 1 else 10)
        body = f"<title>{self.path}</title><h1>Page {self.path}</h1><p>{text}".encode()
        self.send_response(404 if kind % 50 == 2 else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = None, size: object = None) -> None:
        """Stay silent."""


@contextmanager
def running_site(slow_s: float = SLOW_S) -> Iterator[Site]:
    site = Site(slow_s)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()
