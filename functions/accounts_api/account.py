"""The account page: who is signed in, which applications they have let in, and the ways out."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from accounts_api.consent_page import MEANINGS
from accounts_api.page import day, fragment, hidden, notice, page, text
from accounts_api.requests import one, own_form, remember, session_of, visitor_of
from webferry.access_wiring import gatehouse
from webferry.domain.errors import WebferryError
from webferry.domain.grants import Grant
from webferry.domain.sessions import Visitor

HOME = "/account"

router = APIRouter(include_in_schema=False)


@router.get(HOME)
async def show_account(request: Request) -> Response:
    """Who is signed in, and what they can take back."""
    try:
        visitor = visitor_of(request)
        if visitor is None:
            return RedirectResponse("/sign-in", 303)
        apps = gatehouse().list_apps(visitor.account_id)
    except WebferryError as error:
        return notice(error)
    rows = "".join(_row(app, visitor) for app in apps)
    return page(
        "account",
        "Your account",
        email=text(visitor.email),
        apps=rows or fragment("no_apps"),
        fields=hidden([("proof", visitor.form_proof)]),
    )


@router.post(HOME)
async def disconnect(request: Request) -> Response:
    """An application has no access any more, from its next request on."""
    try:
        visitor, form = await own_form(request)
        if visitor:
            gatehouse().disconnect_app(visitor.account_id, one(form, "app"))
    except WebferryError as error:
        return notice(error)
    return RedirectResponse(HOME, 303)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """No session any more: here, or everywhere."""
    try:
        visitor, form = await own_form(request)
        if visitor:
            everywhere = one(form, "everywhere") == "yes"
            gatehouse().sign_out(session_of(request), everywhere=everywhere)
    except WebferryError as error:
        return notice(error)
    return remember(request, RedirectResponse("/sign-in", 303), "")


def _row(app: Grant, visitor: Visitor) -> str:
    return fragment(
        "app",
        name=text(app.client_name),
        since=_since(app),
        scopes="".join(f"<li>{text(MEANINGS[scope])}</li>" for scope in app.scopes),
        fields=hidden([("proof", visitor.form_proof), ("app", app.id)]),
    )


def _since(app: Grant) -> str:
    begun, renewed = day(app.created_at_ms), day(app.last_used_at_ms)
    return f"since {begun}" if begun == renewed else f"since {begun}, last renewed {renewed}"
