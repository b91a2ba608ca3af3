"""Jobs: pages scraped while nobody waits, how far they are, and what became of them."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Response

from scrape_api.job_answers import JobProgress, JobResults, result_of
from scrape_api.results import FailedResult, PageResult
from scrape_api.schemas import ErrorBody
from webferry.domain.errors import ErrorCode, InvalidRequest, JobNotReady
from webferry.domain.jobs import Job
from webferry.domain.keys import Caller, Scope
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.wire import answer
from webferry.wiring import house

# Lambda hands its gateway 6 MB at most, and the body travels as a string inside JSON.
MAX_ANSWER_BYTES = 5_900_000

_ERRORS = (
    ErrorCode.UNAUTHORIZED,
    ErrorCode.FORBIDDEN,
    ErrorCode.USER_DISABLED,
    ErrorCode.NOT_FOUND,
)
Cursor = Annotated[str | None, Query(max_length=4, description="`nextCursor` of the page before.")]

router = APIRouter(prefix="/v1/jobs", route_class=JsonRoute)


@router.get("/{job_id}", response_model=JobProgress, responses=documented(ErrorBody, *_ERRORS))
async def job(job_id: str, caller: Annotated[Caller, needs(Scope.SCRAPE_RUN)]) -> Response:
    """How far a job is."""
    return answer(JobProgress.of(house().job_engine.read(caller.account_id, job_id)))


@router.get(
    "/{job_id}/results",
    response_model=JobResults,
    responses=documented(ErrorBody, *_ERRORS, ErrorCode.JOB_NOT_READY, ErrorCode.INVALID_REQUEST),
)
async def job_results(
    job_id: str, caller: Annotated[Caller, needs(Scope.SCRAPE_RUN)], cursor: Cursor = None
) -> Response:
    """What became of the pages of a job that has ended."""
    found = house().job_engine.read(caller.account_id, job_id)
    if not found.state.is_final:
        raise JobNotReady("The job is still running")
    return answer(_results(found, _start(found, cursor)))


def _start(found: Job, cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and int(cursor) < found.task_count):
        raise InvalidRequest("cursor: not a cursor of ours", cursor="is not valid")
    return int(cursor)


def _results(found: Job, start: int) -> JobResults:
    outcomes = house().job_engine.results(found, 0)
    results: list[PageResult | FailedResult] = []
    link, size = house().scraping.pictures.link, 0
    for place, outcome in enumerate(outcomes[start:], start):
        result = result_of(found, outcome, link)
        size += len(json.dumps(result.model_dump_json(by_alias=True)))
        if results and size > MAX_ANSWER_BYTES:
            return JobResults.of(found, results, place)
        results.append(result)
    return JobResults.of(found, results, None)
