"""What a stream, a sender or a state machine loses, the clockwork takes up again."""

import socket
from dataclasses import replace
from typing import Any

import pytest

from tests.engine.waiting import wait_until
from tests.furnished import SENDER
from tests.jobs.deployed import FunctionEngine
from tests.jobs.workshop import MovableClock
from tests.receivers import Behaviour, Receiver, first, receiver, says
from tests.webhooks.post_office import PostOffice
from webferry.domain.dispatches import MAX_LAPSES, SCHEDULED_ATTEMPTS, DispatchState
from webferry.domain.errands import Lease
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
def test_a_herald_that_is_killed_at_its_work_loses_nothing(
    engine: FunctionEngine, scale: float
) -> None:
    del scale
    office, killed = PostOffice.on(engine, egress_allow="127.0.0.1"), 0

    with receiver(says("200 OK")) as running:
        job_ids = [office.end_job(running.url) for _ in range(5)]

        def killed_twice() -> bool:
            nonlocal killed
            killed += office.kill_busy("herald")
            return killed == 2

        wait_until(killed_twice, PATIENCE_S)
        wait_until(
            lambda: {state_of(office, each) for each in job_ids} == {DispatchState.DELIVERED},
            PATIENCE_S,
        )

    heard = {each.headers["webhook-id"] for each in running.heard}
    assert heard == {delivery_id(each) for each in job_ids}


def killing(office: PostOffice, later: Behaviour) -> Behaviour:
    """Kills the sender that has just posted, before it can write down that it did; then answers."""

    def kill(connection: socket.socket, number: int) -> None:
        if number:
            later(connection, number)
        else:
            assert office.kill_busy(SENDER)

    return kill


def let_the_lease_lapse(office: PostOffice, job_id: str, **known: Any) -> None:
    """The minutes pass after which a sender is thought to be dead."""
    dispatch = office.dispatch(job_id)
    assert dispatch.state is DispatchState.SENDING
    lapsed = replace(dispatch, lease=Lease("dead", 1), due_at_ms=1, **known)
    assert office.furnished.house.post_office.dispatches.save(lapsed)


@pytest.mark.promise("webhook.never-lost")
def test_a_sender_that_died_after_its_post_is_followed_by_the_same_message(
    untold: PostOffice,
) -> None:
    with receiver(killing(untold, says("200 OK"))) as running:
        job_id = untold.end_job(running.url)
        wind(untold, later_s=61)
        wait_for(running, 1)
        let_the_lease_lapse(untold, job_id)
        assert wind(untold, later_s=0) == (1, 0)
        wait_until(lambda: state_of(untold, job_id) is DispatchState.DELIVERED, PATIENCE_S)

    assert len(running.heard) == 2
    for name in ("webhook-id", "x-mapiok-attempt"):
        assert len({each.headers[name] for each in running.heard}) == 1
    assert len({each.body for each in running.heard}) == 1


@pytest.mark.promise("webhook.redeliver")
def test_a_delivery_of_which_every_sender_died_can_be_sent_again(untold: PostOffice) -> None:
    with receiver(killing(untold, says("200 OK"))) as running:
        job_id = untold.end_job(running.url)
        wind(untold, later_s=61)
        wait_for(running, 1)
        let_the_lease_lapse(untold, job_id, made=SCHEDULED_ATTEMPTS - 1, lapses=MAX_LAPSES)
        wind(untold, later_s=0)
        broken = untold.dispatch(job_id)
        again = untold.furnished.house.post_office.send_again
        again(untold.caller.account_id, delivery_id(job_id))
        wind(untold, later_s=61)
        wait_until(lambda: state_of(untold, job_id) is DispatchState.DELIVERED, PATIENCE_S)

    assert broken.state is DispatchState.FAILED
    assert broken.attempts[-1].error == "The attempt could not be completed"
    assert [each.headers["x-mapiok-attempt"] for each in running.heard] == ["1", "5"]
    assert len({(each.headers["webhook-id"], each.body) for each in running.heard}) == 1


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


def test_a_start_asked_for_ten_times_is_one_execution(office: PostOffice) -> None:
    senders = office.furnished.house.post_office._senders
    with receiver(first(1, says("500 Oh"), says("200 OK"))) as running:
        job_id = office.end_job(running.url)
        for _ in range(10):
            senders.call([delivery_id(job_id)] * 2)
        wait_until(lambda: state_of(office, job_id) is DispatchState.DELIVERED, PATIENCE_S)

    mine = [e["name"] for e in office.executions() if e["name"].startswith(delivery_id(job_id))]
    assert mine == [delivery_id(job_id)]
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
