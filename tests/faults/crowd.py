"""Callers who want jobs done, and ask again under the same name until they are told an id."""

import contextlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from tests.faults.shop import Shop

CALLERS = 4
PATIENCE_S = 300
PAUSE_S = 0.2


@dataclass
class Crowd:
    """The ids that were answered, each with the URLs of its job."""

    shop: Shop
    site: str
    timeout_ms: int = 10_000
    cancel_every: int = 0
    accepted: dict[str, list[str]] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    asked_again: int = 0
    stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def submitting(self, jobs: int, per_second: float) -> Iterator[ThreadPoolExecutor]:
        """So many jobs, side by side with the block."""
        began = time.monotonic()
        key = self.shop.demo["apiKey"]
        with ThreadPoolExecutor(CALLERS) as callers:
            orders = [
                callers.submit(self._submit, n, began + n / per_second, key) for n in range(jobs)
            ]
            try:
                yield callers
            except BaseException:
                self.stopped = True
                raise
            for order in orders:
                order.result()

    def _submit(self, number: int, not_before: float, key: str) -> None:
        time.sleep(max(0.0, not_before - time.monotonic()))
        urls = [f"http://{self.site}/{number}/{place}" for place in range(5)]
        body = {
            "urls": urls,
            "mode": "async",
            "config": {"timeoutMs": self.timeout_ms, "maxConcurrency": 5},
        }
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"order-{number}"}
        answer = self._insist("POST", "/v1/scrape", headers, body)
        job_id = answer.json()["jobId"]
        with self._lock:
            self.accepted[job_id] = urls

    def _insist(
        self, method: str, path: str, headers: dict[str, str], body: object
    ) -> httpx.Response:
        deadline = time.monotonic() + PATIENCE_S
        url = f"{self.shop.base_url}{path}"
        while not self.stopped:
            with contextlib.suppress(httpx.TransportError):
                answer = httpx.request(method, url, headers=headers, json=body, timeout=40)
                if answer.is_success:
                    return answer
                # Busy, broken, or the same request still under way: nothing else is honest.
                assert answer.status_code in {409, 429, 500, 502, 503, 504}, answer.text
            assert time.monotonic() < deadline, "nobody accepts jobs any more"
            with self._lock:
                self.asked_again += 1
            time.sleep(PAUSE_S)
        raise InterruptedError
