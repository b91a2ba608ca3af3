"""Door: API Gateway /api/v1/* → the tools dialect."""

from fastapi import APIRouter

from tools_api import credits, jobs, packs, routes, webhooks
from tools_api.schemas import ErrorBody
from webferry.web.lambda_door import Dialect, lambda_door

# Jobs first: their path would otherwise read as a tool's name.
_ROUTES = [
    *jobs.router.routes,
    *routes.router.routes,
    *credits.router.routes,
    *packs.router.routes,
    *webhooks.router.routes,
]
DIALECT = Dialect(
    title="Webferry Tools API",
    description="Tools that run as jobs. Authenticate with an API key, in either header.",
    openapi_url="/api/v1/openapi.json",
    envelope=ErrorBody,
    router=APIRouter(routes=_ROUTES),
)
handler = lambda_door(DIALECT)
