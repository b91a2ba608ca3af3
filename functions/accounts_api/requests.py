"""Requests as they come from browsers and applications: forms, cookies, and where from."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from fastapi import Request, Response

from webferry.access_wiring import gatehouse
from webferry.domain.errors import (
    Forbidden,
    InvalidRequest,
    PayloadTooLarge,
    Unauthorized,
    UnsupportedMediaType,
)
from webferry.domain.sessions import SESSION_LIFE_MS, Visitor, is_proof

MAX_FORM_BYTES = 32 * 1024
MAX_FIELDS = 40
Fields = Mapping[str, list[str]]


def issuer_of(request: Request) -> str:
    """The address of the doors."""
    return gatehouse().issuer(_domain_of(request))


def resource_of(request: Request) -> str:
    """What access is granted to."""
    return gatehouse().resource(_domain_of(request))


def source_of(request: Request) -> str:
    """The network address that a request comes from, as the gateway saw it."""
    return request.client.host if request.client else ""


def read_query(request: Request) -> Fields:
    """Raises: InvalidRequest."""
    return _fields(str(request.url.query))


async def read_form(request: Request) -> Fields:
    """Raises: InvalidRequest, PayloadTooLarge, UnsupportedMediaType."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType("Content-Type must be application/x-www-form-urlencoded")
    body = await request.body()
    if len(body) > MAX_FORM_BYTES:
        raise PayloadTooLarge(f"Request body is larger than {MAX_FORM_BYTES} bytes")
    try:
        return _fields(body.decode())
    except UnicodeDecodeError as error:
        raise InvalidRequest("Request body is not UTF-8") from error


def one(fields: Fields, name: str) -> str:
    """The one value of a field; empty if it is not given.

    Raises: InvalidRequest: it is given more than once.
    """
    told = fields.get(name, [])
    if len(told) > 1:
        raise InvalidRequest(f"{name}: is given more than once")
    return told[0] if told else ""


def check_own_form(request: Request) -> None:
    """Refuse a form that another site has sent (CSRF), also where nobody is signed in yet.

    Raises: Forbidden.
    """
    site = request.headers.get("sec-fetch-site")
    if site is None:
        is_own = request.headers.get("origin") == issuer_of(request)
    else:
        is_own = site == "same-origin"
    if not is_own:
        raise Forbidden("This form was not sent by our own page")


async def own_form(request: Request) -> tuple[Visitor | None, Fields]:
    """Who is signed in, and a form that was made for them.

    Raises: Forbidden: another site sent it, or it was made for somebody else; UserDisabled,
    InvalidRequest, PayloadTooLarge, UnsupportedMediaType, Unavailable.
    """
    check_own_form(request)
    form = await read_form(request)
    visitor = visitor_of(request)
    if visitor and not is_proof(one(form, "proof"), visitor.form_proof):
        raise Forbidden("This form was not made for you")
    return visitor, form


def session_of(request: Request) -> str:
    """The text of the session in the cookie; empty if there is none."""
    return request.cookies.get(_cookie_name(request), "")


def visitor_of(request: Request) -> Visitor | None:
    """Who is signed in, if anybody is.

    Raises: UserDisabled, Unavailable.
    """
    try:
        return gatehouse().read_session(session_of(request))
    except Unauthorized:
        return None


def remember(request: Request, response: Response, session: str) -> Response:
    """Have the browser keep a session; an empty one is forgotten."""
    response.set_cookie(
        _cookie_name(request),
        session,
        max_age=SESSION_LIFE_MS // 1000 if session else 0,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return response


def _fields(text: str) -> Fields:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise InvalidRequest("The fields cannot be read") from error


def _domain_of(request: Request) -> str:
    event = request.scope.get("aws.event", {})
    return str(event.get("requestContext", {}).get("domainName", ""))


def _is_secure(request: Request) -> bool:
    return issuer_of(request).startswith("https://")


def _cookie_name(request: Request) -> str:
    # With this prefix no other host of the domain can plant a cookie of ours.
    return "__Host-webferry" if _is_secure(request) else "webferry"
