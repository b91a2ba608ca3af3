"""API keys: list them masked, create one that is shown once, revoke one at once."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from flows_api.key_schemas import CreatedKey, CreatedKeyAnswer, CreateKey, KeyList, ListedKey
from flows_api.schemas import ErrorBody, Message
from webferry.domain.errors import ErrorCode
from webferry.domain.keys import Caller, Scope
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.paging import MAX_LIMIT, Cursor, Cut, Limit
from webferry.web.wire import answer
from webferry.wiring import house

_ACCESS_ERRORS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_EXAMPLE: Any = {"key": {"value": {"name": "My New Key", "scopes": ["flows:read", "runs:read"]}}}

router = APIRouter(prefix="/api", route_class=JsonRoute)


@router.get(
    "/keys",
    response_model=KeyList,
    responses=documented(ErrorBody, *_ACCESS_ERRORS, ErrorCode.INVALID_REQUEST),
)
async def list_keys(
    caller: Annotated[Caller, needs(Scope.KEYS_READ)],
    limit: Limit = MAX_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The account's keys, masked, the newest first."""
    keys = house().list_keys(caller.account_id)
    page, next_cursor = Cut(limit, cursor).of(keys, lambda key: key.id)
    listed = KeyList(data=[ListedKey.listed(key) for key in page], total=len(keys))
    return answer(listed.model_copy(update={"next_cursor": next_cursor} if next_cursor else None))


@router.post(
    "/keys",
    status_code=201,
    response_model=CreatedKeyAnswer,
    responses=documented(ErrorBody, *_ACCESS_ERRORS, ErrorCode.INVALID_REQUEST),
)
async def create_key(
    caller: Annotated[Caller, needs(Scope.KEYS_WRITE)],
    asked: Annotated[CreateKey, Body(openapi_examples=_EXAMPLE)],
) -> Response:
    """A new key: this is the only time that it is shown in full."""
    issued = house().issue_key(caller, asked.name, asked.scopes)
    return answer(CreatedKeyAnswer(data=CreatedKey.of(issued.key, issued.text)), status=201)


@router.delete(
    "/keys/{key_id}",
    response_model=Message,
    responses=documented(ErrorBody, *_ACCESS_ERRORS, ErrorCode.NOT_FOUND),
)
async def revoke_key(key_id: str, caller: Annotated[Caller, needs(Scope.KEYS_WRITE)]) -> Response:
    """Revoke a key: the next request that carries it is refused."""
    house().revoke_key(caller.account_id, key_id)
    return answer(Message(message=f"Key {key_id} revoked successfully"))
