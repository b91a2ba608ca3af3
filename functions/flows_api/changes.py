"""What a flow's runs have seen change, each with what was and what is."""

from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Response
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from flows_api.schemas import ErrorBody, iso_seconds
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Caller, Scope
from webferry.usecases.list_changes import SeenChange
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.paging import MAX_LIMIT, Cursor, Limit, cursor_after, place_in
from webferry.web.wire import Wire, answer
from webferry.wiring import house

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)

router = APIRouter(prefix="/api", route_class=JsonRoute)


class ChangeOut(Wire):
    """One change: a field that is another now, or a record that came or went."""

    id: str
    run_id: str
    seen_at: str
    type: Literal["changed", "added", "removed"]
    key: Annotated[str | None, Field(description="Which record; of changed fields only.")]
    field: str | None
    before: Any
    after: Any

    @classmethod
    def of(cls, seen: SeenChange) -> Self:
        """The change as its run has seen it."""
        told, run = seen.change, seen.run
        return cls(
            id=f"{run.id}.{seen.number}",
            run_id=run.id,
            seen_at=iso_seconds(run.ended_at_ms or run.created_at_ms),
            type=told["type"],
            key=told.get("key"),
            field=told.get("field"),
            before=told["before"],
            after=told["after"],
        )


class ChangeList(Wire):
    """One page of the changes, and how many there are in all."""

    data: list[ChangeOut]
    total: int
    next_cursor: str | SkipJsonSchema[None] = None


@router.get(
    "/flows/{flow_id}/changes",
    response_model=ChangeList,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.INVALID_REQUEST, ErrorCode.NOT_FOUND),
)
async def list_changes(
    flow_id: str,
    caller: Annotated[Caller, needs(Scope.RUNS_READ)],
    limit: Limit = MAX_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """What the runs of a flow have seen change, the latest run first."""
    after = place_in(cursor) if cursor is not None else None
    page = await house().flow_desk.changes(caller.account_id, flow_id, after, limit)
    listed = ChangeList(data=[ChangeOut.of(each) for each in page.changes], total=page.total)
    more = {"next_cursor": cursor_after(page.after)} if page.after else None
    return answer(listed.model_copy(update=more))
