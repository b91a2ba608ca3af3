"""Wire shapes that all of the flows dialect shares."""

from datetime import UTC, datetime
from typing import Any, Self

from webferry.domain.errors import ErrorCode, WebferryError
from webferry.web.wire import Envelope, Wire


class ErrorBody(Envelope):
    """An error in the flows dialect."""

    error: str
    code: ErrorCode
    details: dict[str, Any]

    @classmethod
    def of(cls, error: WebferryError) -> Self:
        """The error's sentence, code and details."""
        return cls(error=error.message, code=error.code, details=error.details)


class Message(Wire):
    """What was done."""

    message: str


def iso_seconds(time_ms: int) -> str:
    """A moment as this dialect writes it."""
    return datetime.fromtimestamp(time_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
