"""Wire shapes of the scrape dialect: jobs, how far they are, and what became of their pages."""

from collections.abc import Callable
from typing import Literal, Self

from pydantic.json_schema import SkipJsonSchema

from scrape_api.results import FailedResult, PageResult
from scrape_api.schemas import ErrorDetail
from webferry.domain.costs import usd
from webferry.domain.errors import ErrorCode
from webferry.domain.jobs import Job
from webferry.domain.scrapes import Scrape, ScrapeOptions
from webferry.usecases.read_results import TaskOutcome
from webferry.web.job_words import STATUS_OF_STATE, JobStatus
from webferry.web.wire import Wire


class JobAccepted(Wire):
    """The answer to an asynchronous scrape."""

    request_id: str
    mode: Literal["async"]
    job_id: str


class JobProgress(Wire):
    """How far a job is; `expiresAt` is when nobody can read it any more."""

    job_id: str
    status: JobStatus
    total_count: int
    completed_count: int
    success_count: int
    failure_count: int
    expires_at: int

    @classmethod
    def of(cls, job: Job) -> Self:
        """The job, in this dialect's words."""
        return cls(
            job_id=job.id,
            status=STATUS_OF_STATE[job.state],
            total_count=job.task_count,
            completed_count=job.tally.completed,
            success_count=job.tally.succeeded,
            failure_count=job.tally.failed,
            expires_at=job.expires_at_ms,
        )


class JobResults(Wire):
    """What became of the pages, in the order of the request; `cursor` brings those after."""

    job_id: str
    status: JobStatus
    cost_usd: float
    results: list[PageResult | FailedResult]
    next_cursor: str | SkipJsonSchema[None] = None

    @classmethod
    def of(cls, job: Job, results: list[PageResult | FailedResult], rest_from: int | None) -> Self:
        """These results of a job, and where the rest begins if there is any."""
        more = {} if rest_from is None else {"next_cursor": str(rest_from)}
        return cls(
            job_id=job.id,
            status=STATUS_OF_STATE[job.state],
            cost_usd=usd(job.tally.nano_usd),
            results=results,
            **more,
        )


def result_of(
    job: Job, outcome: TaskOutcome, link: Callable[[str], str]
) -> PageResult | FailedResult:
    """One page of a job; each tells its own error."""
    if outcome.content is not None:
        asked = ScrapeOptions.of(job.options)
        return PageResult.of(Scrape.of(outcome.content), asked, link)
    if outcome.code is None:
        why = ErrorDetail(code=ErrorCode.INTERNAL_ERROR, message="The job ended before this page")
    else:
        why = ErrorDetail(code=outcome.code, message=outcome.message)
    return FailedResult.of(outcome.url, why)
