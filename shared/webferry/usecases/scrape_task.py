"""One task of a scrape job: a URL → the page, in a form that can be stored."""

from dataclasses import dataclass

from webferry.domain.errors import PageError
from webferry.domain.jobs import Job
from webferry.domain.scrapes import ScrapeOptions
from webferry.usecases.scrape_url import ScrapeUrl
from webferry.usecases.shift import TaskReport


@dataclass(frozen=True, slots=True)
class ScrapeTask:
    """A page that failed is what became of the task, and no fault of the worker."""

    scrape_url: ScrapeUrl

    def longest_ms(self, job: Job) -> int:
        """How long a task of this job may take."""
        return ScrapeOptions.of(job.options).timeout_ms

    async def __call__(self, job: Job, url: str) -> TaskReport:
        """Raises: HouseError."""
        try:
            scrape = await self.scrape_url(url, ScrapeOptions.of(job.options))
        except PageError as error:
            return TaskReport(error=error, requests=1)
        received = scrape.received_bytes
        return TaskReport(scrape.content(), requests=1, received_bytes=received)
