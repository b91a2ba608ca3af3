"""Whatever tool of the catalogue brings nothing, for whatever reason, costs nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.jobs.till import Till
from tests.jobs.workshop import ACCOUNT, AT_ONCE, Workshop
from tests.unit.canned_scraping import Canned
from tests.unit.test_scrape_page import CannedFetcher, CannedRenderer
from webferry.domain.credits import Billing, Payment
from webferry.domain.errors import Blocked, FetchFailed, PageError, PageTimeout
from webferry.domain.images import ImageOrder
from webferry.domain.jobs import Job, JobKind, JobState
from webferry.domain.pages import Page, PageRequest
from webferry.domain.prompts import ModelFailed
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.domain.tool_orders import ToolOrder
from webferry.tools.catalogue import catalogue, tool_of
from webferry.usecases.run_tool import RunTool
from webferry.usecases.submit_job import JobOrder

SLUGS = sorted(catalogue())
# What a tool may ask for; one that asks for more is to be added here.
INPUTS = {"url": "https://example.com/list", "username": "ferry", "prompt": "A ferry at dawn"}
BLANK = b"<html><body></body></html>"
TROUBLES: dict[str, PageError | None] = {
    "failed": FetchFailed("Target URL returned 403 Forbidden", http_status=403),
    "blocked": Blocked("The target asks for a human", by="Cloudflare"),
    "late": PageTimeout("Request exceeded timeout"),
    "empty": None,
}


@dataclass
class Fetcher(CannedFetcher):
    error: PageError | None = None

    async def fetch(self, request: PageRequest) -> Page:
        if self.error:
            raise self.error
        return await super().fetch(request)


@dataclass
class Renderer(CannedRenderer):
    error: PageError | None = None

    async def render(self, order: RenderOrder) -> Rendering:
        if self.error:
            raise self.error
        return replace(await super().render(order), picture=b"a white sheet")


@dataclass
class Images:
    """A model that brings nothing that could be an image, or says that it cannot."""

    error: PageError | None

    async def make(self, order: ImageOrder) -> bytes:
        if self.error:
            raise ModelFailed(self.error.message)
        return b""


def troubled(error: PageError | None) -> RunTool:
    canned = Canned(fetcher=Fetcher(BLANK, error=error), renderer=Renderer(BLANK, error=error))
    return replace(canned.scraping(), images=lambda: Images(error)).tool


@dataclass(frozen=True)
class Shop:
    """Runs a tool for an account with fifty credits."""

    workshop: Workshop
    till: Till

    def order(self, slug: str) -> Job:
        tool = tool_of(slug)
        fields: dict[str, Any] = {name: INPUTS[name] for name in required(slug)}
        asked = ToolOrder(slug, fields).text()
        job = (JobKind.TOOL, ACCOUNT, ("https://example.com/list",), asked)
        return self.workshop.engine.submit.job(JobOrder(*job, AT_ONCE, slug, tool.credits))

    def work(self, run: Any) -> None:
        worker = self.workshop.engine.worker({JobKind.TOOL: run})
        for letters in self.workshop.all_letters():
            asyncio.run(worker(letters, time_left_ms=60_000, memory_mb=1024))

    def costs_nothing(self, job: Job) -> Job:
        """The job as it ended."""
        ended = self.workshop.engine.read(ACCOUNT, job.id)
        assert (job.terms.payment, job.held_credits) == (Payment.CREDITS, job.terms.price)
        assert ended.used_credits == 0
        assert self.till.wallet() == (50, 0)
        assert self.till.entries(job) == [("hold", job.terms.price), ("release", job.terms.price)]
        return ended


def required(slug: str) -> list[str]:
    wanted: list[str] = tool_of(slug).input.model_json_schema()["required"]
    return wanted


@pytest.fixture
def shop(workshop: Workshop) -> Shop:
    workshop.__dict__["engine"] = replace(workshop.engine, billing=Billing.TOOLS)
    return Shop(workshop, Till.of(workshop))


@pytest.mark.promise("credit.failed-page", "credit.release")
@pytest.mark.parametrize("slug", SLUGS)
def test_what_brings_nothing_costs_nothing(shop: Shop, slug: str) -> None:
    for trouble, error in TROUBLES.items():
        job = shop.order(slug)
        shop.work(troubled(error))

        assert shop.costs_nothing(job).state is JobState.FAILED, trouble


@pytest.mark.promise("credit.release", "tool.jobs.cancel")
@pytest.mark.parametrize("slug", SLUGS)
def test_what_was_cancelled_or_given_up_costs_nothing(shop: Shop, slug: str) -> None:
    def cancel(job: Job) -> None:
        shop.workshop.engine.cancel(ACCOUNT, job.id)

    def give_up(_: Job) -> None:
        shop.workshop.engine.bury([each for some in shop.workshop.all_letters() for each in some])

    ends: dict[JobState, Callable[[Job], None]] = {
        JobState.CANCELLED: cancel,
        JobState.FAILED: give_up,
    }
    for state, end in ends.items():
        job = shop.order(slug)
        end(job)

        assert shop.costs_nothing(job).state is state
