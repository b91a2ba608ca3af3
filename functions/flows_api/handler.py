"""Door: API Gateway /api/* → the flows dialect."""

from fastapi import APIRouter

from flows_api import apps, changes, extract, flows, keys, runs, secrets
from flows_api.schemas import ErrorBody
from webferry.web.lambda_door import Dialect, lambda_door

_PARTS = (flows, changes, runs, extract, secrets, keys, apps)
DIALECT = Dialect(
    title="Webferry Flows API",
    description="Flows, runs, extraction, secrets, keys. Send an API key in either header.",
    openapi_url="/api/openapi.json",
    envelope=ErrorBody,
    router=APIRouter(routes=[route for part in _PARTS for route in part.router.routes]),
)
handler = lambda_door(DIALECT)
