"""Pages of jobs a second, through the whole product: API, table, queue, two workers, bucket.

Usage: python -m benchmarks.job_throughput [--jobs 120] [--workers 2] [--slow 0.4]. All jobs are
accepted first, while the queue is asleep; then the clock runs until the last job has ended. The
first of four turns starts the workers as well and does not count. The site and this program share
the machine with the product, and what they use is told.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.books import not_terminal
from tests.faults.shop import Shop, patched_copy
from tests.faults.site import Site, running_site

GOAL_PER_SECOND = 40
PATIENCE_S = 300
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """Processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def submit(shop: Shop, site: Site, jobs: int, turn: int) -> float:
    """Have all jobs accepted; how many a second."""
    began = time.monotonic()
    with shop.client() as client, ThreadPoolExecutor(4) as callers:

        def order(number: int) -> None:
            urls = [f"http://{site.host}/{turn}-{number}/{place}" for place in range(5)]
            config = {"maxConcurrency": 5}
            body = {"urls": urls, "mode": "async", "config": config}
            assert client.post("/v1/scrape", json=body).status_code == 202

        list(callers.map(order, range(jobs)))
    return jobs / (time.monotonic() - began)


def measure(shop: Shop, site: Site, options: argparse.Namespace, turn: int) -> float:
    """Pages a second."""
    mappings = shop.cloud("lambda")
    (mapping,) = [
        each
        for each in mappings.list_event_source_mappings()["EventSourceMappings"]
        if shop.names["PageWorker"] in each["FunctionArn"]
    ]
    mappings.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    accepted = submit(shop, site, options.jobs, turn)
    before, began = used_s(shop), time.monotonic()
    mappings.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)
    pages = options.jobs * 5
    # The books are read only when all pages have been asked for: reading them is work too.
    while site.visits.total() < pages * (turn + 1) or not_terminal(shop):
        assert time.monotonic() - began < PATIENCE_S
        time.sleep(0.1)
    seconds = time.monotonic() - began
    used = {who: (now - before[who]) * 1000 / pages for who, now in used_s(shop).items()}
    print(
        f"{pages} pages in {seconds:.1f} s: {pages / seconds:.0f}/s"
        f" ({accepted:.0f} jobs/s accepted before); processor ms/page: "
        + ", ".join(f"{who} {ms:.1f}" for who, ms in used.items()),
        flush=True,
    )
    return pages / seconds


def used_s(shop: Shop) -> dict[str, float]:
    """Processor time so far: of the engine, of its workers, of the site and this program."""
    assert shop.process
    workers = sum(map(cpu_s, shop.worker_pids("PageWorker")))
    return {
        "engine": cpu_s(shop.process.pid),
        "workers": workers,
        "site and harness": time.process_time(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.job_throughput", description=__doc__
    )
    parser.add_argument("--jobs", type=int, default=120)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--turns", type=int, default=4)
    parser.add_argument("--slow", type=float, default=0.0, help="seconds, of every eighth page")
    options = parser.parse_args()
    with running_site(options.slow) as site, tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        few = {"MaximumConcurrency: 50": f"MaximumConcurrency: {options.workers}"}
        faults = directory / "faults.json"
        source = patched_copy(directory / "copy", page_worker=few)
        shop = Shop(directory / "data", egress_allow=site.host, source=source, faults=faults)
        shop.trouble(0.0)
        shop.start()
        try:
            rates = [measure(shop, site, options, turn) for turn in range(options.turns)]
        finally:
            shop.kill()
    warm = statistics.median(rates[1:])
    print(f"warm: {warm:.0f} pages a second; goal: {GOAL_PER_SECOND}")
    return 0 if warm >= GOAL_PER_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
