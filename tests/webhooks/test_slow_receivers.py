"""A receiver that keeps senders waiting gets few of them; no other receiver notices."""

from dataclasses import dataclass, replace

import pytest

from tests.furnished import TRAFFIC_TABLE, Engine, Furnished, furnish
from tests.jobs.workshop import MovableClock
from webferry.adapters.dynamodb.buckets import DynamoBuckets
from webferry.adapters.dynamodb.slow_receivers import DynamoSlowReceivers
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.domain.dispatches import Attempt, Dispatch, new_dispatch
from webferry.domain.slow_receivers import SLOW_FOR_MS, SLOW_MS, SLOW_RATE
from webferry.domain.webhooks import Delivery, DeliveryEvent
from webferry.usecases.spare_senders import SpareSenders


def dispatch(host: str = "slow.test", account: str = "acc_1", port: str = "") -> Dispatch:
    url = f"https://{host}{port}/hook"
    return new_dispatch(Delivery("msg_1", account, "job_1", url, DeliveryEvent.COMPLETED, 1))


def attempted(before: Dispatch, duration_ms: int) -> Dispatch:
    return replace(before, made=1, attempts=(Attempt(1, 1, duration_ms, 200),))


@dataclass
class Counter:
    """Learns of one attempt after the other, and counts how many more would be made now."""

    spare: SpareSenders
    clock: MovableClock

    def attempt(self, before: Dispatch, duration_ms: int) -> None:
        self.spare.learn(before, attempted(before, duration_ms))

    def admitted(self, asked: Dispatch, most: int = 30) -> int:
        return sum(self.spare.admits(asked) for _ in range(most))


def counter(furnished: Furnished, table: str) -> Counter:
    clock = MovableClock()
    traffic = WideTable(furnished.house.dynamodb, table)
    return Counter(SpareSenders(DynamoSlowReceivers(traffic), DynamoBuckets(traffic), clock), clock)


@pytest.fixture
def desk(engine: Engine) -> Counter:
    return counter(furnish(engine), TRAFFIC_TABLE)


def test_who_answers_in_time_is_never_put_off(desk: Counter) -> None:
    desk.attempt(dispatch(), SLOW_MS - 1)

    assert desk.admitted(dispatch()) == 30


@pytest.mark.promise("webhook.neighbours")
def test_who_was_slow_gets_ten_attempts_and_then_one_every_three_seconds(desk: Counter) -> None:
    desk.attempt(dispatch(), SLOW_MS)

    assert desk.admitted(dispatch()) == SLOW_RATE.burst == 10
    desk.clock.ahead_ms += 3_000
    assert 1 <= desk.admitted(dispatch()) <= 3
    assert desk.admitted(dispatch(port=":444")) == 30
    assert desk.admitted(dispatch("other.test")) == 30
    assert desk.admitted(dispatch(account="acc_2")) == 30


def test_who_is_quick_again_is_soon_thought_to_be(desk: Counter) -> None:
    desk.attempt(dispatch(), SLOW_MS)
    desk.clock.ahead_ms += SLOW_FOR_MS + 1

    assert desk.admitted(dispatch()) == 30


def test_an_attempt_that_somebody_else_made_teaches_nothing(desk: Counter) -> None:
    seen = attempted(dispatch(), SLOW_MS)
    desk.spare.learn(seen, seen)

    assert desk.admitted(dispatch()) == 30


def test_where_nobody_can_tell_every_attempt_is_made(engine: Engine) -> None:
    desk = counter(furnish(engine), "NoSuchTable")
    desk.attempt(dispatch(), SLOW_MS)

    assert desk.admitted(dispatch(), 1) == 1
