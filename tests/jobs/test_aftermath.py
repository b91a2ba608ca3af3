"""What must be true together with a job's opening and its end: credits, free runs, webhooks."""

from dataclasses import replace

import pytest

from tests.jobs.till import RECEIVER, Till
from tests.jobs.workshop import ACCOUNT, Workshop
from webferry.domain.credits import Billing, Payment
from webferry.domain.errors import InsufficientCredits
from webferry.domain.jobs import JobKind, JobState
from webferry.domain.once import Once
from webferry.usecases.job_engine import JobEngine


@pytest.fixture
def workshop(workshop: Workshop) -> Workshop:
    workshop.__dict__["engine"] = replace(workshop.engine, billing=Billing.ALL)
    return workshop


@pytest.mark.promise("credit.hold", "credit.capture")
def test_a_price_is_held_while_the_job_runs_and_captured_when_it_succeeds(
    workshop: Workshop,
) -> None:
    till = Till.of(workshop)
    job = till.submit()
    assert (till.wallet(), till.entries(job)) == ((49, 1), [("hold", 1)])

    workshop.work_all()

    assert till.wallet() == (49, 0)
    assert till.entries(job) == [("hold", 1), ("capture", 1)]
    assert workshop.engine.read(ACCOUNT, job.id).used_credits == 1
    delivery = till.delivery(job)
    assert delivery is not None
    assert (delivery["url"], delivery["event"]) == (RECEIVER, "job.completed")


@pytest.mark.promise("credit.release", "credit.failed-page")
def test_a_failed_job_gives_its_price_back(workshop: Workshop) -> None:
    till = Till.of(workshop)
    job = till.submit("http://a/fail")

    workshop.work_all()

    assert till.wallet() == (50, 0)
    assert till.entries(job) == [("hold", 1), ("release", 1)]
    assert (till.delivery(job) or {})["event"] == "job.failed"


def test_of_several_pages_those_that_succeeded_are_charged(workshop: Workshop) -> None:
    till = Till.of(workshop)
    job = till.submit("http://a/1", "http://a/fail", "http://a/3", price=2)
    assert till.wallet() == (44, 6)

    workshop.work_all()

    assert till.wallet() == (46, 0)
    assert sorted(till.entries(job)) == [("capture", 4), ("hold", 6), ("release", 2)]


@pytest.mark.parametrize("size", [1, 30])
def test_a_cancelled_job_costs_nothing_and_is_told_once(workshop: Workshop, size: int) -> None:
    till = Till.of(workshop)
    job = till.submit(*(f"http://a/{n}" for n in range(size)))
    letters = workshop.letters()

    for _ in range(2):
        workshop.engine.cancel(ACCOUNT, job.id)
    workshop.work(letters)

    assert till.wallet() == (50, 0)
    assert till.entries(job) == [("hold", size), ("release", size)]
    assert (till.delivery(job) or {})["event"] == "job.failed"


def test_a_large_job_is_charged_when_its_last_part_is_done(workshop: Workshop) -> None:
    till = Till.of(workshop, credits=600)
    job = till.submit(*(f"http://a/{'fail' if n % 10 == 0 else n}" for n in range(500)))
    assert till.wallet() == (100, 500)

    workshop.work_all()

    assert workshop.engine.read(ACCOUNT, job.id).state is JobState.PARTIAL
    assert till.wallet() == (150, 0)
    assert sorted(till.entries(job)) == [("capture", 450), ("hold", 500), ("release", 50)]
    assert till.delivery(job) is not None


@pytest.mark.parametrize("size", [1, 30])
def test_what_the_queue_gave_up_costs_nothing(workshop: Workshop, size: int) -> None:
    till = Till.of(workshop)
    job = till.submit(*(f"http://a/{n}" for n in range(size)))

    workshop.engine.bury([each for some in workshop.all_letters() for each in some])

    assert workshop.engine.read(ACCOUNT, job.id).state is JobState.FAILED
    assert till.wallet() == (50, 0)
    assert till.entries(job) == [("hold", size), ("release", size)]
    assert till.delivery(job) is not None


