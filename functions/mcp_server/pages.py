"""How pages and jobs read to an agent."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from mcp_server.results import cut
from webferry.domain.errors import ErrorCode
from webferry.domain.jobs import Job
from webferry.domain.scrapes import Scrape
from webferry.web.job_words import STATUS_OF_STATE

Cursor = Annotated[
    str | None, Field(max_length=20, description="`nextCursor` of the answer before, to read on")
]


class PageOut(BaseModel):
    """One page."""

    url: str
    status: Literal["success", "error"]
    cached: bool = False
    markdown: str | None = None
    html: str | None = None
    extract: Any = None
    metadata: dict[str, Any] | None = None
    error: dict[str, str] | None = None
    nextCursor: str | None = None  # noqa: N815


class JobOut(BaseModel):
    """How far a job is."""

    jobId: str  # noqa: N815
    status: str
    totalCount: int  # noqa: N815
    completedCount: int  # noqa: N815
    successCount: int  # noqa: N815
    failureCount: int  # noqa: N815
    results: list[PageOut] | None = None
    itemCount: int | None = None  # noqa: N815
    items: list[dict[str, Any]] | None = None
    nextCursor: str | None = None  # noqa: N815
    error: dict[str, str] | None = None
    estimatedCredits: int | None = None  # noqa: N815
    creditsUsed: int | None = None  # noqa: N815


def page_of(scrape: Scrape, cursor: str | None, pages: int = 1) -> dict[str, Any]:
    """A page, or the next stretch of it; so many pages share the room of an answer."""
    markdown, more = cut(scrape.markdown or "", cursor, pages)
    html, more_html = cut(scrape.html or "", cursor, pages)
    data: dict[str, Any] = {
        "url": scrape.url,
        "status": "success",
        "cached": scrape.cached,
        "metadata": {
            "requestedUrl": scrape.url,
            "finalUrl": scrape.final_url,
            "title": scrape.title,
            "httpStatus": scrape.http_status,
            "fetchDurationMs": scrape.fetch_duration_ms,
            "fetchedAt": scrape.fetched_at_ms,
            "expiresAt": scrape.expires_at_ms,
        },
    }
    texts = {
        "markdown": None if scrape.markdown is None else markdown,
        "html": None if scrape.html is None else html,
        "extract": scrape.extract,
        "nextCursor": more or more_html,
    }
    return data | {name: text for name, text in texts.items() if text is not None}


def failure_of(url: str, code: ErrorCode | None, message: str) -> dict[str, Any]:
    """Why there is no page."""
    error = {"code": str(code or ErrorCode.JOB_NOT_READY), "message": message or "Not done"}
    return {"url": url, "status": "error", "cached": False, "error": error}


def job_of(job: Job) -> dict[str, Any]:
    """How far a job is."""
    tally = job.tally
    return {
        "jobId": job.id,
        "status": STATUS_OF_STATE[job.state],
        "totalCount": job.task_count,
        "completedCount": tally.completed,
        "successCount": tally.succeeded,
        "failureCount": tally.failed,
    }
