"""What a request costs at the front door: latency, throughput with eight clients, idle memory.

Usage: python -m benchmarks.front_door [--seconds 5]. Starts a product of its own, so that nothing
but the front door is measured; prints one table and fails when a goal is missed.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.journeys.product import Product

GOAL_P50_MS = 5.0
GOAL_PER_SECOND = 250
GOAL_IDLE_MB = 400
CLIENTS = 8
WARM_UP_S = 1.0
PAGE_KB = 4


async def ask(port: int, path: str, until: float) -> list[float]:
    """One client on one connection, asking again as soon as it is answered; milliseconds each."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    taken = []
    while (started := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        (length,) = [
            int(line.split(b":")[1])
            for line in head.lower().splitlines()
            if line.startswith(b"content-length")
        ]
        await reader.readexactly(length)
        taken.append((time.perf_counter() - started) * 1000)
    writer.close()
    return taken


async def crowd(port: int, path: str, clients: int, seconds: float) -> list[float]:
    until = time.perf_counter() + seconds
    every = await asyncio.gather(*(ask(port, path, until) for _ in range(clients)))
    return sorted(taken for one in every for taken in one)


def tree_rss_mb(root: int) -> dict[int, float]:
    """Resident memory of a process and all its descendants."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    family, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return {pid: rss_mb(pid) for pid in family}


def rss_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_KB / 1024


def measure(product: Product, seconds: float) -> bool:
    assert product.process is not None
    memory = tree_rss_mb(product.process.pid)
    asyncio.run(crowd(product.port, "/v1/health", CLIENTS, WARM_UP_S))
    alone = asyncio.run(crowd(product.port, "/v1/health", 1, seconds))
    together = asyncio.run(crowd(product.port, "/v1/health", CLIENTS, seconds))
    busy = tree_rss_mb(product.process.pid)
    p50, p95 = statistics.median(alone), alone[int(len(alone) * 0.95)]
    per_second, idle_mb = len(together) / seconds, sum(memory.values())
    print(
        f"GET /v1/health, 1 client    p50 {p50:.2f} ms  p95 {p95:.2f} ms  (goal p50 {GOAL_P50_MS})"
    )
    print(f"GET /v1/health, {CLIENTS} clients   {per_second:.0f}/s  (goal {GOAL_PER_SECOND})")
    print(f"memory idle, {len(memory)} processes   {idle_mb:.0f} MB  (goal {GOAL_IDLE_MB})")
    print(f"memory after that, {len(busy)}       {sum(busy.values()):.0f} MB")
    return p50 <= GOAL_P50_MS and per_second >= GOAL_PER_SECOND and idle_mb <= GOAL_IDLE_MB


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=5.0)
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as directory:
        product = Product(Path(directory) / "data").start()
        try:
            return 0 if measure(product, seconds) else 1
        finally:
            product.stop()


if __name__ == "__main__":
    sys.exit(main())
