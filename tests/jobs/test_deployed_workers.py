"""Workers as they are deployed: driven by queues, killed in the middle, fed with poison."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.engine.waiting import wait_until
from tests.furnished import Furnished, furnish
from tests.jobs.crashing import LooseQueue
from tests.jobs.deployed import Deployed, FunctionEngine
from tests.jobs.workshop import MovableClock
from tests.raw_site import HANG, RawSite, html, raw_site
from webferry.domain.jobs import Job, JobKind, JobState, Pace
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.usecases.submit_job import JobOrder

ACCOUNT = "acc_00000001"
PATIENCE_S = 40
SCRIPT = {
    "/": html("<title>Home</title><h1>Home</h1><p>Words of a page"),
    "/forbidden": html("no", status="403 Forbidden"),
    "/silent": HANG,
}


@pytest.fixture
def site() -> Iterator[RawSite]:
    with raw_site(SCRIPT) as running:
        yield running


@pytest.fixture
def deployed(engine: FunctionEngine, site: RawSite) -> Deployed:
    return Deployed.on(engine, furnish(engine, egress_allow=site.host))


def submit(furnished: Furnished, *urls: str) -> str:
    options = ScrapeOptions(timeout_ms=6000).text()
    order = JobOrder(JobKind.SCRAPE, ACCOUNT, urls, options, Pace(5))
    return furnished.house.job_engine.submit(order)


def ended(furnished: Furnished, job_id: str) -> Job:
    def read() -> Job | None:
        job = furnished.house.job_engine.read(ACCOUNT, job_id)
        return job if job.state.is_final else None

    job = wait_until(read, PATIENCE_S)
    assert job
    return job


def test_a_deployed_worker_brings_pages(deployed: Deployed, site: RawSite) -> None:
    house = deployed.furnished.house
    job_id = submit(deployed.furnished, f"{site.url}/", f"{site.url}/forbidden", "ftp://a/b")

    job = ended(deployed.furnished, job_id)

    assert (job.state, job.tally.succeeded, job.tally.failed) == (JobState.PARTIAL, 1, 2)
    page, forbidden, scheme = house.job_engine.results(job, 0)
    assert page.content is not None
    scrape = Scrape.of(page.content)
    assert (scrape.title, scrape.http_status) == ("Home", 200)
    assert "# Home" in str(scrape.markdown)
    assert forbidden.message == "Target URL returned 403 Forbidden"
    assert scheme.code == "UNSUPPORTED_SCHEME"


def test_a_worker_killed_in_the_middle_loses_nothing(deployed: Deployed, site: RawSite) -> None:
    furnished = deployed.furnished
    job_id = submit(furnished, f"{site.url}/silent")
    wait_until(lambda: site.requests, PATIENCE_S)

    assert deployed.kill_busy_worker()

    # Its letter comes again and finds the lease of the dead; then the clockwork takes it back.
    engine = furnished.house.job_engine
    winder = replace(engine, clock=MovableClock(ahead_ms=60_000), queue=deployed.queue())
    wait_until(lambda: winder.wind_clock().seen, PATIENCE_S)
    wait_until(lambda: len(site.requests) == 2, PATIENCE_S)
    job = ended(furnished, job_id)
    assert (job.state, job.tally.completed) == (JobState.FAILED, 1)
    assert engine.results(job, 0)[0].code == "TIMEOUT"


def test_poison_ends_in_the_dead_letters_and_harms_nobody(
    deployed: Deployed, site: RawSite
) -> None:
    furnished = deployed.furnished
    sqs = furnished.session.client("sqs")
    work_url = furnished.environment["WEBFERRY_PAGE_TASKS_QUEUE"]
    for poison in (
        "not json",
        '{"v":1,"job":"../x","part":0,"errand":0}',
        '{"v":1,"job":"job_unknown","part":0,"errand":0}',
        '{"v":2,"job":"job_1","part":0,"errand":0}',
        "[" * 10_000,
        "x" * 200_000,
    ):
        sqs.send_message(QueueUrl=work_url, MessageBody=poison)

    job = ended(furnished, submit(furnished, f"{site.url}/"))

    assert job.state is JobState.SUCCEEDED
    wait_until(lambda: backlog(furnished, work_url) == 0, PATIENCE_S)
    wait_until(lambda: backlog(furnished, deployed.dead_url) == 0, PATIENCE_S)


def test_a_letter_given_up_fails_its_task(deployed: Deployed) -> None:
    furnished = deployed.furnished
    engine = replace(furnished.house.job_engine, queue=LooseQueue())
    order = JobOrder(JobKind.SCRAPE, ACCOUNT, ("http://a/",), ScrapeOptions().text(), Pace(1))
    job_id = engine.submit(order)
    furnished.session.client("sqs").send_message(
        QueueUrl=deployed.dead_url,
        MessageBody=f'{{"v":1,"job":"{job_id}","part":0,"errand":0}}',
    )

    job = ended(furnished, job_id)

    assert (job.state, job.tally.failed) == (JobState.FAILED, 1)
    assert engine.results(job, 0)[0].code == "INTERNAL_ERROR"


def backlog(furnished: Furnished, url: str) -> int:
    answer = furnished.session.client("sqs").get_queue_attributes(
        QueueUrl=url, AttributeNames=["All"]
    )
    return sum(
        int(count)
        for name, count in answer["Attributes"].items()
        if name.startswith("ApproximateNumberOfMessages")
    )
