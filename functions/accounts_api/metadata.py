"""Metadata: what leads an application from /mcp to the doors where it gets access."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from accounts_api.requests import issuer_of, resource_of
from accounts_api.schemas import ResourceMetadata, ServerMetadata
from webferry.domain.grants import GRANTABLE

router = APIRouter()


@router.get("/.well-known/oauth-authorization-server", response_model=ServerMetadata)
async def authorization_server(request: Request) -> JSONResponse:
    """The authorization server (RFC 8414)."""
    issuer = issuer_of(request)
    told: dict[str, Any] = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/oauth/authorize",
        "token_endpoint": f"{issuer}/oauth/token",
        "registration_endpoint": f"{issuer}/oauth/register",
        "revocation_endpoint": f"{issuer}/oauth/revoke",
        "scopes_supported": list(GRANTABLE),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "client_id_metadata_document_supported": True,
    }
    return JSONResponse(told)


@router.get("/.well-known/oauth-protected-resource", response_model=ResourceMetadata)
@router.get(
    "/.well-known/oauth-protected-resource/mcp",
    name="protectedResourceAtPath",
    response_model=ResourceMetadata,
)
async def protected_resource(request: Request) -> JSONResponse:
    """The resource, and who grants access to it (RFC 9728)."""
    told: dict[str, Any] = {
        "resource": resource_of(request),
        "authorization_servers": [issuer_of(request)],
        "scopes_supported": list(GRANTABLE),
        "bearer_methods_supported": ["header"],
        "resource_name": "Webferry",
    }
    return JSONResponse(told)
