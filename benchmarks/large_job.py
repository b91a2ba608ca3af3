"""Ten thousand tasks in one job: what each item of the table has to bear.

Usage: python -m benchmarks.large_job [--tasks 10000] [--workers 4]. DynamoDB takes 1,000 writes a
second of one partition; here every item is a partition of its own. Pages are made up, so that
nothing but the job engine and the table is busy.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.jobs.workshop import ACCOUNT, Workshop
from webferry_local.engine.options import EngineOptions
from webferry_local.engine.session import EngineSession
from webferry_local.engine.threaded import ThreadedEngine
from webferry_local.free_ports import free_port
from webferry_local.pool.pool import WorkerPool

WRITES = {"PutItem", "UpdateItem", "TransactWriteItems", "BatchWriteItem"}
GOAL_WRITES_PER_ITEM = 60


class Ledger:
    """Who wrote which item, and when."""

    def __init__(self, client: Any) -> None:
        self.total: Counter[str] = Counter()
        self.by_second: Counter[tuple[str, int]] = Counter()
        self.refused = 0
        client.meta.events.register("before-call.dynamodb", self._note)
        client.meta.events.register("after-call.dynamodb", self._count_refusal)

    def _note(self, model: Any, params: Any, **_: Any) -> None:
        if model.name in WRITES:
            for key in written(json.loads(params["body"])):
                self.total[key] += 1
                self.by_second[key, int(time.monotonic())] += 1

    def _count_refusal(self, http_response: Any, **_: Any) -> None:
        self.refused += http_response.status_code >= 400

    def print(self, seconds: float, tasks: int) -> int:
        shards = {key: n for key, n in self.total.items() if "#shard" in key}
        parts = {key: n for key, n in self.total.items() if "#" in key and key not in shards}
        job = {key: n for key, n in self.total.items() if "#" not in key}
        print(f"{tasks} tasks in {seconds:.1f} s, {tasks / seconds:.0f}/s; {self.refused} refused")
        for name, kind in (("job", job), ("parts", parts), ("shards", shards)):
            peak = max((n for (key, _), n in self.by_second.items() if key in kind), default=0)
            busiest = max(kind.values(), default=0)
            print(f"  {name:7} {len(kind):4} items, {sum(kind.values()):5} writes;", end="")
            print(f" the busiest {busiest:3}, in one second {peak:3}")
        print(f"  {sum(self.total.values()) / tasks:.3f} item writes a task")
        return max(self.total.values())


@dataclass(frozen=True)
class Here:
    """The engine, as a workshop asks for it."""

    made: EngineSession

    def session(self) -> EngineSession:
        return self.made


def written(request: dict[str, Any]) -> list[str]:
    """The partitions that a request writes to."""
    if "RequestItems" in request:
        puts = [each["PutRequest"] for each in next(iter(request["RequestItems"].values()))]
        return [put["Item"]["pk"]["S"] for put in puts]
    if "TransactItems" in request:
        bodies = [next(iter(write.values())) for write in request["TransactItems"]]
    else:
        bodies = [request]
    return [(body.get("Item") or body["Key"])["pk"]["S"] for body in bodies]


def work_off(workshop: Workshop) -> None:
    """One worker, until the queue is empty."""
    while letters := workshop.letters():
        workshop.work(letters)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        engine = EngineOptions(free_port(), Path(directory), None)
        with ThreadedEngine(engine, WorkerPool({})):
            session = EngineSession(engine.endpoint, "123456789123")
            workshop = Workshop.on(Here(session))
            workshop.runner.padding = 600
            ledger = Ledger(workshop.dynamodb)
            began = time.monotonic()
            job_id = workshop.submit(*(f"http://a/{n}" for n in range(options.tasks)))
            opened = time.monotonic() - began
            with ThreadPoolExecutor(options.workers) as workers:
                list(workers.map(work_off, [workshop] * options.workers))
            seconds = time.monotonic() - began
            job = workshop.engine.read(ACCOUNT, job_id)
    assert job.state.is_final
    assert job.tally.completed == options.tasks
    print(f"accepted in {opened:.1f} s")
    return 0 if ledger.print(seconds, options.tasks) <= GOAL_WRITES_PER_ITEM else 1


if __name__ == "__main__":
    sys.exit(main())
