"""The jobs of the scrape document over HTTP: its curl commands as printed, host and key swapped."""

from typing import Any

import pytest

from tests.engine.waiting import wait_until
from tests.journeys.documented import RESULTS, STATUS, SUBMIT, shape
from tests.journeys.product import Product

PATIENCE_S = 40


def ended(product: Product, job_id: str) -> Any:
    def read() -> Any:
        progress = STATUS.run(product, job=job_id)
        return progress if progress["status"] not in {"queued", "running"} else None

    return wait_until(read, PATIENCE_S)


@pytest.mark.promise("scrape.async.answer", "scrape.job.status", "scrape.job.results")
def test_the_async_commands_work_as_printed(product: Product, pages: str) -> None:
    accepted = SUBMIT.run(product, com=pages, org=f"{pages}/forbidden")
    assert shape(accepted) == shape(SUBMIT.answer)
    assert accepted["mode"] == "async"

    progress = ended(product, accepted["jobId"])

    assert shape(progress) == shape(STATUS.answer)
    assert progress["status"] == "partial"
    results = RESULTS.run(product, job=accepted["jobId"])["results"]
    assert [result["status"] for result in results] == ["success", "error"]
    assert results[0]["markdown"].startswith("# Example Domain")
    assert results[1]["error"]["message"] == "Target URL returned 403 Forbidden"


def test_fifty_jobs_at_once_all_end(product: Product, pages: str) -> None:
    body = {
        "urls": [f"{pages}/", f"{pages}/forbidden", f"{pages}/picture"],
        "mode": "async",
        "config": {"jitterMs": {"min": 0, "max": 0}},
    }
    with product.client() as client:
        jobs = [client.post("/v1/scrape", json=body).json()["jobId"] for _ in range(50)]

        def all_ended() -> bool:
            found = [client.get(f"/v1/jobs/{job_id}").json() for job_id in jobs]
            return all(job["status"] == "partial" for job in found)

        wait_until(all_ended, PATIENCE_S)
        counts = {
            (job["completedCount"], job["successCount"], job["failureCount"])
            for job in (client.get(f"/v1/jobs/{job_id}").json() for job_id in jobs)
        }
    assert counts == {(3, 1, 2)}
