"""Health, and one page scraped while the caller waits."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from scrape_api.results import FailedScrape, ScrapeResponse
from scrape_api.schemas import MAX_TIMEOUT_MS, MAX_URLS, ErrorBody, Health, ScrapeRequest
from webferry import __version__
from webferry.domain.errors import ErrorCode, FetchFailed, InvalidRequest, PageError, TooManyUrls
from webferry.domain.keys import Scope
from webferry.domain.pages import PageRequest
from webferry.observability import count_page
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import STATUS_OF, documented
from webferry.web.wire import answer
from webferry.wiring import clock, house

# The HTTP API gives up after 30 s, and nobody would hear what came of the page then.
GATEWAY_WAIT_MS = 28_000
# Lambda hands its gateway 6 MB at most, and the body travels as a string inside JSON.
MAX_ANSWER_BYTES = 5_900_000

_ACCESS_ERRORS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
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
    return answer(Health(status="ok", version=__version__))


@router.post(
    "/scrape",
    response_model=ScrapeResponse,
    responses=documented(FailedScrape | ErrorBody, *_PAGE_ERRORS)
    | documented(ErrorBody, *_ACCESS_ERRORS),
    dependencies=[needs(Scope.SCRAPE_RUN)],
)
async def scrape(
    request: Request, asked: Annotated[ScrapeRequest, Body(openapi_examples=_EXAMPLE)]
) -> Response:
    """Scrape one URL and wait for the page."""
    url, config = _only_url(asked), asked.config
    timeout_ms = min(config.timeout_ms, _patience_ms(request))
    started_ms, ok = clock.tick_ms(), False
    try:
        page = PageRequest(url, timeout_ms, config.user_agent_profile)
        scraped = await house().scrape_page(page, asked.format)
        body = ScrapeResponse.of(request.state.request_id, scraped, config.cache_ttl_seconds)
        response = _within_limits(answer(body))
        ok = True
    except PageError as error:
        failure = FailedScrape.of(request.state.request_id, url, error)
        response = answer(failure, STATUS_OF[error.code])
    count_page(ok=ok, duration_ms=clock.tick_ms() - started_ms)
    return response


def _only_url(asked: ScrapeRequest) -> str:
    if len(asked.urls) > MAX_URLS:
        raise TooManyUrls(f"Exceeded max {MAX_URLS} URLs per request")
    if asked.mode == "async":
        raise InvalidRequest("mode: async scrapes are not in this release", mode="must be sync")
    if asked.prompt is not None:
        raise InvalidRequest("prompt: extraction is not in this release", prompt="must be absent")
    if len(asked.urls) > 1:
        raise TooManyUrls("Sync mode takes exactly 1 URL")
    return asked.urls[0]


def _patience_ms(request: Request) -> int:
    host = request.scope.get("aws.event", {}).get("requestContext", {}).get("domainName", "")
    # These ways in wait as long as the function runs; every other one ends at the gateway.
    endless = ".lambda-url." in host or host.endswith(".execute-api.localhost")
    return MAX_TIMEOUT_MS if endless else GATEWAY_WAIT_MS


def _within_limits(response: Response) -> Response:
    body = bytes(response.body)
    # Only a body of some size is worth the second encoding that tells what it grows to.
    if len(body) > MAX_ANSWER_BYTES / 3 and len(json.dumps(body.decode())) > MAX_ANSWER_BYTES:
        raise FetchFailed("Target page is too large to be answered in one piece", retryable=False)
    return response
