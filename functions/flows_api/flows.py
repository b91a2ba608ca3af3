"""Flows: described once, listed, read, changed, deleted."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from flows_api.flow_schemas import ChangeFlow, CreateFlow, described
from flows_api.flow_views import (
    ChangedFlow,
    ChangedFlowAnswer,
    CreatedFlow,
    CreatedFlowAnswer,
    FlowAnswer,
    FlowList,
    FlowOut,
    ListedFlow,
)
from flows_api.schemas import ErrorBody, Message
from webferry.domain.errors import ErrorCode
from webferry.domain.flows import FlowMode, FlowStatus
from webferry.domain.keys import Caller, Scope
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.paging import MAX_LIMIT, Cursor, Cut, Limit
from webferry.web.wire import answer
from webferry.wiring import house

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_BAD_FLOW = (
    ErrorCode.INVALID_REQUEST,
    ErrorCode.INVALID_URL,
    ErrorCode.UNSUPPORTED_SCHEME,
    ErrorCode.CONFLICT,
)
_NEW: Any = {
    "flow": {"value": {"name": "My New Flow", "url": "https://example.com", "mode": "extract"}}
}
_CHANGE: Any = {"change": {"value": {"name": "Updated Flow Name", "status": "active"}}}

router = APIRouter(prefix="/api", route_class=JsonRoute)


@router.get(
    "/flows",
    response_model=FlowList,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.INVALID_REQUEST),
)
async def list_flows(
    caller: Annotated[Caller, needs(Scope.FLOWS_READ)],
    status: FlowStatus | None = None,
    mode: FlowMode | None = None,
    limit: Limit = MAX_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The flows that match, the newest first."""
    flows = house().flow_desk.list(caller.account_id, status, mode)
    page, next_cursor = Cut(limit, cursor).of(flows, lambda flow: flow.id)
    listed = FlowList(data=[ListedFlow.of(flow) for flow in page], total=len(flows))
    return answer(listed.model_copy(update={"next_cursor": next_cursor} if next_cursor else None))


@router.post(
    "/flows",
    status_code=201,
    response_model=CreatedFlowAnswer,
    responses=documented(ErrorBody, *_ACCESS, *_BAD_FLOW),
)
async def create_flow(
    caller: Annotated[Caller, needs(Scope.FLOWS_WRITE)],
    asked: Annotated[CreateFlow, Body(openapi_examples=_NEW)],
) -> Response:
    """A new flow, in draft: it runs when it is started, or by its schedule once it is active."""
    await _check_receiver(asked)
    flow = house().flow_desk.create(caller.account_id, described(asked))
    return answer(CreatedFlowAnswer(data=CreatedFlow.of(flow)), status=201)


@router.get(
    "/flows/{flow_id}",
    response_model=FlowAnswer,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND),
)
async def read_flow(flow_id: str, caller: Annotated[Caller, needs(Scope.FLOWS_READ)]) -> Response:
    """One flow, with its steps and its schema."""
    return answer(
        FlowAnswer(data=FlowOut.of(house().flow_desk.flows.get(caller.account_id, flow_id)))
    )


@router.put(
    "/flows/{flow_id}",
    response_model=ChangedFlowAnswer,
    responses=documented(ErrorBody, *_ACCESS, *_BAD_FLOW, ErrorCode.NOT_FOUND),
)
async def change_flow(
    flow_id: str,
    caller: Annotated[Caller, needs(Scope.FLOWS_WRITE)],
    asked: Annotated[ChangeFlow, Body(openapi_examples=_CHANGE)],
) -> Response:
    """Change what is given and nothing else; null takes away."""
    await _check_receiver(asked)
    flow = house().flow_desk.change(caller.account_id, flow_id, described(asked))
    return answer(ChangedFlowAnswer(data=ChangedFlow.of(flow)))


@router.delete(
    "/flows/{flow_id}",
    response_model=Message,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND),
)
async def delete_flow(
    flow_id: str, caller: Annotated[Caller, needs(Scope.FLOWS_WRITE)]
) -> Response:
    """Delete a flow; its runs can be read for as long as they are kept."""
    house().flow_desk.flows.remove(caller.account_id, flow_id)
    return answer(Message(message=f"Flow {flow_id} deleted successfully"))


async def _check_receiver(asked: CreateFlow | ChangeFlow) -> None:
    if asked.webhook_url:
        await house().post_office.poster.check(asked.webhook_url)
