"""Executions: a tool run as a job, how it stands, what it brought, and its end by its owner."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request, Response

from tools_api.job_answers import (
    STATUS_OF_STATE,
    JobAnswer,
    JobCreated,
    JobCreatedAnswer,
    JobList,
    JobListed,
    JobRead,
    answer_with_one_status,
    cursor_at,
    place_of,
)
from tools_api.orders import order_of
from tools_api.schemas import ErrorBody, Execute
from webferry.domain.errors import ErrorCode, NotFound
from webferry.domain.jobs import Job, JobKind
from webferry.domain.keys import Caller, Scope
from webferry.tool_wiring import shop
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.once import once_of
from webferry.web.paging import Cursor, Limit
from webferry.web.wire import answer
from webferry.wiring import house

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_EXAMPLE: Any = {"page": {"value": {"input": {"url": "https://example.com", "javascript": True}}}}

router = APIRouter(prefix="/api/v1/tools", route_class=JsonRoute)


@router.post(
    "/{slug}/execute",
    response_model=JobCreatedAnswer,
    status_code=202,
    responses=documented(
        ErrorBody,
        *_ACCESS,
        ErrorCode.NOT_FOUND,
        ErrorCode.INVALID_REQUEST,
        ErrorCode.INSUFFICIENT_CREDITS,
        ErrorCode.CONFLICT,
        ErrorCode.UNAVAILABLE,
    ),
)
async def execute(
    request: Request,
    slug: str,
    asked: Annotated[Execute, Body(openapi_examples=_EXAMPLE)],
    caller: Annotated[Caller, needs(Scope.TOOLS_RUN)],
) -> Response:
    """Run a tool as a job: its price is held until the job ends, and charged if it succeeds."""
    order = await order_of(slug, asked, caller)
    job = house().job_engine.submit.job(order, once_of(request))
    return answer(JobCreatedAnswer(data=JobCreated.of(job)), 202)


@router.get(
    "/jobs",
    response_model=JobList,
    response_model_exclude_unset=True,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.INVALID_REQUEST),
)
async def list_jobs(
    caller: Annotated[Caller, needs(Scope.TOOLS_RUN)],
    status: Literal["pending", "running", "success", "failed"] | None = None,
    tool: Annotated[str | None, Query(max_length=100, description="A tool's slug.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """The jobs of the last 24 hours, the newest first."""

    def wanted(job: Job) -> bool:
        return (status is None or STATUS_OF_STATE[job.state] == status) and (
            tool is None or job.terms.tool == tool
        )

    found = shop().list_jobs(caller.account_id, wanted, place_of(cursor), limit)
    more = {"next_cursor": cursor_at(found.more_after)} if found.more_after else {}
    return answer(JobList(data=[JobListed.of(job) for job in found.jobs], **more))


@router.get(
    "/jobs/{job_id}",
    response_model=JobAnswer,
    response_model_exclude_unset=True,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND),
)
async def read_job(job_id: str, caller: Annotated[Caller, needs(Scope.TOOLS_RUN)]) -> Response:
    """How a job stands, and its result once it has succeeded."""
    return _told(_tool_job(caller, job_id))


@router.post(
    "/jobs/{job_id}/cancel",
    response_model=JobAnswer,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND, ErrorCode.CONFLICT),
)
async def cancel_job(job_id: str, caller: Annotated[Caller, needs(Scope.TOOLS_RUN)]) -> Response:
    """End a job that has not ended: it costs nothing. Cancelling twice is cancelling once."""
    _tool_job(caller, job_id)
    return _told(house().job_engine.cancel(caller.account_id, job_id))


def _told(job: Job) -> Response:
    return answer_with_one_status(JobAnswer(data=JobRead.read(job, shop().read_result(job))))


def _tool_job(caller: Caller, job_id: str) -> Job:
    job = house().job_engine.read(caller.account_id, job_id)
    if job.kind is not JobKind.TOOL:
        raise NotFound("Job not found")
    return job
