"""Rate buckets on the engine: however many take of one at once, it never gives more than it has."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.furnished import TRAFFIC_TABLE, Furnished
from webferry.adapters.aws import client
from webferry.adapters.dynamodb.buckets import DynamoBuckets
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.system import SystemClock
from webferry.domain.errors import Unavailable
from webferry.domain.keys import Caller
from webferry.domain.rates import Rate, RateKind
from webferry.usecases.limit_rate import LimitRate

RATE = Rate(60, 20)
NOW_US = 1_700_000_000_000_000
CALLER = Caller("acc_1", "key-1", ())


def buckets_of(furnished: Furnished, calls: list[str] | None = None) -> DynamoBuckets:
    made = client("dynamodb", furnished.session)
    if calls is not None:
        made.meta.events.register("before-send", lambda **sent: calls.append(sent["event_name"]))
    return DynamoBuckets(WideTable(made, TRAFFIC_TABLE))


def test_a_bucket_gives_a_burst_and_then_as_much_as_flows_back(furnished: Furnished) -> None:
    buckets, second_us = buckets_of(furnished), 1_000_000

    taken = [buckets.take("k", RATE, 4, NOW_US, 0) for _ in range(6)]

    full = NOW_US + RATE.depth_us
    assert taken == [(True, NOW_US + 4 * n * second_us) for n in range(1, 6)] + [(False, full)]
    assert buckets.take("k", RATE, 2, NOW_US + second_us, full) == (False, full)
    assert buckets.take("k", RATE, 1, NOW_US + second_us, full) == (True, full + second_us)
    idle = NOW_US + 3600 * second_us
    assert buckets.take("k", RATE, 1, idle, NOW_US) == (True, idle + second_us)
    assert buckets.take("other", RATE, 1, NOW_US, full) == (True, NOW_US + second_us)


def test_taking_costs_one_call_and_at_most_two(furnished: Furnished) -> None:
    calls: list[str] = []
    buckets = buckets_of(furnished, calls)

    def cost(believed_us: int, now_us: int = NOW_US) -> int:
        calls.clear()
        buckets.take("k", RATE, 1, now_us, believed_us)
        return len(calls)

    assert cost(0) == 1
    assert (cost(0), cost(NOW_US + 2_000_000)) == (2, 1)
    assert cost(NOW_US + 90_000_000, NOW_US + 60_000_000) == 2
    buckets.take("full", RATE, RATE.burst, NOW_US, 0)
    calls.clear()
    assert not buckets.take("full", RATE, 1, NOW_US, 0)[0]
    assert len(calls) == 1


@pytest.mark.parametrize("threads", [2, 16])
def test_many_environments_together_get_the_burst_and_what_flowed_back(
    furnished: Furnished, threads: int
) -> None:
    clock = SystemClock()
    started_ms = clock.now_ms()

    def environment(_: int) -> int:
        limit = LimitRate(buckets_of(furnished), clock, {RateKind.WORK: RATE})
        standings = [limit(CALLER, RateKind.WORK) for _ in range(10)]
        assert all(standings)
        return sum(not standing.retry_after_s for standing in standings if standing)

    with ThreadPoolExecutor(threads) as pool:
        admitted = sum(pool.map(environment, range(16)))

    flowed_back = (clock.now_ms() - started_ms) // 1000
    assert RATE.burst - threads * RATE.most_per_lease < admitted <= RATE.burst + flowed_back + 1


def test_a_fault_of_the_cloud_reads_as_unavailable(furnished: Furnished) -> None:
    table = WideTable(client("dynamodb", furnished.session), "no-such-table")

    with pytest.raises(Unavailable):
        DynamoBuckets(table).take("k", RATE, 1, NOW_US, 0)
