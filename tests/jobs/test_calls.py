"""What the engine asks of the cloud: each request is money and time, so they are counted."""

import pytest

from tests.jobs.workshop import ACCOUNT, Workshop
from webferry.domain.jobs import JobState


def test_opening_a_job_takes_two_requests(workshop: Workshop) -> None:
    workshop.submit(*(f"http://a/{number}" for number in range(5)))

    assert workshop.calls == ["dynamodb.TransactWriteItems", "sqs.SendMessageBatch"]


def test_a_poll_takes_one_request(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1")
    workshop.calls.clear()

    workshop.engine.read(ACCOUNT, job_id)

    assert workshop.calls == ["dynamodb.GetItem"]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_batch_of_ten_pages_takes_at_most_five_requests(workshop: Workshop, size: int) -> None:
    """Read, claim, bodies, count; the queue itself is asked by Lambda."""
    jobs = [workshop.submit(*(f"http://a/{n}" for n in range(size))) for _ in range(10 // size)]
    letters = workshop.letters()
    workshop.calls.clear()

    workshop.work(letters)

    assert len(workshop.runner.visited) == 10
    assert len(workshop.calls) <= 5
    states = {workshop.engine.read(ACCOUNT, job_id).state for job_id in jobs}
    assert states == {JobState.SUCCEEDED}


def test_results_of_a_batch_share_one_object(workshop: Workshop) -> None:
    workshop.runner.padding = 20_000
    jobs = [workshop.submit(f"http://a/{number}") for number in range(10)]
    letters = workshop.letters()
    workshop.calls.clear()

    workshop.work(letters)

    assert workshop.calls.count("s3.PutObject") == 1
    assert len(workshop.calls) <= 5
    for number, job_id in enumerate(jobs):
        job = workshop.engine.read(ACCOUNT, job_id)
        (outcome,) = workshop.engine.results(job, 0)
        assert outcome.content is not None
        assert f'"http://a/{number}"'.encode() in outcome.content


def test_a_part_of_a_large_job_takes_less_than_half_a_request_per_page(workshop: Workshop) -> None:
    workshop.submit(*(f"http://a/{number}" for number in range(50)))
    letters = workshop.letters()
    workshop.calls.clear()

    workshop.work(letters)

    assert len(workshop.runner.visited) == 50
    assert len(workshop.calls) / 50 < 0.5
