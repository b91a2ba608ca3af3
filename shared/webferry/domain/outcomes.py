"""Outcomes: what became of a page, in the six words that callers, bills and charts need."""

from enum import StrEnum

from webferry.domain.errors import Blocked, ErrorCode, PageError


class Outcome(StrEnum):
    """Only the first is worth its price."""

    OK = "ok"
    EMPTY = "empty"
    BLOCKED = "blocked"
    HTTP_ERROR = "http_error"
    TIMEOUT = "timeout"
    REFUSED = "refused"


_BY_CODE = {
    ErrorCode.FETCH_FAILED: Outcome.HTTP_ERROR,
    ErrorCode.TIMEOUT: Outcome.TIMEOUT,
}


def outcome_of(error: PageError) -> Outcome:
    """Refused is what we would not fetch, or what came and was no page."""
    if isinstance(error, Blocked):
        return Outcome.BLOCKED
    return _BY_CODE.get(error.code, Outcome.REFUSED)
