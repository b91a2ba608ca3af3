"""What a stream, a sender or a state machine loses, the clockwork takes up again."""

from dataclasses import replace

import pytest

from tests.engine.waiting import wait_until
from tests.jobs.deployed import FunctionEngine
from tests.jobs.workshop import MovableClock
from tests.receivers import Receiver, first, receiver, says
from tests.webhooks.post_office import PostOffice
from webferry.domain.dispatches import DispatchState
from webferry.domain.webhooks import delivery_id
from webferry.usecases.wind_clock import Wound

PATIENCE_S = 60


@pytest.fixture
def untold(engine: FunctionEngine, scale: float) -> PostOffice:
    del scale
    return PostOffice.on(engine, egress_allow="127.0.0.1", told=False)


def wind(office: PostOffice, later_s: int) -> Wound:
    drive = office.furnished.house.post_office.drive
    return replace(drive, clock=MovableClock(ahead_ms=later_s * 1000))()


def wait_for(running: Receiver, count: int) -> None:
    wait_until(lambda: len(running.heard) >= count, PATIENCE_S)


def state_of(office: PostOffice, job_id: str) -> DispatchState:
    return office.dispatch(job_id).state


@pytest.mark.promise("webhook.never-lost")
def test_a_start_that_the_stream_has_lost_is_made_by_the_clockwork(untold: PostOffice) -> None:
    with receiver(says("200 OK")) as running:
        job_ids = [untold.end_job(running.url) for _ in range(30)]

        assert wind(untold, later_s=30) == (0, 0)
        assert wind(untold, later_s=61) == (30, 0)
        wait_for(running, 30)
        wait_until(
            lambda: {state_of(untold, each) for each in job_ids} == {DispatchState.DELIVERED},
            PATIENCE_S,
        )

    heard = sorted(each.headers["webhook-id"] for each in running.heard)
    assert heard == sorted(delivery_id(each) for each in job_ids)
    assert wind(untold, later_s=10_000) == (0, 0)


def test_an_execution_that_died_is_followed_by_another(
    untold: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = untold.furnished.session.client("stepfunctions")
    with receiver(first(1, says("500 Oh"), says("200 OK"))) as running:
        job_id = untold.end_job(running.url)
        with monkeypatch.context() as slow:
            slow.setattr("ministack.services.stepfunctions._SFN_WAIT_SCALE", 100.0)
            wind(untold, later_s=61)
            wait_until(untold.executions, PATIENCE_S)
        (execution,) = untold.executions()
        client.stop_execution(executionArn=execution["executionArn"])
        assert state_of(untold, job_id) is DispatchState.WAITING
        assert wind(untold, later_s=66) == (1, 0)
        wait_until(lambda: state_of(untold, job_id) is DispatchState.DELIVERED, PATIENCE_S)

    names = {each["name"] for each in untold.executions()}
    assert names == {delivery_id(job_id), f"{delivery_id(job_id)}-2"}
    assert [each.headers["x-mapiok-attempt"] for each in running.heard] == ["1", "2"]


def test_a_start_asked_for_ten_times_is_one_attempt(office: PostOffice) -> None:
    senders = office.furnished.house.post_office._senders
    with receiver(says("200 OK")) as running:
        job_id = office.end_job(running.url)
        for _ in range(10):
            senders.call([delivery_id(job_id)] * 2)
        wait_until(lambda: state_of(office, job_id) is DispatchState.DELIVERED, PATIENCE_S)
        office.end_job(running.url)
        wait_for(running, 2)

    names = [each.headers["webhook-id"] for each in running.heard]
    assert len(names) == len(set(names)) == 2


def test_a_sender_that_cannot_be_reached_leaves_it_to_the_next_minute(
    untold: PostOffice,
) -> None:
    with receiver(says("200 OK")) as running:
        job_id = untold.end_job(running.url)
        untold.furnished.session.client("lambda").delete_function(FunctionName="webhook_sender")
        with pytest.raises(Exception, match="ResourceNotFound"):
            wind(untold, later_s=61)

        assert running.heard == []
    assert state_of(untold, job_id) is DispatchState.PENDING
    assert wind(untold, later_s=90) == (0, 0)
