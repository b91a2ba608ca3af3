"""What an authorization server refuses, in the words of its standards."""

from enum import StrEnum

from webferry.domain.errors import InvalidRequest, Unauthorized


class OAuthReason(StrEnum):
    """The reasons of RFC 6749, 7591 and 8707 that we give."""

    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_SCOPE = "invalid_scope"
    INVALID_TARGET = "invalid_target"
    INVALID_REDIRECT_URI = "invalid_redirect_uri"
    INVALID_CLIENT_METADATA = "invalid_client_metadata"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"
    UNSUPPORTED_RESPONSE_TYPE = "unsupported_response_type"
    ACCESS_DENIED = "access_denied"


class OAuthRefused(InvalidRequest):
    """The request cannot be granted."""

    def __init__(self, reason: OAuthReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class UnknownClient(Unauthorized):
    """Nobody has registered under that client id."""

    reason = OAuthReason.INVALID_CLIENT
