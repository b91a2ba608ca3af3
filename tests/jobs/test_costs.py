"""The price table beside what the engine's calls really use up: neither flattering nor far off."""

from typing import Any

import pytest

from tests.jobs.workshop import ACCOUNT, Workshop
from webferry.domain.costs import CURRENT_PRICES, PRICE_TABLES, TaskCost
from webferry.domain.parts import PartRef

WRITES = {"PutItem", "UpdateItem", "TransactWriteItems", "BatchWriteItem"}
NANO_USD_PER_WRITE_UNIT = 625
# What a page costs besides table writes: queue, object, and the page that is remembered.
BESIDES_NANO_USD = 120 + 500 + 2500


def count_write_units(client: Any) -> list[float]:
    used: list[float] = []

    def ask(params: dict[str, Any], model: Any, **_: Any) -> None:
        if model.name in WRITES:
            params["ReturnConsumedCapacity"] = "TOTAL"

    def note(parsed: dict[str, Any], model: Any, **_: Any) -> None:
        if model.name in WRITES:
            told = parsed.get("ConsumedCapacity") or []
            each = told if isinstance(told, list) else [told]
            used.extend(one["CapacityUnits"] for one in each)

    client.meta.events.register("provide-client-params.dynamodb", ask)
    client.meta.events.register("after-call.dynamodb", note)
    return used


@pytest.mark.parametrize(("size", "jobs"), [(1, 10), (5, 10), (25, 4), (100, 1)])
def test_the_table_charges_what_is_written(workshop: Workshop, size: int, jobs: int) -> None:
    workshop.runner.padding = 600
    used = count_write_units(workshop.dynamodb)

    for job in range(jobs):
        workshop.submit(*(f"http://a/{job}/{n}/a/path/of/usual/length.html" for n in range(size)))
    workshop.work_all()

    written = sum(used) / (size * jobs) * NANO_USD_PER_WRITE_UNIT
    companions = min(size, 25)
    charged = PRICE_TABLES[CURRENT_PRICES].nano_usd(TaskCost(), companions) - BESIDES_NANO_USD
    assert 0.8 * written <= charged <= 1.6 * written, (written, charged)


def test_a_job_costs_the_sum_of_its_tasks(workshop: Workshop) -> None:
    job_id = workshop.submit("http://a/1", "http://a/2", "http://fail/3")
    workshop.work_all()

    job = workshop.engine.read(ACCOUNT, job_id)

    (work,) = workshop.jobs.load([PartRef(job_id, 0)]).values()
    prices = PRICE_TABLES[job.prices]
    costs = [result.cost for result in work.part.results.values()]
    assert job.tally.nano_usd == sum(prices.nano_usd(cost, 3) for cost in costs)
    assert len(costs) == 3
    assert all(cost.mb_ms > 0 for cost in costs)
