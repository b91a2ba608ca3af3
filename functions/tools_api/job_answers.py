"""Wire shapes of the tools dialect: jobs, as created, as read, as listed."""

from typing import Any, Literal, Self

from fastapi import Response
from pydantic.json_schema import SkipJsonSchema

from webferry.domain.costs import usd
from webferry.domain.errors import ErrorCode, InvalidRequest
from webferry.domain.job_events import iso_ms
from webferry.domain.jobs import Job, JobState, is_job_id
from webferry.usecases.list_jobs import Place
from webferry.usecases.read_tool_result import ToolResult
from webferry.web.paging import cursor_after, place_in
from webferry.web.wire import Wire

JobStatus = Literal["pending", "running", "success", "failed"]
STATUS_OF_STATE: dict[JobState, JobStatus] = {
    JobState.QUEUED: "pending",
    JobState.RUNNING: "running",
    JobState.SUCCEEDED: "success",
    JobState.PARTIAL: "success",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "failed",
}


class JobCreated(Wire):
    """A job that has been accepted, and what is held for it."""

    job_id: str
    status: JobStatus
    estimated_credits: int

    @classmethod
    def of(cls, job: Job) -> Self:
        """The job, as it was opened."""
        return cls(
            job_id=job.id,
            status=STATUS_OF_STATE[job.state],
            estimated_credits=job.held_credits,
        )


class JobCreatedAnswer(Wire):
    """The answer to an execution."""

    data: JobCreated


class JobListed(JobCreated):
    """A job without its result; `creditsUsed` is what its end has charged."""

    tool_slug: str
    credits_used: int
    created_at: str
    started_at: str | None
    ended_at: str | None
    cost_usd: float

    @classmethod
    def of(cls, job: Job) -> Self:
        """The job, as it stands."""
        return cls(
            **JobCreated.of(job).model_dump(),
            tool_slug=job.terms.tool,
            credits_used=job.used_credits,
            created_at=iso_ms(job.created_at_ms),
            started_at=None if job.started_at_ms is None else iso_ms(job.started_at_ms),
            ended_at=None if job.ended_at_ms is None else iso_ms(job.ended_at_ms),
            cost_usd=usd(job.tally.nano_usd),
        )


class JobList(Wire):
    """Jobs, the newest first; `nextCursor` brings those after."""

    data: list[JobListed]
    next_cursor: str | SkipJsonSchema[None] = None


class Result(Wire):
    """What a tool brought."""

    items: list[dict[str, Any]]


class JobRead(JobListed):
    """A job with its result when it has succeeded, or why it failed."""

    result: Result | SkipJsonSchema[None] = None
    error: str | SkipJsonSchema[None] = None
    error_code: ErrorCode | Literal["CANCELLED"] | SkipJsonSchema[None] = None

    @classmethod
    def read(cls, job: Job, told: ToolResult) -> Self:
        """The job, and what came of it."""
        more: dict[str, Any] = {}
        if told.items is not None:
            more = {"result": Result(items=told.items)}
        elif told.error is not None:
            more = {"error": told.error, "error_code": told.code}
        return cls(**JobListed.of(job).model_dump(), **more)


class JobAnswer(Wire):
    """One job."""

    data: JobRead


def answer_with_one_status(body: JobAnswer) -> Response:
    """The body, with its own `status` key as the only one that reads so.

    The document's shell loop looks for the word. A key of that name inside a result is therefore
    spelled with an escape, which every JSON parser reads as the same name.
    """
    content = body.model_dump_json(by_alias=True, exclude_unset=True)
    own = content.index('"status":') + len('"status":')
    inside = content[own:].replace('status":', '\\u0073tatus":')
    return Response(content[:own] + inside, media_type="application/json")


def cursor_at(place: Place) -> str:
    """The cursor of the jobs after that one."""
    return cursor_after(f"{place[0]}.{place[1]}")


def place_of(cursor: str | None) -> Place | None:
    """The place after which a cursor leads on.

    Raises: InvalidRequest: not a cursor of ours.
    """
    if cursor is None:
        return None
    moment, _, name = place_in(cursor).partition(".")
    if not (moment.isascii() and moment.isdecimal() and len(moment) < 20 and is_job_id(name)):
        raise InvalidRequest("cursor: not a cursor of ours", cursor="is not valid")
    return int(moment), name
