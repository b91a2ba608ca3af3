"""Tokens: a code or a refresh token in, tokens out, and the way to give them back."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from accounts_api.errors import REFUSED
from accounts_api.requests import Fields, one, read_form
from accounts_api.schemas import FORM, RevocationForm, TokenForm, Tokens, takes
from webferry.access_wiring import gatehouse
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.usecases.redeem_code import Redemption
from webferry.usecases.token_press import IssuedTokens

router = APIRouter()


@router.post(
    "/oauth/token",
    response_model=Tokens,
    responses=REFUSED,
    openapi_extra=takes(FORM, TokenForm),
)
async def grant_tokens(request: Request) -> JSONResponse:
    """Tokens for a code, or for the refresh token that came with the last ones."""
    form = await read_form(request)
    match one(form, "grant_type"):
        case "authorization_code":
            issued = _redeemed(form)
        case "refresh_token":
            issued = _rotated(form)
        case _:
            raise OAuthRefused(OAuthReason.UNSUPPORTED_GRANT_TYPE, "grant_type: is not served")
    told: dict[str, Any] = {
        "access_token": issued.access,
        "token_type": "Bearer",
        "expires_in": issued.expires_in_s,
        "refresh_token": issued.refresh,
        "scope": " ".join(issued.scopes),
    }
    return JSONResponse(told, headers={"Pragma": "no-cache"})


@router.post("/oauth/revoke", responses=REFUSED, openapi_extra=takes(FORM, RevocationForm))
async def revoke(request: Request) -> Response:
    """A token given back (RFC 7009); one that we do not know is void already."""
    form = await read_form(request)
    gatehouse().revoke_token(_needed(form, "token"), _needed(form, "client_id"))
    return JSONResponse({})


def _redeemed(form: Fields) -> IssuedTokens:
    return gatehouse().redeem_code(
        Redemption(
            code=_needed(form, "code"),
            client_id=_needed(form, "client_id"),
            redirect_uri=_needed(form, "redirect_uri"),
            verifier=_needed(form, "code_verifier"),
            resources=form.get("resource", []),
        )
    )


def _rotated(form: Fields) -> IssuedTokens:
    return gatehouse().rotate_token(
        _needed(form, "refresh_token"),
        _needed(form, "client_id"),
        one(form, "scope"),
        form.get("resource", []),
    )


def _needed(form: Fields, name: str) -> str:
    told = one(form, name)
    if not told:
        raise OAuthRefused(OAuthReason.INVALID_REQUEST, f"{name}: is needed")
    return told
