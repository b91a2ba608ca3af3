"""A cloud that fails now and then: nothing is lost, nothing is done twice, nobody is told lies."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from tests.jobs.workshop import ACCOUNT, AT_ONCE, Workshop
from webferry.domain.errands import Lease
from webferry.domain.errors import Conflict, ErrorCode, Unavailable
from webferry.domain.jobs import JobKind, JobState
from webferry.domain.once import Once
from webferry.domain.parts import PartRef, TaskResult
from webferry.domain.work import Step
from webferry.usecases.submit_job import JobOrder

ORDER = JobOrder(JobKind.SCRAPE, ACCOUNT, ("http://a/1", "http://a/2"), "{}", AT_ONCE)


def break_down(client: Any, operation: str, times: int | None = None) -> list[int]:
    """Have an operation fail from now on, or so many times; the list shrinks with each failure."""
    left = [1] * (1_000_000 if times is None else times)
    service = client.meta.service_model.service_name

    def fail(**_: Any) -> None:
        if left:
            left.pop()
            raise EndpointConnectionError(endpoint_url="http://nowhere")

    client.meta.events.register(f"before-call.{service}.{operation}", fail)
    return left


def test_of_a_crowd_with_one_name_one_opens_the_job(workshop: Workshop) -> None:
    once = Once.of(ACCOUNT, "key", b"body")

    with ThreadPoolExecutor(16) as pool:
        ids = set(pool.map(lambda _: workshop.engine.submit(ORDER, once), range(20)))

    assert len(ids) == 1
    assert len(workshop.letters()) == 2
    with pytest.raises(Conflict, match="Idempotency-Key"):
        workshop.engine.submit(ORDER, Once.of(ACCOUNT, "key", b"another body"))
    assert workshop.engine.submit(ORDER, Once.of("acc_2", "key", b"body")) not in ids


def test_a_job_whose_letters_were_not_sent_is_accepted_and_sent_later(workshop: Workshop) -> None:
    left = break_down(workshop.sqs, "SendMessageBatch")
    job_id = workshop.engine.submit(ORDER)
    assert workshop.letters() == []
    left.clear()

    workshop.later(59)
    assert workshop.engine.wind_clock().seen == 0
    workshop.later(2)
    assert workshop.engine.wind_clock().seen == 1
    workshop.work_all()

    assert workshop.engine.read(ACCOUNT, job_id).state is JobState.SUCCEEDED


def test_a_job_that_could_not_be_stored_was_never_accepted(workshop: Workshop) -> None:
    left = break_down(workshop.dynamodb, "TransactWriteItems")
    with pytest.raises(Unavailable):
        workshop.engine.submit(ORDER)
    left.clear()

    assert workshop.letters() == []
    assert workshop.jobs.due(workshop.clock.now_ms() + 10**9, 10) == []


def test_results_that_cannot_be_stored_are_tried_three_times(workshop: Workshop) -> None:
    workshop.runner.padding = 10_000
    break_down(workshop.s3, "PutObject")
    job_id = workshop.engine.submit(ORDER)

    workshop.work_all()

    assert len(workshop.runner.visited) == 6
    job = workshop.engine.read(ACCOUNT, job_id)
    assert job.state is JobState.FAILED
    codes = {outcome.code for outcome in workshop.engine.results(job, 0)}
    assert codes == {ErrorCode.INTERNAL_ERROR}


def test_a_bucket_that_is_away_for_a_moment_costs_a_second_visit(workshop: Workshop) -> None:
    workshop.runner.padding = 10_000
    break_down(workshop.s3, "PutObject", times=1)
    job_id = workshop.engine.submit(ORDER)

    workshop.work_all()

    job = workshop.engine.read(ACCOUNT, job_id)
    assert (job.state, job.tally.succeeded) == (JobState.SUCCEEDED, 2)


def test_letters_nobody_could_look_into_come_again(workshop: Workshop) -> None:
    job_id = workshop.engine.submit(ORDER)
    letters = workshop.letters()
    left = break_down(workshop.dynamodb, "BatchGetItem")
    with pytest.raises(Unavailable):
        workshop.work(letters)
    left.clear()

    assert workshop.work(letters) == set()
    assert workshop.engine.read(ACCOUNT, job_id).state is JobState.SUCCEEDED


def test_a_count_that_could_not_be_written_comes_again_and_counts_once(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1")
    letters = workshop.letters()
    left: list[int] = []
    workshop.runner.on_visit = lambda _: left.extend([1])

    def fail(**_: Any) -> None:
        if left:
            raise EndpointConnectionError(endpoint_url="http://nowhere")

    workshop.dynamodb.meta.events.register("before-call.dynamodb.PutItem", fail)
    assert workshop.work(letters) == set(letters)
    left.clear()
    workshop.runner.on_visit = lambda _: None

    assert workshop.work(letters) == set()
    assert workshop.runner.visited == ["http://a/1"]
    workshop.later(200)
    workshop.engine.wind_clock()
    workshop.work_all()
    job = workshop.engine.read(ACCOUNT, job_id)
    assert (job.state, job.tally.completed) == (JobState.SUCCEEDED, 1)


def test_a_worker_that_slept_over_its_lease_changes_nothing(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1")
    ref = PartRef(job_id, 0)
    (letter,) = workshop.letters()
    before = workshop.jobs.load([ref])[ref]
    now_ms = workshop.clock.now_ms()
    asleep = before.claimed(0, Lease("sleeper", now_ms + 70_000), now_ms)
    assert asleep is not None
    assert workshop.jobs.save([Step(before, asleep)]).refused == {}
    assert workshop.work([letter]) == set()
    assert workshop.runner.visited == []
    workshop.later(71)
    workshop.engine.wind_clock()
    workshop.work([letter])

    now = workshop.jobs.load([ref])[ref]
    failure = TaskResult(code=ErrorCode.TIMEOUT, message="too late")
    late = asleep.recorded(0, "sleeper", {0: failure}, workshop.clock.now_ms())

    assert workshop.jobs.save([Step(asleep, late)]).refused == {ref: now}
    assert now.recorded(0, "sleeper", {0: failure}, workshop.clock.now_ms()) == now
    assert workshop.engine.read(ACCOUNT, job_id).state is JobState.SUCCEEDED
