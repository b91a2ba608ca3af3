"""What became of a page's main document, in the words of the domain."""

from http import HTTPStatus

from webferry.adapters.browser.filter_proxy import FilterProxy
from webferry.adapters.browser.traffic import Document
from webferry.adapters.egress.guard import EgressGuard
from webferry.domain.errors import FetchFailed, InvalidUrl, NonHtmlResponse, PageError

_PASSING = {408, 425, 429, *range(500, 600)}
# Sent with a page that lets the reader in once its script has run.
_PERHAPS_A_CHALLENGE = {403, 429, 503}
_BY_NET_ERROR = {
    "net::ERR_TOO_MANY_REDIRECTS": "Target redirected too often",
    "net::ERR_NAME_NOT_RESOLVED": "Target host could not be found",
    "net::ERR_EMPTY_RESPONSE": "Target broke off its answer",
    "net::ERR_INVALID_RESPONSE": "Target sent no valid answer",
    "net::ERR_UNSAFE_PORT": "Target is on a port that serves no pages",
}


def check_document(
    document: Document | None, guard: EgressGuard, proxy: FilterProxy, media_types: frozenset[str]
) -> None:
    """Raises: PageError: there is no page."""
    if document is None:
        raise FetchFailed("Target sent no page")
    if document.status in (403, 502) or document.error:
        _raise_what_the_proxy_met(document.url, guard, proxy)
    if document.status and not 200 <= document.status < 300:
        raise FetchFailed(
            f"Target URL returned {status_line(document.status)}",
            retryable=document.status in _PASSING,
        )
    if document.status in (204, 205):
        raise FetchFailed("Target sent no page", retryable=False)
    if document.status and media_type(document.content_type) not in {*media_types, ""}:
        raise NonHtmlResponse("Response content-type is not HTML")
    if document.error:
        raise FetchFailed(in_words(document.error))


def may_let_in(document: Document) -> bool:
    """Whether a refusal may be a challenge that the browser can pass by itself."""
    return document.status in _PERHAPS_A_CHALLENGE and not document.error


def in_words(net_error: str) -> str:
    """The browser's own name of a failure, as a sentence."""
    if net_error.startswith(("net::ERR_CERT", "net::ERR_SSL")):
        return "Target could not prove who it is"
    if net_error.startswith(("net::ERR_CONNECTION", "net::ERR_TUNNEL", "net::ERR_PROXY")):
        return "Target could not be connected to"
    return _BY_NET_ERROR.get(net_error, "Target broke off its answer")


def media_type(content_type: str) -> str:
    """A content type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def status_line(status: int) -> str:
    """A status with its name, if it has one."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _raise_what_the_proxy_met(url: str, guard: EgressGuard, proxy: FilterProxy) -> None:
    try:
        error: PageError | None = proxy.error_of(guard.target(url))
    except InvalidUrl as malformed:
        raise FetchFailed("Target redirected to a malformed URL", retryable=False) from malformed
    if error:
        raise error
