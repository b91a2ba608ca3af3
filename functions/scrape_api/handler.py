"""Door: API Gateway /v1/*, and every path that nobody else answers → the scrape dialect."""

from fastapi import APIRouter

from scrape_api import jobs, routes
from scrape_api.schemas import ErrorBody
from webferry.web.lambda_door import Dialect, lambda_door

DIALECT = Dialect(
    title="Webferry Scrape API",
    description="Pages as Markdown or HTML. Authenticate with an API key, in either header.",
    openapi_url="/v1/openapi.json",
    envelope=ErrorBody,
    router=APIRouter(routes=[*routes.router.routes, *jobs.router.routes]),
)
handler = lambda_door(DIALECT)
