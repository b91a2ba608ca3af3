"""Registration: an application makes itself known (RFC 7591)."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from accounts_api.errors import REFUSED
from accounts_api.requests import source_of
from accounts_api.schemas import Registered, Registration, takes
from webferry.access_wiring import gatehouse
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.web.body import read_json

router = APIRouter()


@router.post(
    "/oauth/register",
    status_code=201,
    response_model=Registered,
    responses=REFUSED,
    openapi_extra=takes("application/json", Registration),
)
async def register(request: Request) -> JSONResponse:
    """A client id for what the application says of itself; it gets no secret, and needs none."""
    told = read_json(request, await request.body())
    if not isinstance(told, dict):
        raise OAuthRefused(OAuthReason.INVALID_CLIENT_METADATA, "The body must be a JSON object")
    client = gatehouse().register_client(told, source_of(request))
    registered: dict[str, Any] = {
        "client_id": client.id,
        "client_id_issued_at": client.created_at_ms // 1000,
        "client_name": client.name,
        "redirect_uris": list(client.redirect_uris),
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
    }
    return JSONResponse(registered, 201)
