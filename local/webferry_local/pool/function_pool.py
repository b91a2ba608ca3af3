"""One function's workers: a queue for free slots, warm processes reused, stale ones dropped."""

import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from webferry_local.pool.code_watch import CodeWatch
from webferry_local.pool.plans import Code, FunctionSettings, Outcome
from webferry_local.pool.worker import Worker

QUEUE_PATIENCE_S = 60


class FunctionThrottled(Exception):
    """No worker became free in time, or the pool is stopping."""


class FunctionPool:
    """Thread-safe; at most `limit` processes, the least recently used ones go idle first."""

    def __init__(self, code: Code, inherited: Mapping[str, str], limit: int) -> None:
        self._code = code
        self._inherited = inherited
        self._watch = CodeWatch(code.search_path)
        self._lock = threading.Lock()
        self._free_slots = limit
        self._limit = limit
        self._queue: deque[threading.Event] = deque()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._versions: dict[Worker, object] = {}
        self._invocations = 0
        self._errors = 0
        self._stopped = False

    def invoke(self, settings: FunctionSettings, payload: bytes, request_id: str) -> Outcome:
        with self._slot(settings), self._worker(settings) as worker:
            outcome = worker.invoke(payload, request_id)
        with self._lock:
            self._invocations += 1
            self._errors += outcome.failed
        return outcome

    def warm_up(self, settings: FunctionSettings) -> None:
        with self._slot(settings), self._worker(settings) as worker:
            worker.warm_up()

    def figures(self) -> tuple[int, int, int, int, int]:
        with self._lock:
            busy, idle, waiting = len(self._busy), len(self._idle), len(self._queue)
            return busy + idle, busy, waiting, self._invocations, self._errors

    def reap(self, *, last_before: float, surplus_before: float) -> None:
        """End workers idle since then; what a burst left over goes sooner than the last one."""
        with self._lock:
            last, surplus = self._idle[-1:], self._idle[:-1]
            stale = [w for w in last if w.idle_since < last_before]
            stale += [w for w in surplus if w.idle_since < surplus_before]
            self._idle = [w for w in self._idle if w not in stale]
        self._end(stale)

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            workers, self._idle = [*self._idle, *self._busy], []
            for ticket in self._queue:
                ticket.set()
            busy = set(self._busy)
        for worker in workers:
            # A busy worker's own thread closes it: here only its process ends.
            if worker in busy:
                worker.end()
            else:
                worker.kill()

    @contextmanager
    def _slot(self, settings: FunctionSettings) -> Iterator[None]:
        ticket = threading.Event()
        with self._lock:
            if self._free_slots and not self._queue:
                self._free_slots -= 1
                ticket.set()
            else:
                self._queue.append(ticket)
        if not ticket.wait(QUEUE_PATIENCE_S) and not self._withdraw(ticket):
            raise FunctionThrottled(settings.name)
        try:
            if self._stopped:
                raise FunctionThrottled(settings.name)
            yield
        finally:
            self._pass_on()

    def _withdraw(self, ticket: threading.Event) -> bool:
        """Leave the queue; True if the slot came after all in the meantime."""
        with self._lock:
            if ticket.is_set():
                return True
            self._queue.remove(ticket)
            return False

    def _pass_on(self) -> None:
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free_slots += 1

    @contextmanager
    def _worker(self, settings: FunctionSettings) -> Iterator[Worker]:
        version = (settings, self._watch.version())
        worker = self._take_idle(version) or Worker(self._code, settings, self._inherited)
        with self._lock:
            self._busy.add(worker)
            self._versions[worker] = version
        try:
            yield worker
        finally:
            self._give_back(worker)

    def _take_idle(self, version: object) -> Worker | None:
        with self._lock:
            fresh = [w for w in self._idle if self._versions[w] == version and w.alive()]
            stale = [w for w in self._idle if w not in fresh]
            worker = fresh.pop() if fresh else None
            self._idle = fresh
        self._end(stale)
        return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
            keep = worker.usable and not self._stopped
            if keep:
                worker.idle_since = time.monotonic()
                self._idle.append(worker)
        if not keep:
            self._end([worker])

    def _end(self, workers: list[Worker]) -> None:
        for worker in workers:
            worker.kill()
            with self._lock:
                self._versions.pop(worker, None)
