"""Health, and pages scraped while the caller waits or by a job."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from scrape_api.config import MAX_TIMEOUT_MS, MAX_URLS
from scrape_api.job_answers import JobAccepted
from scrape_api.orders import options_of, submit_scrape
from scrape_api.results import FailedScrape, PageResult, ScrapeResponse
from scrape_api.schemas import ErrorBody, Health, ScrapeRequest
from webferry import __version__
from webferry.domain.errors import ErrorCode, PageError, TooManyUrls
from webferry.domain.keys import Caller, Scope
from webferry.observability import count_page
from webferry.surroundings import missing_browser
from webferry.usecases.scrape_now import Outlived
from webferry.usecases.scrape_url import check_size
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.once import once_of
from webferry.web.statuses import STATUS_OF
from webferry.web.wire import answer
from webferry.wiring import clock, house

# The HTTP API gives up after 30 s, and nobody would hear what came of the page then.
GATEWAY_WAIT_MS = 28_000

_ACCESS_ERRORS = (
    ErrorCode.UNAUTHORIZED,
    ErrorCode.FORBIDDEN,
    ErrorCode.USER_DISABLED,
    ErrorCode.INSUFFICIENT_CREDITS,
)
_PAGE_ERRORS = (
    ErrorCode.INVALID_REQUEST,
    ErrorCode.TOO_MANY_URLS,
    ErrorCode.INVALID_URL,
    ErrorCode.UNSUPPORTED_SCHEME,
    ErrorCode.PRIVATE_NETWORK_TARGET,
    ErrorCode.NON_HTML_RESPONSE,
    ErrorCode.FETCH_FAILED,
    ErrorCode.TIMEOUT,
)
_EXAMPLE: Any = {"page": {"value": {"urls": ["https://example.com"], "format": "markdown"}}}

router = APIRouter(prefix="/v1", route_class=JsonRoute)


@router.get("/health", response_model=Health, responses=documented(ErrorBody))
async def health() -> Response:
    """Whether the service is up; needs no key."""
    fix = missing_browser()
    if fix:
        return answer(Health(status="ok", version=__version__, browser="none", fix=fix))
    return answer(Health(status="ok", version=__version__, browser="ready"))


@router.post(
    "/scrape",
    response_model=ScrapeResponse,
    responses={202: {"model": JobAccepted, "description": "A job does it: `mode` is `async`"}}
    | documented(FailedScrape | ErrorBody, *_PAGE_ERRORS)
    | documented(ErrorBody, *_ACCESS_ERRORS),
)
async def scrape(
    request: Request,
    asked: Annotated[ScrapeRequest, Body(openapi_examples=_EXAMPLE)],
    caller: Annotated[Caller, needs(Scope.SCRAPE_RUN)],
) -> Response:
    """Scrape one URL and wait for the page, or leave up to five to a job."""
    request_id = request.state.request_id
    _check(asked)
    options = options_of(asked)
    if asked.mode == "async":
        job_id = submit_scrape(caller, asked, options, once_of(request))
        return answer(JobAccepted(request_id=request_id, mode="async", job_id=job_id), 202)
    url, patience_ms = asked.urls[0], _patience_ms(request)
    started_ms, ok = clock.tick_ms(), False
    try:
        async with house().job_engine.charge_page(caller.account_id, url):
            scraped = await house().scraping.now(caller.account_id, url, options, patience_ms)
            result = PageResult.of(scraped, options, house().scraping.pictures.link)
            response = answer(ScrapeResponse(request_id=request_id, mode="sync", result=result))
            check_size(bytes(response.body))
        ok = True
    except PageError as error:
        outlived = isinstance(error, Outlived)
        goes_on = submit_scrape(caller, asked, options, once_of(request)) if outlived else None
        failure = FailedScrape.of(request_id, url, error, goes_on)
        response = answer(failure, STATUS_OF[error.code])
    count_page(ok=ok, duration_ms=clock.tick_ms() - started_ms)
    return response


def _check(asked: ScrapeRequest) -> None:
    if len(asked.urls) > MAX_URLS:
        raise TooManyUrls(f"Exceeded max {MAX_URLS} URLs per request")
    if asked.mode == "sync" and len(asked.urls) > 1:
        raise TooManyUrls("Sync mode takes exactly 1 URL")


def _patience_ms(request: Request) -> int:
    host = request.scope.get("aws.event", {}).get("requestContext", {}).get("domainName", "")
    # These ways in wait as long as the function runs; every other one ends at the gateway.
    endless = ".lambda-url." in host or host.endswith(".execute-api.localhost")
    return MAX_TIMEOUT_MS if endless else GATEWAY_WAIT_MS
