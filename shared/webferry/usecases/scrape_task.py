"""One task of a scrape job: a URL → the page, in a form that can be stored."""

from dataclasses import dataclass

from webferry.domain.errors import ErrorCode, InvalidRequest, PageError
from webferry.domain.jobs import Job
from webferry.domain.scrapes import ScrapeOptions
from webferry.usecases.scrape_url import ScrapeUrl
from webferry.usecases.shift import TaskReport
from webferry.usecases.store_options import StoreOptions


class OptionRefused(PageError):
    """Only the browser, or the guard, could tell that an option is of no use."""

    code = ErrorCode.INVALID_REQUEST


@dataclass(frozen=True, slots=True)
class ScrapeTask:
    """A page that failed is what became of the task, and no fault of the worker."""

    scrape_url: ScrapeUrl
    options: StoreOptions

    def longest_ms(self, job: Job) -> int:
        """How long a task of this job may take."""
        return ScrapeOptions.of(job.options).timeout_ms

    async def __call__(self, job: Job, url: str) -> TaskReport:
        """Raises: HouseError."""
        try:
            options = self.options.read(job.options, job.account_id)
            scrape = await self.scrape_url(job.account_id, url, options)
        except InvalidRequest as error:
            return TaskReport(error=OptionRefused(error.message), requests=1)
        except PageError as error:
            return TaskReport(error=error, requests=1)
        requests, received = (0 if scrape.cached else 1), scrape.received_bytes
        return TaskReport(scrape.content(), requests=requests, received_bytes=received)
