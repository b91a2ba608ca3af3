"""Jobs of the scrape dialect: accepted, polled, read, and nobody else's."""

import json

import pytest

from scrape_api import routes
from scrape_api.handler import handler
from tests.doors.knocking import knock
from tests.doors.scrape_jobs import letters, results_of, status_of, submit, work
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.domain.jobs import JobState
from webferry.domain.parts import PartRef
from webferry.web.job_words import STATUS_OF_STATE

PROGRESS_KEYS = {
    "jobId",
    "status",
    "totalCount",
    "completedCount",
    "successCount",
    "failureCount",
    "expiresAt",
}


@pytest.mark.promise(
    "scrape.async.answer",
    "scrape.job.status",
    "scrape.job.statuses",
    "scrape.job.results",
    "scrape.failure.async",
    "dialect.id.jobs",
)
def test_a_job_is_accepted_polled_and_read(furnished: Furnished, key: str, site: RawSite) -> None:
    urls = [f"{site.url}/", f"{site.url}/forbidden", "ftp://example.com/"]
    accepted = submit(key, *urls)

    assert accepted.status == 202
    assert set(accepted.json) == {"requestId", "mode", "jobId"}
    assert (accepted.json["mode"], accepted.json["jobId"][:4]) == ("async", "job_")
    job_id = accepted.json["jobId"]
    assert status_of(key, job_id).json["status"] == "queued"
    early = results_of(key, job_id)
    assert (early.status, early.json["error"]["code"]) == (409, "JOB_NOT_READY")
    assert early.headers["retry-after"] == "2"

    work(furnished)

    progress = status_of(key, job_id)
    assert (progress.status, set(progress.json)) == (200, PROGRESS_KEYS)
    counts = {name: progress.json[f"{name}Count"] for name in ("total", "completed", "success")}
    assert counts == {"total": 3, "completed": 3, "success": 1}
    assert (progress.json["status"], progress.json["failureCount"]) == ("partial", 2)
    answer = results_of(key, job_id)
    assert set(answer.json) == {"jobId", "status", "costUsd", "results"}
    assert [result["url"] for result in answer.json["results"]] == urls
    page, forbidden, scheme = answer.json["results"]
    assert set(page) == {"url", "status", "cached", "markdown", "metadata"}
    assert page["markdown"].startswith("# Example Domain")
    assert (forbidden["status"], forbidden["error"]["code"]) == ("error", "FETCH_FAILED")
    assert scheme["error"] == {
        "code": "UNSUPPORTED_SCHEME",
        "message": "Only http/https URLs are supported",
    }


@pytest.mark.promise("cost.recorded", "cost.usd")
def test_a_job_says_what_it_cost(furnished: Furnished, key: str, site: RawSite) -> None:
    job_id = submit(key, f"{site.url}/", config={"noCache": True}).json["jobId"]
    work(furnished)

    cost = results_of(key, job_id).json["costUsd"]

    assert 0.000_005 < cost < 0.001
    (result,) = furnished.house.job_engine.jobs.load([PartRef(job_id, 0)])[
        PartRef(job_id, 0)
    ].part.results.values()
    assert result.cost.mb_ms > 1024
    assert (result.cost.requests, result.cost.received_bytes > 50) == (1, True)


@pytest.mark.promise("scrape.config.concurrency")
def test_a_job_has_no_more_pages_under_way_than_it_may(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    submit(key, *[f"{site.url}/"] * 5, config={"maxConcurrency": 2})
    assert work(furnished) == [2, 2, 1]
    submit(key, *[f"{site.url}/"] * 5)
    assert work(furnished) == [3, 2]


@pytest.mark.promise("scrape.config.jitter", "scrape.jitter")
def test_jitter_is_the_delay_of_a_letter(furnished: Furnished, key: str, site: RawSite) -> None:
    jitter = {"maxConcurrency": 1, "jitterMs": {"min": 60_000, "max": 60_000}}
    job_id = submit(key, f"{site.url}/", f"{site.url}/untitled", config=jitter).json["jobId"]

    assert work(furnished) == [1]

    assert status_of(key, job_id).json["status"] == "running"
    attributes = furnished.session.client("sqs").get_queue_attributes(
        QueueUrl=furnished.environment["WEBFERRY_PAGE_TASKS_QUEUE"], AttributeNames=["All"]
    )["Attributes"]
    assert attributes["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_job_is_its_own_accounts_alone(furnished: Furnished, key: str) -> None:
    job_id = submit(key, "ftp://never.fetched").json["jobId"]
    other = furnished.key_of("other-jobs@example.com")
    names = ("job_" + "x" * 20, "job_", "nothing", "once#x", "x" * 3000, "%23", "job_é", "job_1%0A")

    for answer in (
        *(reader(other, job_id) for reader in (status_of, results_of)),
        *(reader(key, name) for reader in (status_of, results_of) for name in names),
    ):
        assert answer.status == 404
        assert answer.json == {"error": {"code": "NOT_FOUND", "message": "Job not found"}}
    assert status_of(key, job_id).status == 200
    letters(furnished)


def test_results_too_large_for_one_answer_go_on_with_a_cursor(
    furnished: Furnished, key: str, site: RawSite
) -> None:
    job_id = submit(key, *[f"{site.url}/large"] * 3, format="html").json["jobId"]
    work(furnished)

    first = results_of(key, job_id)
    found, cursor = first.json["results"], first.json.get("nextCursor")
    while cursor:
        answer = results_of(key, job_id, query=f"cursor={cursor}")
        found += answer.json["results"]
        cursor = answer.json.get("nextCursor")
        assert len(json.dumps(answer.text)) < 6 * 1024 * 1024

    assert len(json.dumps(first.text)) < 6 * 1024 * 1024
    assert [result["url"] for result in found] == [f"{site.url}/large"] * 3
    for wrong in ("-1", "3", "x", "%C2%B2", "00000"):
        refused = results_of(key, job_id, query=f"cursor={wrong}")
        assert (refused.status, refused.json["error"]["code"]) == (400, "INVALID_REQUEST")


@pytest.mark.promise("scrape.outlives")
def test_a_scrape_that_outlives_the_wait_goes_on_as_a_job(
    furnished: Furnished, key: str, site: RawSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "GATEWAY_WAIT_MS", 300)
    body = {"urls": [f"{site.url}/silent"], "config": {"timeoutMs": 500}}

    answer = knock(handler, "scrape_sync", key=key, body=body)

    assert (answer.status, answer.json["error"]["code"]) == (504, "TIMEOUT")
    assert set(answer.json["result"]["error"]) == {"code", "message"}
    job_id = answer.json["error"]["jobId"]
    work(furnished)
    assert status_of(key, job_id).json["status"] == "failed"
    patient = knock(handler, "scrape_sync", key=key, body=body | {"config": {"timeoutMs": 200}})
    assert "jobId" not in patient.json["error"]


@pytest.mark.promise("dialect.state.scrape")
def test_every_state_has_its_word() -> None:
    assert set(STATUS_OF_STATE) == set(JobState)
    assert STATUS_OF_STATE[JobState.CANCELLED] == "failed"
    assert set(STATUS_OF_STATE.values()) == {
        "queued",
        "running",
        "completed",
        "failed",
        "partial",
    }
