"""Door: API Gateway /api/v1/* → the tools dialect."""

from tools_api import webhooks
from tools_api.routes import router
from tools_api.schemas import ErrorBody
from webferry.web.lambda_door import Dialect, lambda_door

router.routes.extend(webhooks.router.routes)
handler = lambda_door(
    Dialect(
        title="Webferry Tools API",
        description="Tools that run as jobs. Authenticate with an API key, in either header.",
        openapi_url="/api/v1/openapi.json",
        envelope=ErrorBody,
        router=router,
    )
)
