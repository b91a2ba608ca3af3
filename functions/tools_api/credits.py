"""Credits: what an account has, what moved it, and what can be bought."""

from typing import Annotated

from fastapi import APIRouter, Response

from tools_api.credit_answers import Credits, CreditsAnswer, EntryOut, Ledger
from tools_api.schemas import ErrorBody
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Caller, Scope
from webferry.tool_wiring import shop
from webferry.tools.catalogue import catalogue
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.paging import Limit, LongCursor, cursor_after, place_in
from webferry.web.wire import answer

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)

router = APIRouter(prefix="/api/v1/credits", route_class=JsonRoute)


@router.get("", response_model=CreditsAnswer, responses=documented(ErrorBody, *_ACCESS))
async def read_credits(caller: Annotated[Caller, needs(Scope.CREDITS_READ)]) -> Response:
    """What the account can spend, and the free runs it has left today."""
    return answer(CreditsAnswer(data=Credits.of(shop().read_books(caller.account_id, catalogue()))))


@router.get(
    "/ledger",
    response_model=Ledger,
    response_model_exclude_unset=True,
    responses=documented(ErrorBody, *_ACCESS, ErrorCode.INVALID_REQUEST),
)
async def read_ledger(
    caller: Annotated[Caller, needs(Scope.CREDITS_READ)],
    limit: Limit = 50,
    cursor: LongCursor = None,
) -> Response:
    """What moved the credits, the newest first: entries are added, and never changed."""
    after = None if cursor is None else place_in(cursor)
    entries, rest = shop().read_books.entries(caller.account_id, after, limit)
    more = {} if rest is None else {"next_cursor": cursor_after(rest)}
    return answer(Ledger(data=[EntryOut.of(entry) for entry in entries], **more))
