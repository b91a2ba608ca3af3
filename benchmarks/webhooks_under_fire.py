"""A thousand jobs with webhooks, while everything that brings them is killed at random.

Usage: python -m benchmarks.webhooks_under_fire [--jobs 1000] [--launcher-kills 3].
Starts a product of its own; every two seconds one of its herald or sender processes dies by
SIGKILL, now and then the whole launcher. One receiver in ten answers 500 the first time. Fails when
a webhook is lost, or changed, or told in an attempt beyond the fourth.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import httpx

from tests.journeys.product import Product
from webferry.domain.webhooks import delivery_id

PATIENCE_S = 600
KILL_EVERY_S = 2.0
VICTIMS = ("herald", "webhook_sender")
PAGE = b"<!doctype html><title>Home</title><h1>Home</h1><p>Words enough for a page of its own."


class Site(BaseHTTPRequestHandler):
    """The page that is scraped, and the receiver that is told."""

    protocol_version = "HTTP/1.1"
    heard: ClassVar[defaultdict[str, list[tuple[str, bytes, int]]]] = defaultdict(list)

    def do_GET(self) -> None:
        self._answer(200, PAGE, "text/html")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        name, number = self.headers["webhook-id"], self.headers["x-mapiok-attempt"]
        fails = hash(name) % 10 == 0 and not self.heard[name]
        status = 500 if fails else 200
        self.heard[name].append((number, body, status))
        self._answer(status, b"OK", "text/plain")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not every request is worth a line."""


def workers_of(product: Product) -> list[int]:
    """Processes of the herald and the sender, below this product's launcher."""
    assert product.process
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            told = (entry / "environ").read_text().split("\0")
        except OSError:
            continue
        ours = int(parent) == product.process.pid
        if ours and any(f"POWERTOOLS_SERVICE_NAME={name}" in told for name in VICTIMS):
            found.append(int(entry.name))
    return found


class Killer(threading.Thread):
    """Kills workers until it is told to stop; the launcher when its time has come."""

    def __init__(self, product: Product, launcher_kills: int) -> None:
        super().__init__(daemon=True)
        self.product, self.launcher_kills = product, launcher_kills
        self.stopped, self.ready = threading.Event(), threading.Event()
        self.kills: Counter[str] = Counter()

    def run(self) -> None:
        self.ready.wait()
        while not self.stopped.wait(KILL_EVERY_S):
            if self.launcher_kills and random.random() < 0.1:
                self.launcher_kills -= 1
                self.product.kill()
                self.kills["launcher"] += 1
                self.product.start()
                continue
            victims = workers_of(self.product)
            if victims:
                os.kill(random.choice(victims), signal.SIGKILL)
                self.kills["worker"] += 1


async def submit(product: Product, site: str, jobs: int) -> set[str]:
    """Execute so many tools; the ids of their jobs."""
    headers = {"Authorization": f"Bearer {product.demo['apiKey']}"}
    asked = {"input": {"url": f"{site}/page", "javascript": False}, "webhookUrl": f"{site}/hook"}
    path = f"{product.base_url}/api/v1/tools/web-scraper/execute"
    slots, ids = asyncio.Semaphore(4), set[str]()
    async with httpx.AsyncClient(headers=headers, timeout=60) as client:

        async def one() -> None:
            async with slots:
                answer = await client.post(path, json=asked)
                while answer.status_code == 429:
                    await asyncio.sleep(float(answer.headers["retry-after"]))
                    answer = await client.post(path, json=asked)
                ids.add(answer.json()["data"]["jobId"])

        await asyncio.gather(*(one() for _ in range(jobs)))
    return ids


def wait_for(expected: set[str]) -> float:
    """How long it took until each was told with success."""
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE_S:
        told = {name for name, all_ in list(Site.heard.items()) if any(s == 200 for *_, s in all_)}
        if expected <= told:
            break
        time.sleep(0.5)
    return time.monotonic() - started


def report(expected: set[str], kills: Counter[str], seconds: float) -> int:
    """Say what became of the webhooks; how many were lost or changed."""
    lost = [name for name in expected if not any(s == 200 for *_, s in Site.heard[name])]
    changed = [name for name, all_ in Site.heard.items() if len({body for _, body, _ in all_}) > 1]
    beyond = [name for name, all_ in Site.heard.items() if any(int(n) > 4 for n, *_ in all_)]
    repeated = sum(
        count - 1
        for all_ in Site.heard.values()
        for count in Counter(number for number, *_ in all_).values()
    )
    print(f"webhooks owed {len(expected)}, lost {len(lost)}, unexpected", end=" ")
    print(f"{len(set(Site.heard) - expected)}, changed {len(changed)}, beyond four {len(beyond)}")
    print(f"repeated under the same id {repeated}; killed: {dict(kills)}; {seconds:.0f} s")
    return len(lost) + len(changed) + len(beyond) + len(set(Site.heard) - expected)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--launcher-kills", type=int, default=3)
    options = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_address[1]}"
    with tempfile.TemporaryDirectory() as directory:
        product = Product(Path(directory) / "data", egress_allow="127.0.0.1").start()
        try:
            product.command("credits", "grant", product.demo["email"], str(options.jobs))
            killer = Killer(product, 0)
            killer.start()
            killer.ready.set()
            job_ids = asyncio.run(submit(product, site, options.jobs))
            killer.launcher_kills = options.launcher_kills
            expected = {delivery_id(job_id) for job_id in job_ids}
            seconds = wait_for(expected)
            killer.stopped.set()
            killer.join()
        finally:
            product.stop()
    return report(expected, killer.kills, seconds)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
