"""Door: API Gateway /api/* → the flows dialect."""

from flows_api.routes import router
from flows_api.schemas import ErrorBody
from webferry.web.lambda_door import Dialect, lambda_door

handler = lambda_door(
    Dialect(
        title="Webferry Flows API",
        description="API keys. Authenticate with an API key, in either header.",
        openapi_url="/api/openapi.json",
        envelope=ErrorBody,
        router=router,
    )
)
