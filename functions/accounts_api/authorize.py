"""Consent: an application asks, its user decides, and the answer goes to one known address."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from accounts_api import consent_page
from accounts_api.page import notice
from accounts_api.requests import (
    Fields,
    check_own_form,
    issuer_of,
    one,
    read_form,
    read_query,
    resource_of,
    source_of,
    visitor_of,
)
from webferry.access_wiring import gatehouse
from webferry.domain.errors import Forbidden, WebferryError
from webferry.domain.grants import Wish
from webferry.domain.oauth_errors import OAuthReason, OAuthRefused
from webferry.domain.sessions import is_proof

router = APIRouter()


@router.get("/oauth/authorize", include_in_schema=False)
async def ask(request: Request) -> Response:
    """The page on which a user decides, after they have signed in."""
    try:
        asked = read_query(request)
        wish = await _wish(request, asked)
        if isinstance(wish, Response):
            return wish
        visitor = visitor_of(request)
    except WebferryError as error:
        return notice(error)
    if visitor is None:
        back = f"/oauth/authorize?{urlencode(asked, doseq=True)}"
        return RedirectResponse(f"/sign-in?{urlencode({'next': back})}", 303)
    return consent_page.page(wish, visitor, asked)


@router.post("/oauth/authorize", include_in_schema=False)
async def decide(request: Request) -> Response:
    """What the user has decided, sent to the application."""
    try:
        check_own_form(request)
        form = await read_form(request)
        visitor = visitor_of(request)
        if visitor is None or not is_proof(one(form, "proof"), visitor.form_proof):
            raise Forbidden("You have been signed out; go back to the application and try again")
        wish = await _wish(request, form)
        if isinstance(wish, Response):
            return wish
        if one(form, "decision") != "allow":
            return _back(request, form, wish.redirect_uri, error=OAuthReason.ACCESS_DENIED)
        code = gatehouse().issue_code(visitor.account_id, wish)
        return _back(request, form, wish.redirect_uri, code=code)
    except WebferryError as error:
        return notice(error)


async def _wish(request: Request, asked: Fields) -> Wish | Response:
    """What is asked for; the answer if it cannot be granted.

    Raises: WebferryError: there is no address that an answer may go to.
    """
    check = gatehouse().check_wish
    sender = await check.sender(asked, source_of(request))
    try:
        return check.wish(asked, sender, resource_of(request))
    except OAuthRefused as error:
        told = {"error": error.reason, "error_description": error.message}
        return _back(request, asked, sender[1], **told)


def _back(request: Request, asked: Fields, uri: str, **told: str) -> Response:
    state = asked.get("state", [])
    if len(state) == 1:
        told["state"] = state[0]
    # With `iss` a client that uses several servers knows which has answered (RFC 9207).
    told["iss"] = issuer_of(request)
    joint = "&" if "?" in uri else "?"
    return RedirectResponse(f"{uri}{joint}{urlencode(told)}", 303)
