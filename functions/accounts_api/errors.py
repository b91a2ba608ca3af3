"""Errors in the words of RFC 6749."""

from typing import Self

from pydantic import ConfigDict

from webferry.domain.errors import ErrorCode, HouseError, WebferryError
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.web.errors import documented
from webferry.web.wire import Envelope

_WORDS = {
    ErrorCode.UNAUTHORIZED: OAuthReason.INVALID_CLIENT,
    ErrorCode.FORBIDDEN: OAuthReason.ACCESS_DENIED,
    ErrorCode.USER_DISABLED: OAuthReason.ACCESS_DENIED,
}


class OAuthError(Envelope):
    """An error of the authorization server."""

    model_config = ConfigDict(alias_generator=None)

    error: str
    error_description: str

    @classmethod
    def of(cls, error: WebferryError) -> Self:
        """The error's word, and its sentence."""
        return cls(error=_word(error), error_description=error.message)


def _word(error: WebferryError) -> str:
    if isinstance(error, OAuthRefused):
        return error.reason
    if error.code is ErrorCode.RATE_LIMITED:
        return "temporarily_unavailable"
    if isinstance(error, HouseError):
        return "server_error"
    return _WORDS.get(error.code, OAuthReason.INVALID_REQUEST)


# What any operation may be refused with.
REFUSED = documented(OAuthError, ErrorCode.INVALID_REQUEST, ErrorCode.RATE_LIMITED)
