"""One-shot extraction, and extraction again from what a run has seen."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from flows_api.flow_schemas import OutputSchema, Url
from flows_api.schemas import ErrorBody, iso_seconds
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Caller, Scope
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.wire import Wire, answer
from webferry.wiring import clock, house

# The gateway ends a request after 30 s; what extraction itself takes comes on top.
WAIT_MS = 25_000
_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_PAGE = (
    ErrorCode.INVALID_REQUEST,
    ErrorCode.INVALID_URL,
    ErrorCode.UNSUPPORTED_SCHEME,
    ErrorCode.PRIVATE_NETWORK_TARGET,
    ErrorCode.NON_HTML_RESPONSE,
    ErrorCode.FETCH_FAILED,
    ErrorCode.TIMEOUT,
)
_EXAMPLE: Any = {
    "page": {
        "value": {
            "url": "https://example.com",
            "instructions": "Extract all product names and prices",
            "schema": {"name": "string", "price": "number"},
        }
    }
}
_AGAIN: Any = {"schema": {"value": {"schema": {"name": "string"}}}}

router = APIRouter(prefix="/api", route_class=JsonRoute)


class Extract(Wire):
    """A page, and what is wanted of it; without a schema, what the page shows."""

    url: Url
    instructions: Annotated[str, Field(max_length=10_000)] | None = None
    wanted: Annotated[OutputSchema | None, Field(alias="schema")] = None


class Replay(Wire):
    """Another schema for pages that have been fetched already."""

    wanted: Annotated[OutputSchema | None, Field(alias="schema")] = None


class Extracted(Wire):
    """What a page says."""

    url: str
    extracted_at: str
    item_count: int
    items: list[dict[str, Any]]
    sources: list[dict[str, Any]] | SkipJsonSchema[None] = None


class ExtractedAnswer(Wire):
    """What was extracted."""

    data: Extracted


class Replayed(Wire):
    """What the pages of a run say."""

    run_id: str
    extracted_at: str
    item_count: int
    items: list[dict[str, Any]]


class ReplayedAnswer(Wire):
    """What was extracted again."""

    data: Replayed


@router.post(
    "/extract",
    response_model=ExtractedAnswer,
    responses=documented(ErrorBody, *_ACCESS, *_PAGE, ErrorCode.INSUFFICIENT_CREDITS),
)
async def extract(
    caller: Annotated[Caller, needs(Scope.EXTRACT_RUN)],
    asked: Annotated[Extract, Body(openapi_examples=_EXAMPLE)],
    explain: bool = False,  # noqa: FBT001, FBT002
) -> Response:
    """The records of one page, now; `explain` adds where each value stands."""
    instructions = asked.instructions or ""
    async with house().job_engine.charge_page(caller.account_id, asked.url):
        page = await house().scraping.extract(asked.url, asked.wanted, instructions, WAIT_MS)
    found = page.found
    told = Extracted(
        url=page.url,
        extracted_at=iso_seconds(page.fetched_at_ms),
        item_count=len(found.items),
        items=list(found.items),
    )
    sources = {"sources": list(found.sources)} if explain else None
    return answer(ExtractedAnswer(data=told.model_copy(update=sources)))


@router.post(
    "/runs/{run_id}/replay",
    response_model=ReplayedAnswer,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.INVALID_REQUEST, ErrorCode.NOT_FOUND),
)
async def replay(
    run_id: str,
    caller: Annotated[Caller, needs(Scope.RUNS_READ)],
    asked: Annotated[Replay | None, Body(openapi_examples=_AGAIN)] = None,
) -> Response:
    """Extract again from the pages of a run, as they stood then, without fetching anything."""
    schema = asked.wanted if asked else None
    read = house().models.read_records
    found = await house().flow_desk.replay(caller.account_id, run_id, schema, read)
    told = Replayed(
        run_id=run_id,
        extracted_at=iso_seconds(clock.now_ms()),
        item_count=len(found.items),
        items=list(found.items),
    )
    return answer(ReplayedAnswer(data=told))
