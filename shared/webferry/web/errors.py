"""Errors on their way out: from any exception to one of ours, and to its HTTP status."""

from collections.abc import Mapping
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
from webferry.web.complaints import invalid
from webferry.web.statuses import STATUS_OF
from webferry.web.wire import Envelope

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
