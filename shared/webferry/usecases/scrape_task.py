"""One task of a scrape job: a URL → the page, in a form that can be stored."""

from dataclasses import dataclass

from webferry.domain.errors import ErrorCode, InvalidRequest, PageError
from webferry.domain.jobs import Job
from webferry.domain.prompts import ModelFailed
from webferry.domain.scrapes import ScrapeOptions
from webferry.usecases.scrape_url import ScrapeUrl, check_size
from webferry.usecases.shift import TaskReport
from webferry.usecases.store_options import StoreOptions

# What a model may take for its answer, besides the page.
PROMPT_MS = 60_000


class OptionRefused(PageError):
    """Only the browser, or the guard, could tell that an option is of no use."""

    code = ErrorCode.INVALID_REQUEST


class ModelGaveUp(PageError):
    """The model was asked as often as it is worth; whoever wants to may ask for a new job."""

    code = ErrorCode.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class ScrapeTask:
    """A page that failed is what became of the task, and no fault of the worker."""

    scrape_url: ScrapeUrl
    options: StoreOptions

    def longest_ms(self, job: Job) -> int:
        """How long a task of this job may take."""
        options = ScrapeOptions.of(job.options)
        return options.timeout_ms + (PROMPT_MS if options.prompt else 0)

    async def __call__(self, job: Job, url: str) -> TaskReport:
        """Raises: HouseError."""
        try:
            options = self.options.read(job.options, job.account_id)
            scrape = await self.scrape_url(job.account_id, url, options)
            content = scrape.content()
            check_size(content)
        except ModelFailed as error:
            # It was asked twice already, and every further question is paid for by the account.
            return TaskReport(error=ModelGaveUp(error.message), requests=1)
        except InvalidRequest as error:
            return TaskReport(error=OptionRefused(error.message), requests=1)
        except PageError as error:
            return TaskReport(error=error, requests=1)
        requests, received = (0 if scrape.cached else 1), scrape.received_bytes
        return TaskReport(content, requests=requests, received_bytes=received)
