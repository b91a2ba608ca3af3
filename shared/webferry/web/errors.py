"""Errors on their way out: from any exception to one of ours, and to its HTTP status."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from webferry.domain.errors import (
    ErrorCode,
    InternalError,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    UnsupportedMediaType,
    WebferryError,
)
from webferry.web.wire import Envelope

STATUS_OF: dict[ErrorCode, int] = {
    ErrorCode.INVALID_URL: 400,
    ErrorCode.UNSUPPORTED_SCHEME: 400,
    ErrorCode.PRIVATE_NETWORK_TARGET: 400,
    ErrorCode.TOO_MANY_URLS: 400,
    ErrorCode.INVALID_REQUEST: 400,
    ErrorCode.UNAUTHORIZED: 401,
    ErrorCode.INSUFFICIENT_CREDITS: 402,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.USER_DISABLED: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.CONFLICT: 409,
    ErrorCode.JOB_NOT_READY: 409,
    ErrorCode.PAYLOAD_TOO_LARGE: 413,
    ErrorCode.UNSUPPORTED_MEDIA_TYPE: 415,
    ErrorCode.NON_HTML_RESPONSE: 422,
    ErrorCode.EMPTY_PAGE: 422,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.INTERNAL_ERROR: 500,
    ErrorCode.FETCH_FAILED: 502,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.TIMEOUT: 504,
}
_OF_FRAMEWORK: dict[int, tuple[type[WebferryError], str]] = {
    404: (NotFound, "Not found"),
    405: (MethodNotAllowed, "Method not allowed"),
    413: (PayloadTooLarge, "Request body is too large"),
    415: (UnsupportedMediaType, "Content-Type must be application/json"),
}
# What a status obliges us to say besides.
OBLIGED: Mapping[ErrorCode, Mapping[str, str]] = {
    ErrorCode.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
    ErrorCode.JOB_NOT_READY: {"Retry-After": "2"},
}
_MAX_FIELDS = 20
_MAX_FIELD_LENGTH = 100


def as_ours(error: Exception, request_id: str) -> WebferryError:
    """The error of ours that says what this one means to the caller."""
    match error:
        case WebferryError():
            return error
        case RequestValidationError():
            return invalid(error.errors(), skip=1)
        case HTTPException() if error.status_code in _OF_FRAMEWORK:
            kind, message = _OF_FRAMEWORK[error.status_code]
            return kind(message)
        case HTTPException() if error.status_code < 500:
            return InvalidRequest(str(error.detail))
        case _:
            return InternalError(f"Unexpected server error; its request id is {request_id}")


def invalid(problems: Iterable[Any], *, skip: int = 0) -> InvalidRequest:
    """What pydantic found, as one sentence and a reason per field.

    `skip` parts of each location say body, query or path: a sender knows the field by its name.
    """
    found = [(_field(problem["loc"][skip:]), _why(problem)) for problem in problems]
    field, why = found[0]
    return InvalidRequest(f"{field}: {why}", **dict(found[:_MAX_FIELDS]))


def _why(problem: Any) -> str:  # noqa: ANN401
    # What a model of ours says is a sentence already.
    return str(problem["msg"]).removeprefix("Value error, ")


def rendered(
    error: WebferryError, envelope: type[Envelope], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The error in a dialect's envelope, with its status and what that obliges us to say."""
    body = envelope.of(error).model_dump(by_alias=True, mode="json")
    obliged = OBLIGED.get(error.code, {})
    if error.retry_after_s is not None:
        obliged = {**obliged, "Retry-After": str(error.retry_after_s)}
    return JSONResponse(body, STATUS_OF[error.code], {**(headers or {}), **obliged})


def documented(body: Any, *codes: ErrorCode) -> dict[int | str, dict[str, Any]]:  # noqa: ANN401
    """The error answers of a route for its OpenAPI document, and one for all that any route has."""
    answers: dict[int | str, dict[str, Any]] = {}
    for status in sorted({STATUS_OF[code] for code in codes}):
        names = ", ".join(f"`{code}`" for code in codes if STATUS_OF[code] == status)
        description = f"{HTTPStatus(status).phrase}: {names}"
        answers[status] = {"model": body, "description": description}
    answers["default"] = {"model": body, "description": "Any other error, in the same form"}
    return answers


def _field(location: Iterable[object]) -> str:
    return ".".join(map(str, location))[:_MAX_FIELD_LENGTH] or "body"
