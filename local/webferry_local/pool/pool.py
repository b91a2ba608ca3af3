"""All functions' workers: who may run now, on which process, and which processes must go."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from webferry_local.pool.function_pool import FunctionPool, FunctionThrottled
from webferry_local.pool.plans import Code, FunctionSettings, Outcome

REAP_EVERY_S = 5.0
KEEP_LAST_S = 300
KEEP_SURPLUS_S = 30

__all__ = ["FunctionStatus", "FunctionThrottled", "FunctionUnknown", "WorkerPool"]


class FunctionUnknown(Exception):
    """The engine knows the function, but nobody said where its code lies."""


@dataclass(frozen=True, slots=True)
class FunctionStatus:
    arn: str
    workers: int
    busy: int
    waiting: int
    invocations: int
    errors: int


class WorkerPool:
    """Thread-safe. `inherited` is all that workers see of the launcher's environment."""

    def __init__(self, inherited: Mapping[str, str], *, max_workers: int = 8) -> None:
        self._inherited = dict(inherited)
        self._max_workers = max_workers
        self._codes: dict[str, Code] = {}
        self._pools: dict[str, FunctionPool] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        threading.Thread(target=self._reap, name="worker-reaper", daemon=True).start()

    def register(self, arn: str, code: Code) -> None:
        with self._lock:
            self._codes[arn] = code

    def invoke(self, settings: FunctionSettings, payload: bytes, request_id: str) -> Outcome:
        """Run one event. Raises: FunctionUnknown, FunctionThrottled."""
        return self._pool_of(settings).invoke(settings, payload, request_id)

    def warm_up(self, settings: FunctionSettings) -> None:
        self._pool_of(settings).warm_up(settings)

    def status(self) -> list[FunctionStatus]:
        with self._lock:
            pools = dict(self._pools)
        return [FunctionStatus(arn, *pool.figures()) for arn, pool in sorted(pools.items())]

    def stop(self) -> None:
        """Kill every worker; whoever still waits for one is told that the function is throttled."""
        self._stopping.set()
        with self._lock:
            pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            pool.stop()

    def _pool_of(self, settings: FunctionSettings) -> FunctionPool:
        with self._lock:
            pool = self._pools.get(settings.arn)
            if pool is None:
                if self._stopping.is_set():
                    raise FunctionThrottled(settings.name)
                pool = self._open(settings)
        return pool

    def _open(self, settings: FunctionSettings) -> FunctionPool:
        code = self._codes.get(settings.arn)
        if code is None:
            raise FunctionUnknown(settings.name)
        reserved = settings.reserved_concurrency
        limit = self._max_workers if reserved is None else min(reserved, self._max_workers)
        pool = self._pools[settings.arn] = FunctionPool(code, self._inherited, max(1, limit))
        return pool

    def _reap(self) -> None:
        while not self._stopping.wait(REAP_EVERY_S):
            with self._lock:
                pools = list(self._pools.values())
            for pool in pools:
                now = time.monotonic()
                pool.reap(last_before=now - KEEP_LAST_S, surplus_before=now - KEEP_SURPLUS_S)