@pytest.mark.parametrize("size", [1, 30])
def test_what_nobody_came_to_costs_nothing(workshop: Workshop, size: int) -> None:
    till = Till.of(workshop)
    job = till.submit(*(f"http://a/{n}" for n in range(size)))

    workshop.later(12 * 3600 + 1)
    workshop.engine.wind_clock()

    assert workshop.engine.read(ACCOUNT, job.id).state is JobState.FAILED
    assert till.wallet() == (50, 0)
    assert till.delivery(job) is not None


def test_jobs_of_one_account_that_end_in_one_write_are_all_counted(workshop: Workshop) -> None:
    till = Till.of(workshop)
    till.open_account("acc_2", 5)
    jobs = [till.submit("http://a/good" if n % 3 else "http://a/fail") for n in range(9)]
    other = till.submit(account="acc_2")

    workshop.work(workshop.letters())

    assert (till.wallet(), till.wallet("acc_2")) == ((44, 0), (4, 0))
    assert all(till.delivery(job) for job in [*jobs, other])


@pytest.mark.promise("credit.order", "credit.exhausted", "tools.credits.free-runs")
def test_credits_go_first_then_three_free_runs_then_nothing(workshop: Workshop) -> None:
    till = Till.of(workshop, credits=2)

    payments = [till.submit().terms.payment for _ in range(5)]
    with pytest.raises(InsufficientCredits) as refusal:
        till.submit()

    assert payments == [Payment.CREDITS] * 2 + [Payment.FREE_RUN] * 3
    assert refusal.value.details == {"required": 1, "available": 0}
    assert (till.wallet(), till.free_runs_used()) == ((0, 2), 3)
    workshop.work_all()
    assert (till.wallet(), till.free_runs_used()) == ((0, 0), 3)


def test_a_free_run_that_failed_is_given_back_to_its_day(workshop: Workshop) -> None:
    till = Till.of(workshop, credits=0)
    jobs = [till.submit("http://a/fail") for _ in range(3)]
    assert till.free_runs_used() == 3

    workshop.later(11 * 3600)
    workshop.work(workshop.letters())
    workshop.engine.wind_clock()

    assert till.free_runs_used() == 0
    assert {workshop.engine.read(ACCOUNT, job.id).used_credits for job in jobs} == {0}
    assert till.submit().terms.payment is Payment.FREE_RUN


def test_a_new_day_brings_new_free_runs(workshop: Workshop) -> None:
    till = Till.of(workshop, credits=0)
    for _ in range(3):
        till.submit()

    workshop.later(24 * 3600)

    assert till.submit().terms.payment is Payment.FREE_RUN


def test_the_same_request_again_is_paid_once_even_by_who_is_broke(workshop: Workshop) -> None:
    till = Till.of(workshop, credits=1)
    once = Once.of(ACCOUNT, "key", b"body")

    first = workshop.engine.submit.job(till.order(), once)
    again = workshop.engine.submit.job(till.order(), once)

    assert again == first
    assert (till.wallet(), till.free_runs_used()) == ((0, 1), 0)


@pytest.mark.promise("billing.modes")
@pytest.mark.parametrize(
    ("billing", "charged"),
    [
        (Billing.TOOLS, [JobKind.TOOL]),
        (Billing.ALL, [JobKind.SCRAPE, JobKind.TOOL]),
        (Billing.OFF, []),
    ],
)
def test_billing_says_which_jobs_cost_credits(
    workshop: Workshop, billing: Billing, charged: list[JobKind]
) -> None:
    till = Till.of(workshop)
    engine = replace(workshop.engine, billing=billing)

    kinds = (JobKind.SCRAPE, JobKind.TOOL)
    jobs = [engine.submit.job(replace(till.order(), kind=kind)) for kind in kinds]

    assert [job.kind for job in jobs if job.terms.payment is Payment.CREDITS] == charged
    assert till.wallet() == (50 - len(charged), len(charged))
    assert JobEngine.billing is Billing.TOOLS


def test_without_billing_nothing_is_charged(workshop: Workshop) -> None:
    workshop.__dict__["engine"] = replace(workshop.engine, billing=Billing.TOOLS)
    till = Till.of(workshop, credits=0)

    job = till.submit()
    workshop.work_all()

    assert job.terms.payment is Payment.NOTHING
    assert till.entries(job) == []
    assert till.delivery(job) is not None
