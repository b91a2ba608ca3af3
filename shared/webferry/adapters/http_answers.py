"""What an answer means: a page, the way to it, or why there is none."""

from collections.abc import Callable
from http import HTTPStatus

from webferry.adapters.http_exchange import Head, Wish
from webferry.domain.challenges import CHALLENGE_BYTES, challenge_by
from webferry.domain.errors import Blocked, FetchFailed, NonHtmlResponse
from webferry.domain.pages import HTML_TYPES, PageRequest

REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = {408, 425, 429, *range(500, 600)}
_NOTHING_MUCH = Wish(16 * 1024, sample=True)
_ANY = "*/*"


def chooser(request: PageRequest) -> Callable[[Head], Wish]:
    """How much of an answer to read; raises NonHtmlResponse for one that nobody can read."""

    def choose(head: Head) -> Wish:
        if is_redirect(head) or is_unchanged(request, head):
            return _NOTHING_MUCH
        if not 200 <= head.status < 300:
            return Wish(CHALLENGE_BYTES, sample=True)
        if not _is_readable(request, head.get("content-type")):
            raise NonHtmlResponse("Response content-type is not HTML")
        return Wish(request.max_bytes)

    return choose


def is_redirect(head: Head) -> bool:
    """Whether the page is elsewhere."""
    return head.status in REDIRECTS and bool(head.get("location"))


def is_unchanged(request: PageRequest, head: Head) -> bool:
    """Whether the page is as we know it, and we asked."""
    return head.status == 304 and any((request.known.etag, request.known.last_modified))


def location_of(head: Head) -> str:
    """Where the page is; servers write UTF-8 where the standard knows none."""
    raw = head.get("location").encode("latin-1")
    return raw.decode("utf-8", errors="replace")


def check_answer(head: Head, body: bytes) -> None:
    """Raises: Blocked, FetchFailed."""
    by = challenge_by(head.status, head.headers, body)
    refusal = f"Target URL returned {_status_line(head.status)}"
    if by and head.status >= 400:
        raise Blocked(f"{refusal}: a challenge by {by}", by=by, http_status=head.status)
    if by:
        raise Blocked(f"Target answered with a challenge by {by}", by=by, http_status=head.status)
    if head.status >= 300:
        passing = head.status in _PASSING
        raise FetchFailed(refusal, retryable=passing, http_status=head.status, **_patience(head))


def _is_readable(request: PageRequest, content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    # A page that does not say what it is has always been taken for HTML.
    return (
        kind in request.media_types
        or _ANY in request.media_types
        or (not kind and not HTML_TYPES.isdisjoint(request.media_types))
    )


def _patience(head: Head) -> dict[str, object]:
    after = head.get("retry-after")
    return (
        {"retry_after_s": int(after)}
        if after.isascii() and after.isdigit() and len(after) < 7
        else {}
    )


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
