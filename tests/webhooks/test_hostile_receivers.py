"""Receivers of every kind before the deployed sender: what one attempt comes to, in its log."""

import gzip
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.adapters.certificates import write_certificate
from tests.engine.waiting import wait_until
from tests.receivers import (
    Behaviour,
    Receiver,
    dripping,
    endless,
    receiver,
    resetting,
    says,
    silent,
)
from tests.webhooks.post_office import PostOffice
from webferry.adapters.http_poster import SAMPLE_BYTES
from webferry.domain.dispatches import Attempt, DispatchState
from webferry.domain.slow_receivers import SLOW_RATE

PATIENCE_S = 120
BOMB = gzip.compress(b"0" * 20_000_000)
TOO_LATE = "The receiver did not answer within 10 seconds"
BROKEN_OFF = "The receiver broke off its answer"
UNREACHED = "The receiver could not be connected to"
BEHAVIOURS: dict[str, Behaviour] = {
    "silent": silent,
    "drip": dripping(b"HTTP/1.1 200 OK\r\nX-More: ", b"x"),
    "endless": endless,
    "bomb": says("200 OK", "Content-Encoding: gzip", body=BOMB),
    "reset": resetting,
    "nonsense": lambda connection, _: connection.sendall(b"what?\r\n\r\n"),
    "tls": says("200 OK"),
}
REDIRECTS = ("301", "302", "307", "308")


@dataclass(frozen=True)
class Town:
    """Receivers of every kind, each with a job whose webhook it got; all asked at the same time."""

    office: PostOffice
    receivers: dict[str, Receiver]
    jobs: dict[str, str]

    def first(self, name: str) -> Attempt:
        """What came of the first attempt."""
        return wait_until(lambda: self.office.dispatch(self.jobs[name]).attempts, PATIENCE_S)[0]


@pytest.fixture(scope="module")
def town(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    certificate = write_certificate(tmp_path_factory.mktemp("tls") / "certificate.pem")
    with ExitStack() as stack:

        def opened(behaviour: Behaviour, *, tls: bool = False) -> Receiver:
            return stack.enter_context(receiver(behaviour, certificate if tls else None))

        elsewhere = opened(says("200 OK"))
        running = {name: opened(each, tls=name == "tls") for name, each in BEHAVIOURS.items()}
        for status in REDIRECTS:
            running[status] = opened(says(f"{status} Gone", f"Location: {elsewhere.url}"))
        with socket.create_server(("127.0.0.1", 0)) as gone:
            refused = f"http://127.0.0.1:{gone.getsockname()[1]}/"
        urls = {name: each.url for name, each in running.items()}
        urls |= {"refused": refused, "unknown": "https://nobody.invalid/hook"}
        jobs = {name: office.end_job(url) for name, url in urls.items()}
        yield Town(office, running | {"elsewhere": elsewhere}, jobs)
        _stop(office)


def _stop(office: PostOffice) -> None:
    """Whoever waits for a receiver that will never answer need not."""
    client = office.furnished.session.client("stepfunctions")
    for each in office.executions():
        if each["status"] == "RUNNING":
            client.stop_execution(executionArn=each["executionArn"])


@pytest.mark.promise("tools.webhook.deadline", "webhook.failure")
@pytest.mark.parametrize("name", ["silent", "drip"])
def test_no_answer_in_ten_seconds_is_a_failure(town: Town, name: str) -> None:
    attempt = town.first(name)

    assert (attempt.status, attempt.error) == (None, TOO_LATE)
    assert attempt.duration_ms >= 9_900


@pytest.mark.parametrize(
    ("name", "error"),
    [("reset", BROKEN_OFF), ("nonsense", BROKEN_OFF), ("refused", UNREACHED), ("tls", "")],
)
def test_no_answer_at_all_is_a_failure_that_is_logged_and_tried_again(
    town: Town, name: str, error: str
) -> None:
    attempt = town.first(name)

    assert attempt.status is None
    assert attempt.error == (error or attempt.error) != ""
    wait_until(lambda: town.office.dispatch(town.jobs[name]).made > 1, PATIENCE_S)


def test_a_name_that_nobody_knows_is_tried_again(town: Town) -> None:
    assert town.first("unknown").status is None
    wait_until(lambda: town.office.dispatch(town.jobs["unknown"]).made > 1, PATIENCE_S)


@pytest.mark.parametrize(("name", "sample"), [("endless", b"x"), ("bomb", BOMB)])
def test_of_an_answer_only_the_beginning_is_read_as_it_came(
    town: Town, name: str, sample: bytes
) -> None:
    attempt = town.first(name)

    begin = (sample * SAMPLE_BYTES)[:SAMPLE_BYTES].decode(errors="replace")
    assert (attempt.status, attempt.error, attempt.response) == (200, "", begin)
    assert town.office.dispatch(town.jobs[name]).state is DispatchState.DELIVERED


@pytest.mark.promise("webhook.failure")
@pytest.mark.parametrize("name", REDIRECTS)
def test_a_redirect_is_a_failure_and_nobody_goes_there(town: Town, name: str) -> None:
    assert town.first(name).status == int(name)
    wait_until(lambda: town.office.dispatch(town.jobs[name]).made == 4, PATIENCE_S)
    assert town.receivers["elsewhere"].heard == []


@pytest.mark.promise("webhook.neighbours")
def test_eighty_webhooks_to_a_dead_receiver_do_not_hold_up_another(town: Town) -> None:
    town.first("silent")
    dead, begun_s = town.receivers["silent"], time.monotonic()
    before = len(dead.heard)
    town.office.furnished.house.grant_credits(town.office.caller.account_id, 100, "a crowd")
    for _ in range(80):
        town.office.end_job(dead.url)

    with receiver(says("200 OK")) as quick:
        jobs = [town.office.end_job(quick.url) for _ in range(5)]
        states = {DispatchState.DELIVERED}
        wait_until(
            lambda: {town.office.dispatch(each).state for each in jobs} == states, PATIENCE_S
        )

    passed_s = time.monotonic() - begun_s
    most = SLOW_RATE.burst + passed_s * SLOW_RATE.per_minute / 60 + 1
    assert len(dead.heard) - before <= min(most, 79)
