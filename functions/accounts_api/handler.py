"""Door: API Gateway /oauth, /.well-known, /sign-in and their like → people and applications."""

from fastapi import APIRouter

from accounts_api import account, authorize, keys, metadata, registration, sign, token_routes
from accounts_api.errors import OAuthError
from webferry.web.lambda_door import Dialect, lambda_door

_PARTS = (metadata, registration, authorize, token_routes, sign, account, keys)
handler = lambda_door(
    Dialect(
        title="Webferry OAuth",
        description="OAuth 2.1 for applications that use /mcp for somebody, and the sign-in pages.",
        openapi_url="/oauth/openapi.json",
        envelope=OAuthError,
        router=APIRouter(routes=[route for part in _PARTS for route in part.router.routes]),
    )
)
