"""Packs: credits that can be bought, where to pay, and the message that somebody has paid."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response

from tools_api.credit_answers import BuyPack, Checkout, CheckoutAnswer, PackList, PackOut
from tools_api.schemas import ErrorBody
from webferry.domain.errors import ErrorCode, InvalidRequest, PageError, PayloadTooLarge
from webferry.domain.keys import Caller, Scope
from webferry.domain.packs import PACKS
from webferry.domain.urls import check_url
from webferry.observability import logger
from webferry.tool_wiring import shop
from webferry.web.auth import needs
from webferry.web.body import MAX_BODY_BYTES, JsonRoute
from webferry.web.errors import documented
from webferry.web.wire import answer

_ACCESS = (ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.USER_DISABLED)
_EXAMPLE: Any = {"buy": {"value": {"returnUrl": "https://example.com/credits"}}}

router = APIRouter(prefix="/api/v1", route_class=JsonRoute)


@router.get(
    "/credits/packs",
    response_model=PackList,
    responses=documented(ErrorBody, *_ACCESS),
    dependencies=[needs(Scope.CREDITS_READ)],
)
async def list_packs() -> Response:
    """The packs of credits, and whether they can be bought here."""
    missing = shop().payments.missing
    return answer(PackList(data=[PackOut.of(pack, missing) for pack in PACKS]))


@router.post(
    "/credits/packs/{pack_id}/checkout",
    response_model=CheckoutAnswer,
    responses=documented(
        ErrorBody, *_ACCESS, ErrorCode.NOT_FOUND, ErrorCode.INVALID_REQUEST, ErrorCode.UNAVAILABLE
    ),
)
async def buy_pack(
    pack_id: str,
    request: Request,
    caller: Annotated[Caller, needs(Scope.CREDITS_READ)],
    asked: Annotated[BuyPack | None, Body(openapi_examples=_EXAMPLE)] = None,
) -> Response:
    """An address at which the pack can be paid for; the credits come when the payment has."""
    back_url = (asked.return_url if asked else None) or str(request.base_url)
    try:
        check_url(back_url)
    except PageError as error:
        raise InvalidRequest(f"returnUrl: {error.message}", returnUrl=error.message) from error
    url = await shop().sell_credits.checkout(caller.account_id, pack_id, back_url)
    return answer(CheckoutAnswer(data=Checkout(checkout_url=url)))


@router.post("/payments/stripe", include_in_schema=False)
async def paid(request: Request) -> Response:
    """A message of the payment service: its signature is the key to this route."""
    message = await request.body()
    if len(message) > MAX_BODY_BYTES:
        raise PayloadTooLarge(f"Request body is larger than {MAX_BODY_BYTES} bytes")
    purchase = shop().sell_credits.confirm(message, request.headers.get("stripe-signature", ""))
    if purchase:
        bought = {"account_id": purchase.account_id, "credits": purchase.credits}
        logger.info("credits bought", extra=bought)
    return Response(status_code=204)
