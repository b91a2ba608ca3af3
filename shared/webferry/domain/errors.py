"""Everything that can go wrong, as one tree that knows nothing of any wire.

WebferryError
  AccessError               who are you, and may you?
    - Unauthorized
    - UserDisabled
    - Forbidden
    - RateLimited
  RequestError              the caller can put it right
    - InvalidRequest
    - TooManyUrls
    - NotFound
    - Conflict
    - JobNotReady
    - InsufficientCredits
    - MethodNotAllowed
    - PayloadTooLarge
    - UnsupportedMediaType
  PageError                 the page failed, which is an outcome and not a fault
    - InvalidUrl
    - UnsupportedScheme
    - PrivateNetworkTarget
    - PageTimeout
    - FetchFailed
      - Blocked
    - NonHtmlResponse
    - EmptyPage
  HouseError                ours to put right
    - Unavailable
    - InternalError
      - IdTaken
"""

from enum import StrEnum
from typing import ClassVar


class ErrorCode(StrEnum):
    """The name of a failure, as callers read it."""

    INVALID_URL = "INVALID_URL"
    UNSUPPORTED_SCHEME = "UNSUPPORTED_SCHEME"
    PRIVATE_NETWORK_TARGET = "PRIVATE_NETWORK_TARGET"
    TIMEOUT = "TIMEOUT"
    FETCH_FAILED = "FETCH_FAILED"
    NON_HTML_RESPONSE = "NON_HTML_RESPONSE"
    EMPTY_PAGE = "EMPTY_PAGE"
    TOO_MANY_URLS = "TOO_MANY_URLS"
    UNAUTHORIZED = "UNAUTHORIZED"
    USER_DISABLED = "USER_DISABLED"
    RATE_LIMITED = "RATE_LIMITED"
    NOT_FOUND = "NOT_FOUND"
    INTERNAL_ERROR = "INTERNAL_ERROR"
    INVALID_REQUEST = "INVALID_REQUEST"
    INSUFFICIENT_CREDITS = "INSUFFICIENT_CREDITS"
    FORBIDDEN = "FORBIDDEN"
    JOB_NOT_READY = "JOB_NOT_READY"
    CONFLICT = "CONFLICT"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    UNAVAILABLE = "UNAVAILABLE"


class WebferryError(Exception):
    """A failure with a code, a sentence for people, and details for programs."""

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL_ERROR
    retryable: bool = False
    retry_after_s: int | None = None

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class AccessError(WebferryError):
    """The caller is not known, not welcome, or not allowed."""


class Unauthorized(AccessError):
    """No key, or one that we did not issue or have revoked."""

    code = ErrorCode.UNAUTHORIZED


class UserDisabled(AccessError):
    """The key is good; its account is switched off."""

    code = ErrorCode.USER_DISABLED


class Forbidden(AccessError):
    """The key lacks the scope for this."""

    code = ErrorCode.FORBIDDEN


class RateLimited(AccessError):
    """The key is good, and was used more often than it may be."""

    code = ErrorCode.RATE_LIMITED
    retryable = True

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message, retryAfterSeconds=retry_after_s)
        self.retry_after_s = retry_after_s


class RequestError(WebferryError):
    """The request cannot be done as it stands."""


class InvalidRequest(RequestError):
    """A value is missing, malformed or out of bounds; details name the field."""

    code = ErrorCode.INVALID_REQUEST


class TooManyUrls(RequestError):
    """More URLs than the mode takes."""

    code = ErrorCode.TOO_MANY_URLS


class NotFound(RequestError):
    """Nothing by that name, or nothing of this caller's."""

    code = ErrorCode.NOT_FOUND


class Conflict(RequestError):
    """What is asked for contradicts what is stored."""

    code = ErrorCode.CONFLICT


class JobNotReady(RequestError):
    """The job is still running; its results can be read when it has ended."""

    code = ErrorCode.JOB_NOT_READY


class InsufficientCredits(RequestError):
    """The account has neither the credits for this nor a free run left."""

    code = ErrorCode.INSUFFICIENT_CREDITS

    def __init__(self, required: int, available: int) -> None:
        super().__init__("Insufficient credits", required=required, available=available)


class MethodNotAllowed(RequestError):
    """The path exists, but not for this verb."""

    code = ErrorCode.METHOD_NOT_ALLOWED


class PayloadTooLarge(RequestError):
    """The body exceeds what we read."""

    code = ErrorCode.PAYLOAD_TOO_LARGE


class UnsupportedMediaType(RequestError):
    """The body is declared as something other than JSON."""

    code = ErrorCode.UNSUPPORTED_MEDIA_TYPE


class PageError(WebferryError):
    """One page could not be brought back."""


class InvalidUrl(PageError):
    """Not an absolute URL that every reader would understand the same way."""

    code = ErrorCode.INVALID_URL


class UnsupportedScheme(PageError):
    """A scheme other than http and https."""

    code = ErrorCode.UNSUPPORTED_SCHEME


class PrivateNetworkTarget(PageError):
    """The target lies in a network that only its owner may reach."""

    code = ErrorCode.PRIVATE_NETWORK_TARGET


class PageTimeout(PageError):
    """The page did not arrive in the time it was given."""

    code = ErrorCode.TIMEOUT
    retryable = True


class FetchFailed(PageError):
    """The network failed, or the target answered with something other than success."""

    code = ErrorCode.FETCH_FAILED

    def __init__(self, message: str, *, retryable: bool = True, **details: object) -> None:
        super().__init__(message, **details)
        self.retryable = retryable


class Blocked(FetchFailed):
    """The target answered with a challenge in place of its page; `by` is who made it."""

    def __init__(self, message: str, *, by: str, **details: object) -> None:
        super().__init__(message, retryable=False, blocked_by=by, **details)
        self.by = by


class NonHtmlResponse(PageError):
    """The target answered with something that is not a page."""

    code = ErrorCode.NON_HTML_RESPONSE


class EmptyPage(PageError):
    """There is nothing on the page, or nothing of what was looked for."""

    code = ErrorCode.EMPTY_PAGE


class HouseError(WebferryError):
    """The request was good and we failed it."""


class Unavailable(HouseError):
    """Something we need is not there now; the same request may succeed later."""

    code = ErrorCode.UNAVAILABLE
    retryable = True


class InternalError(HouseError):
    """A fault of ours; the log has it under the request's id."""

    code = ErrorCode.INTERNAL_ERROR


class IdTaken(InternalError):
    """Somebody else has the id that was chosen; another one will do."""
