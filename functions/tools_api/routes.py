"""The catalogue: every tool, with its input schema and price."""

from fastapi import APIRouter, Response

from tools_api.schemas import ErrorBody, ToolAnswer, ToolList, ToolOut
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Scope
from webferry.tool_wiring import shop
from webferry.tools.catalogue import catalogue, tool_of
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.wire import answer

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)

router = APIRouter(prefix="/api/v1/tools", route_class=JsonRoute)


@router.get(
    "",
    response_model=ToolList,
    responses=documented(ErrorBody, *_ACCESS),
    dependencies=[needs(Scope.TOOLS_READ)],
)
async def list_tools() -> Response:
    """Every tool, with its input schema and price."""
    tools = [ToolOut.of(tool, shop().lacks(tool)) for tool in catalogue().values()]
    return answer(ToolList(data=tools))


@router.get(
    "/{slug}",
    response_model=ToolAnswer,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND),
    dependencies=[needs(Scope.TOOLS_READ)],
)
async def read_tool(slug: str) -> Response:
    """One tool, with its input schema and price."""
    tool = tool_of(slug)
    return answer(ToolAnswer(data=ToolOut.of(tool, shop().lacks(tool))))
