"""Rates: nobody gets more than the limit allows, and who keeps to it is never refused."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.errors import RateLimited, Unavailable
from webferry.domain.keys import Caller
from webferry.domain.rates import LEASE_LIFE_US, Rate, RateKind, Standing
from webferry.usecases.limit_rate import MAX_LEASES, LimitRate

CALLER = Caller("acc_1", "key-1", ())
RATES = st.builds(Rate, st.integers(1, 6000), st.integers(1, 100))


@dataclass
class HandClock:
    """Time, as a test says."""

    ms: int = 1_700_000_000_000

    def now_ms(self) -> int:
        return self.ms

    def tick_ms(self) -> float:
        return float(self.ms)


@dataclass
class MemoryBuckets:
    """The rule of the buckets without a table."""

    free_at_us: dict[str, int] = field(default_factory=dict)
    calls: int = 0

    def take(
        self, name: str, rate: Rate, count: int, now_us: int, believed_us: int
    ) -> tuple[bool, int]:
        self.calls += 1
        free_at_us = self.free_at_us.get(name, 0)
        if rate.room(free_at_us, now_us) < count:
            return False, free_at_us
        self.free_at_us[name] = max(free_at_us, now_us) + count * rate.interval_us
        return True, self.free_at_us[name]


@dataclass
class Site:
    """Environments that share buckets and a clock."""

    rate: Rate
    count: int = 1
    clock: HandClock = field(default_factory=HandClock)
    buckets: MemoryBuckets = field(default_factory=MemoryBuckets)

    def __post_init__(self) -> None:
        rates = {RateKind.WORK: self.rate}
        self.environments = [LimitRate(self.buckets, self.clock, rates) for _ in range(self.count)]

    def ask(self, environment: int = 0) -> Standing:
        standing = self.environments[environment](CALLER, RateKind.WORK)
        assert standing is not None
        return standing


@given(
    rate=RATES,
    steps=st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 3)), max_size=300),
)
def test_no_stretch_of_time_holds_more_than_its_share(
    rate: Rate, steps: list[tuple[int, int]]
) -> None:
    site = Site(rate, count=4)
    admitted_us = []
    for wait_ms, environment in steps:
        site.clock.ms += wait_ms * (wait_ms < 10_000)
        if not site.ask(environment).retry_after_s:
            admitted_us.append(site.clock.ms * 1000)

    start_us = admitted_us[0] if admitted_us else 0
    for n, at_us in enumerate(admitted_us):
        assert n + 1 <= rate.burst + (at_us - start_us) / rate.interval_us
        for m in range(n):
            span_us = at_us - admitted_us[m] + LEASE_LIFE_US
            assert n - m + 1 <= rate.burst + span_us / rate.interval_us


@given(rate=RATES, count=st.integers(1, 300))
def test_who_keeps_to_the_rate_is_never_refused(rate: Rate, count: int) -> None:
    site = Site(rate)
    for _ in range(count):
        assert not site.ask().retry_after_s
        site.clock.ms += -(-rate.interval_us // 1000)


@given(rate=RATES, environments=st.integers(1, 60))
def test_a_full_burst_is_admitted_wherever_it_arrives(rate: Rate, environments: int) -> None:
    site = Site(rate, environments)

    admitted = [site.ask(n) for n in range(min(environments, rate.burst))]

    assert not any(standing.retry_after_s for standing in admitted)
    assert [standing.remaining for standing in admitted] == [
        rate.burst - 1 - n for n in range(len(admitted))
    ]


@given(rate=RATES, patience=st.integers(0, 3))
def test_who_waits_as_told_is_admitted(rate: Rate, patience: int) -> None:
    site = Site(rate, 2)
    while not (standing := site.ask(site.buckets.calls % 2)).retry_after_s:
        pass

    assert standing.remaining == 0
    with pytest.raises(RateLimited) as refused:
        standing.check()
    assert refused.value.details == {"retryAfterSeconds": standing.retry_after_s}
    site.clock.ms += (standing.retry_after_s + patience) * 1000
    assert not site.ask().retry_after_s
    site.clock.ms += standing.reset_s * 1000 + LEASE_LIFE_US // 1000
    assert site.ask().remaining == rate.burst - 1


def test_a_busy_environment_asks_for_one_request_in_many() -> None:
    site = Site(Rate(60_000, 5000))
    for _ in range(1000):
        site.ask()
        site.clock.ms += 10
    assert site.buckets.calls < 20

    polling = Site(Rate(1200, 300))
    for _ in range(100):
        polling.ask()
        polling.clock.ms += 2000
    assert polling.buckets.calls < 40


def test_a_limiter_that_is_down_limits_nobody() -> None:
    class Gone(MemoryBuckets):
        def take(self, *_: object) -> tuple[bool, int]:
            raise Unavailable("gone")

    limit = LimitRate(Gone(), HandClock(), {RateKind.WORK: Rate(1, 1)})

    assert limit(CALLER, RateKind.WORK) is limit(CALLER, RateKind.WORK) is None


def test_an_environment_remembers_so_many_keys_and_no_more() -> None:
    limit = LimitRate(MemoryBuckets(), HandClock(), {RateKind.READ: Rate(60, 60)})
    for number in range(MAX_LEASES + 5):
        limit(Caller("acc_1", f"key-{number}", ()), RateKind.READ)

    assert len(limit._leases) == MAX_LEASES


@pytest.mark.parametrize(
    "text", ["", "1", "0/1", "1/0", "-1/1", "1.5/1", "1/1/1", "99999999/1", "1\u0967/1"]
)
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    assert Rate.parse(" 120/60 ") == Rate(120, 60)
    with pytest.raises(ValueError, match="not a rate"):
        Rate.parse(text)
