"""Small jobs on the engine: opened, worked off, counted once, ended once."""

import pytest

from tests.jobs.workshop import ACCOUNT, Workshop
from webferry.domain.errors import Conflict, ErrorCode, NotFound
from webferry.domain.jobs import JOB_LIFETIME_MS, JobState, Pace
from webferry.domain.parts import MAX_ATTEMPTS


def test_a_job_goes_from_queued_to_its_end(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1", "http://a/2")
    assert workshop.engine.read(ACCOUNT, job_id).state is JobState.QUEUED

    workshop.work_all()

    job = workshop.engine.read(ACCOUNT, job_id)
    assert (job.state, job.tally.succeeded, job.tally.failed) == (JobState.SUCCEEDED, 2, 0)
    assert job.started_at_ms is not None
    assert job.ended_at_ms is not None
    assert job.tally.nano_usd > 0
    outcomes = workshop.engine.results(job, 0)
    assert [outcome.url for outcome in outcomes] == ["http://a/1", "http://a/2"]
    assert outcomes[0].content == b'{"url": "http://a/1"}'


@pytest.mark.parametrize(
    ("urls", "state"),
    [
        (["http://a/fail"], JobState.FAILED),
        (["http://a/fail", "http://a/1"], JobState.PARTIAL),
        (["http://a/1"], JobState.SUCCEEDED),
    ],
)
def test_the_end_tells_how_many_failed(
    workshop: Workshop, urls: list[str], state: JobState
) -> None:
    job_id = workshop.submit(*urls)
    workshop.work_all()

    job = workshop.engine.read(ACCOUNT, job_id)
    assert job.state is state
    failed = [each for each in workshop.engine.results(job, 0) if each.code]
    assert len(failed) == job.tally.failed
    assert all(each.code is ErrorCode.FETCH_FAILED for each in failed)


def test_a_letter_that_comes_again_does_nothing(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1")
    letters = workshop.letters()
    for _ in range(3):
        assert workshop.work([*letters, *letters]) == set()

    assert workshop.runner.visited == ["http://a/1"]
    assert workshop.engine.read(ACCOUNT, job_id).tally.completed == 1


def test_no_more_run_at_once_than_the_pace_allows(workshop: Workshop) -> None:
    urls = [f"http://a/{number}" for number in range(5)]
    job_id = workshop.submit(*urls, pace=Pace(parallel=2))

    batches = [len(letters) for letters in workshop.all_letters() if not workshop.work(letters)]

    assert batches == [2, 2, 1]
    assert workshop.runner.most_at_once == 2
    assert workshop.engine.read(ACCOUNT, job_id).state is JobState.SUCCEEDED


def test_a_later_task_waits_in_the_queue(workshop: Workshop) -> None:
    workshop.submit("http://a/1", "http://a/2", pace=Pace(1, 60_000, 60_000))
    workshop.work(workshop.letters())

    assert workshop.letters() == []
    attributes = workshop.session.client("sqs").get_queue_attributes(
        QueueUrl=workshop.queue_url, AttributeNames=["ApproximateNumberOfMessagesDelayed"]
    )
    assert attributes["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_cancelled_job_is_not_worked_off_and_stays_cancelled(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1", "http://a/2", pace=Pace(1))
    workshop.work(workshop.letters())

    cancelled = workshop.engine.cancel(ACCOUNT, job_id)
    workshop.work_all()

    assert workshop.runner.visited == ["http://a/1"]
    assert workshop.engine.read(ACCOUNT, job_id) == cancelled
    assert cancelled.state is JobState.CANCELLED
    assert cancelled.tally.completed == 1
    assert workshop.engine.cancel(ACCOUNT, job_id) == cancelled


def test_a_job_cancelled_while_its_task_runs_stays_as_it_is(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1")
    workshop.runner.on_visit = lambda _: workshop.engine.cancel(ACCOUNT, job_id)

    assert workshop.work(workshop.letters()) == set()

    job = workshop.engine.read(ACCOUNT, job_id)
    assert (job.state, job.tally.completed) == (JobState.CANCELLED, 0)


def test_a_job_that_has_ended_cannot_be_cancelled(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1")
    workshop.work_all()

    with pytest.raises(Conflict):
        workshop.engine.cancel(ACCOUNT, job_id)
    assert workshop.engine.read(ACCOUNT, job_id).state is JobState.SUCCEEDED


def test_nobody_else_sees_a_job_and_nobody_an_expired_one(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1")

    for account, name in (("acc_00000002", job_id), (ACCOUNT, "job_unknown"), (ACCOUNT, "#?")):
        for use in (workshop.engine.read, workshop.engine.cancel):
            with pytest.raises(NotFound, match="Job not found"):
                use(account, name)
    workshop.later(JOB_LIFETIME_MS / 1000 + 1)
    with pytest.raises(NotFound):
        workshop.engine.read(ACCOUNT, job_id)
    assert workshop.work(workshop.letters()) == set()
    assert workshop.runner.visited == []


def test_a_task_that_nobody_finishes_is_tried_three_times(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/crash")

    def die(_: str) -> None:
        raise KeyboardInterrupt

    workshop.runner.on_visit = die
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with pytest.raises(KeyboardInterrupt):
            workshop.work(workshop.letters())
        assert len(workshop.runner.visited) == attempt
        workshop.later(71)
        assert workshop.engine.wind_clock().seen == 1

    job = workshop.engine.read(ACCOUNT, job_id)
    assert (job.state, job.tally.failed) == (JobState.FAILED, 1)
    assert workshop.engine.results(job, 0)[0].code is ErrorCode.INTERNAL_ERROR
    assert workshop.letters() == []
