"""What a task costs, against figures reckoned by hand from AWS's list prices."""

import asyncio

import pytest

from webferry.domain.costs import (
    CURRENT_PRICES,
    PRICE_TABLES,
    TaskCost,
    billing,
    note_cost,
    usd,
)

PRICES = PRICE_TABLES[CURRENT_PRICES]


@pytest.mark.parametrize(
    ("cost", "companions", "by_hand"),
    [
        # 70 ms of 1 GB: 0.07 * 13,333.4 = 933.3; besides 3,932 and a part of its own 6,000.
        (TaskCost(70 * 1024, 1, 20_000), 1, 10_866),
        # The same as one of five: 933.3 + 1,200.
        (TaskCost(70 * 1024, 1, 20_000), 5, 6_066),
        # 2.6 s of 2 GB in the browser, shared by two, and 260 ms of waiting: 2.6 GB s + 0.26 GB s.
        (TaskCost(2600 * 1024 + 260 * 1024, 1, 400_000), 5, 38_134 + 3_932 + 1_200),
        # What came from the cache in no time costs its bookkeeping.
        (TaskCost(), 25, 3_932 + 240),
    ],
)
def test_a_task_costs_what_can_be_reckoned_by_hand(
    cost: TaskCost, companions: int, by_hand: int
) -> None:
    assert PRICES.nano_usd(cost, companions) == by_hand


def test_a_job_keeps_the_prices_it_was_opened_under() -> None:
    assert PRICE_TABLES["2026-11"].nano_usd(TaskCost(70 * 1024, 1, 20_000), 5) == 6_870 + 934


def test_an_amount_reads_as_dollars() -> None:
    assert usd(10_866) == pytest.approx(0.000010866)


def test_what_others_do_is_on_the_bill_of_who_asked_for_it() -> None:
    async def task(mb_ms: float) -> float:
        with billing() as bill:
            await asyncio.sleep(0)
            note_cost(mb_ms)
            await asyncio.create_task(asyncio.sleep(0))
            note_cost(1.0)
        return bill.mb_ms

    async def both() -> tuple[float, float]:
        return await asyncio.gather(task(100.0), task(2000.0))

    assert list(asyncio.run(both())) == [101.0, 2001.0]
    note_cost(5.0)
