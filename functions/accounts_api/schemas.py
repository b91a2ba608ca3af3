"""Wire shapes of OAuth, in the words of its standards: what the OpenAPI document says of them."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webferry.domain.clients import MAX_CLIENT_NAME_LENGTH, MAX_REDIRECT_URIS

FORM = "application/x-www-form-urlencoded"


class Words(BaseModel):
    """Names as the standards have them; what they do not name is passed over."""

    model_config = ConfigDict(extra="allow")


class Registration(Words):
    """What an application says of itself (RFC 7591)."""

    redirect_uris: list[str] = Field(min_length=1, max_length=MAX_REDIRECT_URIS)
    client_name: str | None = Field(None, max_length=MAX_CLIENT_NAME_LENGTH)


class Registered(Words):
    """The application as it is known from now on; it has no secret."""

    client_id: str
    client_id_issued_at: int
    client_name: str
    redirect_uris: list[str]
    grant_types: list[str]
    response_types: list[str]
    token_endpoint_auth_method: Literal["none"]


class TokenForm(Words):
    """A code with what proves whose it is, or a refresh token."""

    grant_type: Literal["authorization_code", "refresh_token"]
    client_id: str
    code: str | None = None
    redirect_uri: str | None = None
    code_verifier: str | None = None
    refresh_token: str | None = None
    scope: str | None = None
    resource: str | None = None


class RevocationForm(Words):
    """A token that is given back (RFC 7009)."""

    token: str
    client_id: str


class Tokens(Words):
    """An access token for an hour, and the refresh token for the next one."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    scope: str


class ServerMetadata(Words):
    """The authorization server (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    registration_endpoint: str
    revocation_endpoint: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    code_challenge_methods_supported: list[str]


class ResourceMetadata(Words):
    """What access is granted to, and who grants it (RFC 9728)."""

    resource: str
    authorization_servers: list[str]
    scopes_supported: list[str]
    bearer_methods_supported: list[str]
    resource_name: str


def takes(media_type: str, body: type[BaseModel]) -> dict[str, Any]:
    """The body of an operation that reads it by itself, for its description."""
    content = {media_type: {"schema": body.model_json_schema()}}
    return {"requestBody": {"content": content, "required": True}}
