"""Pages of jobs a second, through the whole product: API, table, queue, two workers, bucket.

Usage: python -m benchmarks.job_throughput [--jobs 120] [--workers 2]. All jobs are accepted first,
while the queue is asleep; then the clock runs from the first page asked for to the last job ended.
The first of three turns starts the workers as well.
"""

import argparse
import os
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
    assert shop.process
    engine_before, began = cpu_s(shop.process.pid), time.monotonic()
    mappings.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)
    while not_terminal(shop):
        assert time.monotonic() - began < PATIENCE_S
        time.sleep(0.5)
    seconds = time.monotonic() - began
    engine = cpu_s(shop.process.pid) - engine_before
    workers = [cpu_s(pid) for pid in shop.worker_pids("PageWorker")]
    pages = options.jobs * 5
    print(
        f"accepted {accepted:.0f} jobs/s; {pages} pages in {seconds:.1f} s: {pages / seconds:.0f}/s"
    )
    print(f"processor ms/page: engine {engine * 1000 / pages:.1f}, ", end="")
    print(f"{len(workers)} workers {sum(workers) * 1000 / pages:.1f} (their start included)")
    return pages / seconds


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.job_throughput", description=__doc__
    )
    parser.add_argument("--jobs", type=int, default=120)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with running_site() as site, tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        few = {"MaximumConcurrency: 50": f"MaximumConcurrency: {options.workers}"}
        faults = directory / "faults.json"
        source = patched_copy(directory / "copy", page_worker=few)
        shop = Shop(directory / "data", egress_allow=site.host, source=source, faults=faults)
        shop.trouble(0.0)
        shop.start()
        try:
            best = max(measure(shop, site, options, turn) for turn in range(3))
        finally:
            shop.kill()
    print(f"goal: {GOAL_PER_SECOND}/s")
    return 0 if best >= GOAL_PER_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
