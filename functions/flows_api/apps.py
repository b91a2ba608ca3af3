"""Connected applications: what they may do, when they last came, and the way to cut one off."""

from typing import Annotated

from fastapi import APIRouter, Response

from flows_api.app_schemas import AppList, ListedApp
from flows_api.schemas import ErrorBody, Message
from webferry.access_wiring import gatehouse
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Caller, Scope
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.wire import answer

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)

router = APIRouter(prefix="/api", route_class=JsonRoute)


@router.get("/apps", response_model=AppList, responses=documented(ErrorBody, *_ACCESS))
async def list_apps(caller: Annotated[Caller, needs(Scope.KEYS_READ)]) -> Response:
    """The applications that the account has let in, the newest first."""
    apps = gatehouse().list_apps(caller.account_id)
    return answer(AppList(data=[ListedApp.of(app) for app in apps], total=len(apps)))


@router.delete(
    "/apps/{app_id}",
    response_model=Message,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND),
)
async def disconnect_app(
    app_id: str, caller: Annotated[Caller, needs(Scope.KEYS_WRITE)]
) -> Response:
    """Cut an application off: the next request that carries one of its tokens is refused."""
    gatehouse().disconnect_app(caller.account_id, app_id)
    return answer(Message(message=f"App {app_id} disconnected successfully"))
