"""A page that its caller waits for: its price is held, then captured or given back, once."""

import asyncio
from dataclasses import replace

import pytest

from tests.jobs.till import Till
from tests.jobs.workshop import ACCOUNT, Workshop
from webferry.domain.credits import Billing
from webferry.domain.errors import FetchFailed, InsufficientCredits, InvalidUrl, NotFound
from webferry.domain.jobs import JobKind
from webferry.domain.parts import PartRef
from webferry.usecases.charge_page import PATIENCE_MS
from webferry.usecases.claim_errands import ErrandRef
from webferry.usecases.job_engine import JobEngine

URL = "https://example.com/"


class Power(BaseException):
    """Gone, in the middle of everything."""


@pytest.fixture
def engine_of_all(workshop: Workshop) -> JobEngine:
    return replace(workshop.engine, billing=Billing.ALL)


def bring(engine: JobEngine, error: BaseException | None = None, url: str = URL) -> None:
    async def page() -> None:
        async with engine.charge_page(ACCOUNT, url):
            if error:
                raise error

    asyncio.run(page())


@pytest.mark.promise("billing.modes")
def test_a_page_that_comes_costs_its_price_and_two_requests(
    workshop: Workshop, engine_of_all: JobEngine
) -> None:
    till = Till.of(workshop)
    workshop.calls.clear()

    bring(engine_of_all)

    assert workshop.calls == ["dynamodb.TransactWriteItems"] * 2
    assert (till.wallet(), till.entries()) == (
        (49, 0),
        [("welcome", 50), ("hold", 1), ("capture", 1)],
    )


@pytest.mark.parametrize("billing", [Billing.TOOLS, Billing.OFF])
def test_elsewhere_it_costs_neither(workshop: Workshop, billing: Billing) -> None:
    workshop.calls.clear()

    bring(replace(workshop.engine, billing=billing))

    assert workshop.calls == []


@pytest.mark.parametrize("error", [FetchFailed("Target URL returned 403 Forbidden"), KeyError("x")])
def test_a_page_that_does_not_come_costs_nothing(
    workshop: Workshop, engine_of_all: JobEngine, error: Exception
) -> None:
    till = Till.of(workshop)

    with pytest.raises(type(error)):
        bring(engine_of_all, error)

    assert till.wallet() == (50, 0)
    assert till.entries()[1:] == [("hold", 1), ("release", 1)]


def test_without_credits_nothing_is_fetched(workshop: Workshop, engine_of_all: JobEngine) -> None:
    till = Till.of(workshop, credits=0)

    with pytest.raises(InsufficientCredits) as refused:
        bring(engine_of_all, AssertionError("it was fetched"))

    assert refused.value.details == {"required": 1, "available": 0}
    assert till.wallet() == (0, 0)
    assert till.items("Jobs") == []


def test_a_url_that_is_none_holds_nothing(workshop: Workshop, engine_of_all: JobEngine) -> None:
    till = Till.of(workshop)

    with pytest.raises(InvalidUrl):
        bring(engine_of_all, url="nonsense")

    assert till.items("Jobs") == []


@pytest.mark.parametrize("late", [False, True])
def test_the_price_of_a_process_that_died_goes_back_once(
    workshop: Workshop, engine_of_all: JobEngine, *, late: bool
) -> None:
    till = Till.of(workshop)

    async def page() -> None:
        async with engine_of_all.charge_page(ACCOUNT, URL):
            workshop.later(PATIENCE_MS / 1000 - 1)
            engine_of_all.wind_clock()
            assert till.wallet() == (49, 1)
            workshop.later(2)
            engine_of_all.wind_clock()
            if not late:
                raise Power

    if late:
        # It wakes up after all: what was given back stays given back.
        asyncio.run(page())
    else:
        with pytest.raises(Power):
            asyncio.run(page())

    assert till.wallet() == (50, 0)
    assert till.entries()[1:] == [("hold", 1), ("release", 1)]
    assert workshop.letters() == []


def test_nobody_else_may_do_or_read_what_is_only_a_price(
    workshop: Workshop, engine_of_all: JobEngine
) -> None:
    till = Till.of(workshop)

    async def page() -> None:
        async with engine_of_all.charge_page(ACCOUNT, URL):
            (job,) = [item["pk"] for item in till.items("Jobs") if item["sk"] == "job"]
            worker = engine_of_all.worker({JobKind.PAGE: workshop.runner})
            forged = [ErrandRef(PartRef(job, 0), 0)]
            await worker(forged, time_left_ms=60_000, memory_mb=1024)
            for ask in (engine_of_all.read, engine_of_all.cancel):
                with pytest.raises(NotFound):
                    ask(ACCOUNT, job)

    asyncio.run(page())

    assert workshop.runner.visited == []
    assert till.wallet() == (49, 0)
