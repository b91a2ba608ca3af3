"""Large jobs: parts of 25 URLs, sixteen counters, no item that everybody writes."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.jobs.workshop import ACCOUNT, AT_ONCE, Workshop
from webferry.domain.errors import InvalidRequest
from webferry.domain.jobs import MAX_TASKS, JobKind, JobState
from webferry.usecases.submit_job import JobOrder

WRITES = {"PutItem", "UpdateItem", "TransactWriteItems", "BatchWriteItem"}


def urls(count: int) -> list[str]:
    return [f"http://{'fail' if n % 10 == 9 else 'good'}/{n}" for n in range(count)]


@pytest.mark.parametrize("count", [6, 25, 26, 60])
def test_a_large_job_counts_every_task_once(workshop: Workshop, count: int) -> None:
    job_id = workshop.submit(*urls(count))
    letters = workshop.letters()
    assert workshop.engine.read(ACCOUNT, job_id).state is JobState.QUEUED

    workshop.work(letters[:1])
    job = workshop.engine.read(ACCOUNT, job_id)
    assert job.tally.completed == min(count, 25)
    assert job.state.is_final == (count <= 25)
    workshop.work(letters)
    workshop.work(letters)

    job = workshop.engine.read(ACCOUNT, job_id)
    failed = sum("fail" in url for url in urls(count))
    assert (job.tally.succeeded, job.tally.failed) == (count - failed, failed)
    assert job.state is (JobState.PARTIAL if failed else JobState.SUCCEEDED)
    assert sorted(workshop.runner.visited) == sorted(urls(count))


def test_the_results_of_a_large_job_are_read_part_by_part(workshop: Workshop) -> None:
    workshop.runner.padding = 2000
    job_id = workshop.submit(*urls(60))
    workshop.work_all()

    job = workshop.engine.read(ACCOUNT, job_id)
    outcomes = [out for number in job.part_numbers for out in workshop.engine.results(job, number)]

    assert [outcome.url for outcome in outcomes] == urls(60)
    for outcome in outcomes:
        if outcome.content:
            assert json.loads(outcome.content)["url"] == outcome.url
        else:
            assert outcome.code == "FETCH_FAILED"


def test_a_cancelled_large_job_keeps_its_count(workshop: Workshop) -> None:
    job_id = workshop.submit(*urls(60))
    letters = workshop.letters()
    workshop.work(letters[:1])

    cancelled = workshop.engine.cancel(ACCOUNT, job_id)
    workshop.work(letters)

    assert cancelled.tally.completed == 25
    assert workshop.engine.read(ACCOUNT, job_id) == cancelled
    assert len(workshop.runner.visited) == 25


def test_what_does_not_fit_into_an_invocation_is_handed_on(workshop: Workshop) -> None:
    job_id = workshop.submit(*urls(25))
    rounds = 0
    while letters := workshop.letters():
        rounds += 1
        assert workshop.work(letters, time_left_ms=10) == set()

    assert rounds == 25
    assert len(workshop.runner.visited) == 25
    assert workshop.engine.read(ACCOUNT, job_id).tally.completed == 25


def test_ten_thousand_urls_have_no_hot_item(workshop: Workshop) -> None:
    """DynamoDB takes a thousand writes a second of one partition; the busiest sees a handful."""
    touched: Counter[str] = Counter()

    def note(model: Any, params: Any, **_: Any) -> None:
        if model.name in WRITES:
            touched.update(_written(json.loads(params["body"])))

    job_id = workshop.submit(*urls(1000))
    workshop.dynamodb.meta.events.register("before-call.dynamodb", note)
    workshop.work_all()

    job = workshop.engine.read(ACCOUNT, job_id)
    assert (job.tally.succeeded, job.tally.failed) == (900, 100)
    # Forty parts: each is claimed, counted in a few groups; each shard adds three of them up.
    busiest = touched.most_common(1)[0][1]
    assert busiest <= 8, touched.most_common(3)
    assert sum(touched.values()) <= 1000 * 0.5


def test_a_job_has_a_size(workshop: Workshop) -> None:
    for wrong in ((), ("http://a",) * (MAX_TASKS + 1)):
        with pytest.raises(InvalidRequest):
            workshop.engine.submit(JobOrder(JobKind.SCRAPE, ACCOUNT, wrong, "{}", AT_ONCE))


def _written(request: dict[str, Any]) -> list[str]:
    if "TransactItems" in request:
        bodies = [next(iter(write.values())) for write in request["TransactItems"]]
    else:
        bodies = [request]
    return [(body.get("Item") or body["Key"])["pk"]["S"] for body in bodies]
