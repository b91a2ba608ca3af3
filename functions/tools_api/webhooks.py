"""Webhooks: the log of deliveries, sending again, a try, and the signing secret."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response

from tools_api.schemas import ErrorBody
from tools_api.webhook_schemas import (
    DeliveryAnswer,
    DeliveryList,
    DeliveryOut,
    DeliveryStatus,
    RotateSecret,
    Secrets,
    SecretsAnswer,
    TestReceiver,
)
from webferry.domain.dispatches import Dispatch, Place
from webferry.domain.errors import ErrorCode, InvalidRequest
from webferry.domain.keys import Caller, Scope
from webferry.domain.signatures import SigningSecrets
from webferry.domain.webhooks import DeliveryEvent
from webferry.usecases.list_deliveries import Wanted
from webferry.web.auth import needs
from webferry.web.body import JsonRoute
from webferry.web.errors import documented
from webferry.web.paging import MAX_LIMIT, Cursor, Limit, cursor_after, place_in
from webferry.web.wire import answer
from webferry.wiring import house

_ERRORS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_TRY: Any = {"try": {"value": {"url": "https://your-server.com/webhooks/mapiok"}}}
_ROTATION: Any = {"a day": {"value": {"overlapSeconds": 86_400}}}
JobId = Annotated[str | None, Query(alias="jobId", max_length=64)]

router = APIRouter(prefix="/api/v1/webhooks", route_class=JsonRoute)


@router.get(
    "/deliveries",
    response_model=DeliveryList,
    responses=documented(ErrorBody, *_ERRORS, ErrorCode.INVALID_REQUEST),
)
async def list_deliveries(
    caller: Annotated[Caller, needs(Scope.WEBHOOKS_READ)],
    status: DeliveryStatus | None = None,
    event: DeliveryEvent | None = None,
    job_id: JobId = None,
    limit: Limit = MAX_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The account's deliveries with every attempt, the newest first."""
    wanted = Wanted(status.states if status else (), event, job_id)
    after = _place(cursor) if cursor else None
    page = house().post_office.list_deliveries(caller.account_id, wanted, after, limit)
    listed = DeliveryList(data=[DeliveryOut.of(dispatch) for dispatch in page.dispatches])
    if page.after:
        listed.next_cursor = cursor_after(f"{page.after.created_at_ms} {page.after.delivery_id}")
    return answer(listed)


@router.get(
    "/deliveries/{delivery_id}",
    response_model=DeliveryAnswer,
    responses=documented(ErrorBody, *_ERRORS, ErrorCode.NOT_FOUND),
)
async def read_delivery(
    delivery_id: str, caller: Annotated[Caller, needs(Scope.WEBHOOKS_READ)]
) -> Response:
    """One delivery with every attempt."""
    return _told(house().post_office.dispatches.find(caller.account_id, delivery_id))


@router.post(
    "/deliveries/{delivery_id}/redeliver",
    status_code=202,
    response_model=DeliveryAnswer,
    responses=documented(ErrorBody, *_ERRORS, ErrorCode.NOT_FOUND, ErrorCode.CONFLICT),
)
async def redeliver(
    delivery_id: str, caller: Annotated[Caller, needs(Scope.WEBHOOKS_WRITE)]
) -> Response:
    """Send a delivery that has ended once more: the same id, the same body, one attempt."""
    return _told(house().post_office.send_again(caller.account_id, delivery_id), status=202)


@router.post(
    "/test",
    status_code=202,
    response_model=DeliveryAnswer,
    responses=documented(ErrorBody, *_ERRORS, ErrorCode.INVALID_REQUEST),
)
async def send_test(
    caller: Annotated[Caller, needs(Scope.WEBHOOKS_WRITE)],
    asked: Annotated[TestReceiver, Body(openapi_examples=_TRY)],
) -> Response:
    """Send a receiver the event `webhook.test`, signed like any other, in one attempt."""
    return _told(await house().post_office.send_test(caller.account_id, asked.url), status=202)


@router.get(
    "/secret",
    response_model=SecretsAnswer,
    responses=documented(ErrorBody, *_ERRORS),
)
async def read_secret(caller: Annotated[Caller, needs(Scope.WEBHOOKS_WRITE)]) -> Response:
    """What signs the account's webhooks; whoever knows it can write webhooks too."""
    return _shown(house().post_office.secrets(caller.account_id))


@router.post(
    "/secret/rotate",
    response_model=SecretsAnswer,
    responses=documented(ErrorBody, *_ERRORS, ErrorCode.INVALID_REQUEST, ErrorCode.CONFLICT),
)
async def rotate_secret(
    caller: Annotated[Caller, needs(Scope.WEBHOOKS_WRITE)],
    asked: Annotated[RotateSecret | None, Body(openapi_examples=_ROTATION)] = None,
) -> Response:
    """Replace the secret; both sign until the overlap ends."""
    overlap_ms = (asked or RotateSecret()).overlap_seconds * 1000
    return _shown(house().post_office.rotate_secret(caller.account_id, overlap_ms))


@router.post(
    "/secret/complete",
    response_model=SecretsAnswer,
    responses=documented(ErrorBody, *_ERRORS, ErrorCode.CONFLICT),
)
async def complete_rotation(caller: Annotated[Caller, needs(Scope.WEBHOOKS_WRITE)]) -> Response:
    """End the overlap now: the new secret signs alone."""
    return _shown(house().post_office.rotate_secret.complete(caller.account_id))


def _told(dispatch: Dispatch, status: int = 200) -> Response:
    return answer(DeliveryAnswer(data=DeliveryOut.of(dispatch)), status=status)


def _shown(secrets: SigningSecrets) -> Response:
    return answer(SecretsAnswer(data=Secrets.of(secrets)))


def _place(cursor: str) -> Place:
    created_at_ms, _, delivery_id = place_in(cursor).partition(" ")
    if not (created_at_ms.isascii() and created_at_ms.isdecimal() and delivery_id):
        raise InvalidRequest("cursor: not a cursor of ours", cursor="is not valid")
    return Place(int(created_at_ms[:15]), delivery_id[:64])
