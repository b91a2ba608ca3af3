"""What a synchronous scrape costs who waits: of a cached page, and beyond the fetch itself.

Usage: python -m benchmarks.scrape_latency [--rounds 60]. Starts a product and a site of its own.
The raw fetch, the fresh scrape and the cached one take turns, so that a busy machine is busy for
all. Prints one line for each size of page, and fails when a goal is missed.
"""

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.site.prose import Prose
from tests.journeys.product import Product

GOAL_CACHED_MS = 15.0
GOAL_ADDED_MS = 40.0
PARAGRAPHS = {"/small": 3, "/middle": 150, "/large": 700}


def page(paragraphs: int) -> bytes:
    prose = Prose(paragraphs)
    text = "".join(f"<p>{prose.paragraph()}</p>" for _ in range(paragraphs))
    return f"<!doctype html><title>{prose.title()}</title><h1>A page</h1>{text}".encode()


PAGES = {path: page(paragraphs) for path, paragraphs in PARAGRAPHS.items()}


class Site(BaseHTTPRequestHandler):
    """The same pages for everybody."""

    protocol_version = "HTTP/1.1"
    # Head and body in one piece: two small ones would wait for each other's receipt.
    wbufsize = -1

    def do_GET(self) -> None:
        body = PAGES[self.path]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = None, size: object = None) -> None:
        """Stay silent."""


@contextmanager
def site() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class Client:
    """One caller on a connection that stays open."""

    def __init__(self, product: Product, site_port: int) -> None:
        self._door = http.client.HTTPConnection("127.0.0.1", product.port)
        self._site_port = site_port
        self._key = product.demo["apiKey"]

    def raw(self, path: str) -> None:
        """The fetch itself, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self._site_port)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()

    def scrape(self, path: str, *, cached: bool) -> None:
        url = f"http://127.0.0.1:{self._site_port}{path}"
        body = json.dumps({"urls": [url], "config": {"noCache": not cached}})
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        self._door.request("POST", "/v1/scrape", body, headers)
        answer = json.loads(self._door.getresponse().read())
        assert answer["result"]["cached"] is cached, answer


def timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(client: Client, path: str, rounds: int) -> bool:
    for _ in range(5):
        client.scrape(path, cached=False)
        client.scrape(path, cached=True)
    raw, fresh, cached = [], [], []
    for _ in range(rounds):
        raw.append(timed(lambda: client.raw(path)))
        fresh.append(timed(lambda: client.scrape(path, cached=False)))
        cached.append(timed(lambda: client.scrape(path, cached=True)))
    p50 = statistics.median
    added = p50(fresh) - p50(raw)
    size = len(PAGES[path]) / 1000
    print(
        f"{size:7.1f} KB  raw p50 {p50(raw):5.1f} ms   fresh {p50(fresh):5.1f} (+{added:.1f})"
        f"   cached {p50(cached):5.1f} ms",
        flush=True,
    )
    return added <= GOAL_ADDED_MS and p50(cached) <= GOAL_CACHED_MS


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=60)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as directory, site() as port:
        product = Product(Path(directory) / "data", egress_allow=f"127.0.0.1:{port}").start()
        try:
            client = Client(product, port)
            met = [measure(client, path, rounds) for path in PARAGRAPHS]
        finally:
            product.stop()
    print(f"goals: cached p50 {GOAL_CACHED_MS} ms, added to the raw fetch {GOAL_ADDED_MS} ms")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
