"""The jobs of the scrape document over HTTP: its curl commands as printed, host and key swapped."""

from typing import Any

import pytest

from tests.engine.waiting import wait_until
from tests.journeys.product import Product
from tests.journeys.test_scrape_document import run

PATIENCE_S = 40

SUBMIT = """curl -X POST https://small-giraffe-45.convex.site/v1/scrape \\
-H "Authorization: Bearer YOUR_API_KEY" \\
-H "Content-Type: application/json" \\
-d '{
"urls": ["https://example.com", "https://example.org"],
"mode": "async"
}'"""
STATUS = """curl https://small-giraffe-45.convex.site/v1/jobs/job_456 \\
-H "Authorization: Bearer YOUR_API_KEY\""""
RESULTS = """curl https://small-giraffe-45.convex.site/v1/jobs/job_456/results \\
 -H "Authorization: Bearer YOUR_API_KEY\""""


def ended(product: Product, pages: str, job_id: str) -> Any:
    def read() -> Any:
        progress = run(STATUS.replace("job_456", job_id), product, pages)
        return progress if progress["status"] not in {"queued", "running"} else None

    return wait_until(read, PATIENCE_S)


@pytest.mark.promise("scrape.async.answer", "scrape.job.status", "scrape.job.results")
def test_the_async_commands_work_as_printed(product: Product, pages: str) -> None:
    command = SUBMIT.replace("https://example.org", f"{pages}/forbidden")
    accepted = run(command, product, pages)
    assert set(accepted) == {"requestId", "mode", "jobId"}
    assert accepted["mode"] == "async"

    progress = ended(product, pages, accepted["jobId"])

    assert {name: type(value) for name, value in progress.items()} == {
        "jobId": str,
        "status": str,
        "totalCount": int,
        "completedCount": int,
        "successCount": int,
        "failureCount": int,
        "expiresAt": int,
    }
    assert progress["status"] == "partial"
    results = run(RESULTS.replace("job_456", accepted["jobId"]), product, pages)["results"]
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
