"""The catalogue, the credits, and the place where jobs will be submitted."""

from typing import Annotated, Any, NoReturn

from fastapi import APIRouter, Body, Response
from pydantic import ValidationError

from tools_api.schemas import (
    NO_JOBS_YET,
    Credits,
    CreditsAnswer,
    ErrorBody,
    Execute,
    ToolAnswer,
    ToolList,
    ToolOut,
)
from webferry.domain.errors import ErrorCode, Unavailable
from webferry.domain.keys import Caller, Scope
from webferry.tools.catalogue import catalogue, tool_of
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented, invalid
from webferry.web.wire import answer
from webferry.wiring import house

_ACCESS_ERRORS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_EXAMPLE: Any = {"page": {"value": {"input": {"url": "https://example.com", "javascript": True}}}}

router = APIRouter(prefix="/api/v1", route_class=JsonRoute)


@router.get(
    "/tools",
    response_model=ToolList,
    responses=documented(ErrorBody, *_ACCESS_ERRORS),
    dependencies=[needs(Scope.TOOLS_READ)],
)
async def list_tools() -> Response:
    """Every tool, with its input schema and price."""
    return answer(ToolList(data=[ToolOut.of(tool) for tool in catalogue().values()]))


@router.get(
    "/tools/{slug}",
    response_model=ToolAnswer,
    responses=documented(ErrorBody, *_ACCESS_ERRORS, ErrorCode.NOT_FOUND),
    dependencies=[needs(Scope.TOOLS_READ)],
)
async def read_tool(slug: str) -> Response:
    """One tool, with its input schema and price."""
    return answer(ToolAnswer(data=ToolOut.of(tool_of(slug))))


@router.post(
    "/tools/{slug}/execute",
    response_model=None,
    responses=documented(
        ErrorBody,
        *_ACCESS_ERRORS,
        ErrorCode.NOT_FOUND,
        ErrorCode.INVALID_REQUEST,
        ErrorCode.UNAVAILABLE,
    ),
    dependencies=[needs(Scope.TOOLS_RUN)],
)
async def execute(
    slug: str, asked: Annotated[Execute, Body(openapi_examples=_EXAMPLE)]
) -> NoReturn:
    """Check the input of a tool; in this release no job is started, and nothing is charged."""
    try:
        tool_of(slug).input.model_validate(asked.input)
    except ValidationError as error:
        raise invalid(error.errors()) from error
    raise Unavailable(NO_JOBS_YET)


@router.get(
    "/credits",
    response_model=CreditsAnswer,
    responses=documented(ErrorBody, *_ACCESS_ERRORS),
)
async def read_credits(caller: Annotated[Caller, needs(Scope.CREDITS_READ)]) -> Response:
    """What the account can spend."""
    wallet = house().read_credits(caller.account_id)
    return answer(CreditsAnswer(data=Credits(balance=wallet.balance, held=wallet.held)))
