"""Runs: started, listed, read with their logs, cancelled, and what they brought."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from flows_api.outputs import OutputFormat, output
from flows_api.run_schemas import (
    ListedRun,
    ListedRunAnswer,
    RunList,
    RunStatus,
    StartedRun,
    StartedRunAnswer,
    StartRun,
    status_of,
)
from flows_api.run_views import Picture, RunAnswer, RunOut
from flows_api.schemas import ErrorBody
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Caller, Scope
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.once import once_of
from webferry.web.paging import MAX_LIMIT, Cursor, Cut, Limit
from webferry.web.wire import answer
from webferry.wiring import clock, house

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_EXAMPLE: Any = {"run": {"value": {"flowId": "flow-1710000000000"}}}

router = APIRouter(prefix="/api", route_class=JsonRoute)


@router.get(
    "/runs",
    response_model=RunList,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.INVALID_REQUEST),
)
async def list_runs(
    caller: Annotated[Caller, needs(Scope.RUNS_READ)],
    flowId: str | None = None,  # noqa: N803
    status: RunStatus | None = None,
    limit: Limit = MAX_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The runs that match, the newest first."""
    runs = [
        run
        for run in house().flow_desk.runs.all(caller.account_id)
        if flowId in (None, run.flow_id) and status in (None, status_of(run))
    ]
    page, next_cursor = Cut(limit, cursor).of(runs, lambda run: run.id)
    now_ms = clock.now_ms()
    listed = RunList(data=[ListedRun.told(run, now_ms) for run in page], total=len(runs))
    return answer(listed.model_copy(update={"next_cursor": next_cursor} if next_cursor else None))


@router.post(
    "/runs",
    status_code=201,
    response_model=StartedRunAnswer,
    responses=documented(
        ErrorBody,
        *_ACCESS,
        ErrorCode.INVALID_REQUEST,
        ErrorCode.INSUFFICIENT_CREDITS,
        ErrorCode.NOT_FOUND,
        ErrorCode.CONFLICT,
    ),
)
async def start_run(
    request: Request,
    caller: Annotated[Caller, needs(Scope.RUNS_WRITE)],
    asked: Annotated[StartRun, Body(openapi_examples=_EXAMPLE)],
) -> Response:
    """Run a flow now; a paused one is refused."""
    run = house().flow_desk.start(caller.account_id, asked.flow_id, once_of(request))
    return answer(StartedRunAnswer(data=StartedRun.of(run)), status=201)


@router.get(
    "/runs/{run_id}",
    response_model=RunAnswer,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND),
)
async def read_run(run_id: str, caller: Annotated[Caller, needs(Scope.RUNS_READ)]) -> Response:
    """One run with its log, which grows while the run is under way."""
    desk, pictures = house().flow_desk, house().scraping.pictures
    run = desk.runs.one(caller.account_id, run_id)
    papers = desk.runs.papers_of(run)
    links = [Picture(label=label, url=pictures.link(name)) for label, name in papers.pictures]
    return answer(RunAnswer(data=RunOut.whole(run, papers, links, clock.now_ms())))


@router.get(
    "/runs/{run_id}/output",
    response_model=None,
    responses={
        200: {"content": OutputFormat.documented()},
        **documented(ErrorBody, *_ACCESS, ErrorCode.INVALID_REQUEST, ErrorCode.NOT_FOUND),
    },
)
async def read_output(
    run_id: str,
    caller: Annotated[Caller, needs(Scope.RUNS_READ)],
    format: OutputFormat = OutputFormat.JSON,  # noqa: A002
    explain: bool = False,  # noqa: FBT001, FBT002
) -> Response:
    """All items of a run as JSON, as JSON lines or as a table; `explain` adds their sources."""
    desk = house().flow_desk
    papers = desk.runs.papers_of(desk.runs.one(caller.account_id, run_id))
    return output(run_id, papers.items, papers.sources if explain else None, format)


@router.post(
    "/runs/{run_id}/cancel",
    response_model=ListedRunAnswer,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND, ErrorCode.CONFLICT),
)
async def cancel_run(run_id: str, caller: Annotated[Caller, needs(Scope.RUNS_WRITE)]) -> Response:
    """Cancel a run that has not ended."""
    run = house().flow_desk.cancel(caller.account_id, run_id)
    return answer(ListedRunAnswer(data=ListedRun.told(run, clock.now_ms())))
