"""Signing in, and up."""

import re
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from accounts_api.account import HOME
from accounts_api.keys_page import ADDRESS as KEYS
from accounts_api.page import fragment, hidden, notice, page, text
from accounts_api.requests import (
    check_own_form,
    one,
    read_form,
    read_query,
    remember,
    source_of,
)
from webferry.access_wiring import gatehouse
from webferry.domain.errors import Forbidden, WebferryError
from webferry.web.statuses import STATUS_OF

# Only these pages of ours send somebody to sign in; anything else could be another site.
_BACK = re.compile(r"/oauth/authorize\?[!-\[\]-~]{1,8000}|/account/keys")
# Who has just signed up has no key, and came for one.
_FIRST_PAGE = {"sign_in": HOME, "sign_up": KEYS}

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
async def show_sign_in(request: Request) -> Response:
    """The form."""
    return _form(request, "sign_in", "Sign in")


@router.get("/sign-up")
async def show_sign_up(request: Request) -> Response:
    """The form, where it is open."""
    if not gatehouse().sign_up.is_open:
        return notice(Forbidden("Sign-up is closed here; ask the operator for an account"))
    return _form(request, "sign_up", "Create your account")


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """A session, or the form again."""
    return await _enter(request, "sign_in", "Sign in")


@router.post("/sign-up")
async def sign_up(request: Request) -> Response:
    """An account and a session, or the form again."""
    return await _enter(request, "sign_up", "Create your account")


async def _enter(request: Request, name: str, title: str) -> Response:
    back, email = "", ""
    try:
        check_own_form(request)
        form = await read_form(request)
        back, email = _safe(one(form, "next")), one(form, "email")
        enter = gatehouse().sign_in if name == "sign_in" else gatehouse().sign_up
        session = enter(email, one(form, "password"), source_of(request))
    except WebferryError as error:
        return _filled(name, title, back, email=email, error=error)
    return remember(request, RedirectResponse(back or _FIRST_PAGE[name], 303), session)


def _form(request: Request, name: str, title: str) -> Response:
    try:
        back = _safe(one(read_query(request), "next"))
    except WebferryError as error:
        return notice(error)
    return _filled(name, title, back)


def _filled(
    name: str, title: str, back: str, *, email: str = "", error: WebferryError | None = None
) -> Response:
    onward = text(f"?{urlencode({'next': back})}" if back else "")
    return page(
        name,
        title,
        STATUS_OF[error.code] if error else 200,
        problem=f'<p class="problem" role="alert">{text(error.message)}</p>' if error else "",
        email=text(email),
        fields=hidden([("next", back)] if back else []),
        onward=onward,
        join=fragment("join", onward=onward) if gatehouse().sign_up.is_open else "",
    )


def _safe(back: str) -> str:
    return back if _BACK.fullmatch(back) else ""
