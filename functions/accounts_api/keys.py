"""The API-key page: make a key, see and revoke the others, and what signs webhooks."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from accounts_api import keys_page
from accounts_api.keys_page import Draft, Said
from accounts_api.page import notice
from accounts_api.requests import Fields, one, own_form, read_query, visitor_of
from webferry.access_wiring import gatehouse
from webferry.domain.errors import InvalidRequest, WebferryError
from webferry.domain.keys import Scope
from webferry.domain.sessions import Visitor
from webferry.web.paging import Cut
from webferry.wiring import house

PAGE = keys_page.ADDRESS
KEYS_A_PAGE = 25
MAX_CURSOR_LENGTH = 100
_SIGN_IN = f"/sign-in?next={PAGE}"

router = APIRouter(include_in_schema=False)


@router.get(PAGE)
async def show_keys(request: Request) -> Response:
    """The keys of whoever is signed in, the newest first."""
    try:
        cursor = one(read_query(request), "cursor")
        if len(cursor) > MAX_CURSOR_LENGTH:
            raise InvalidRequest("cursor: not a cursor of ours")
        visitor = visitor_of(request)
        if visitor is None:
            return RedirectResponse(_SIGN_IN, 303)
        return _shown(visitor, Said(), cursor or None)
    except WebferryError as error:
        return notice(error)


@router.post(PAGE)
async def make_key(request: Request) -> Response:
    """A new key: this is the only page that it is ever on."""
    return await _change(request, _made)


@router.post(f"{PAGE}/revoke")
async def revoke_key(request: Request) -> Response:
    """The next request that carries the key is refused."""

    def revoked(visitor: Visitor, form: Fields) -> Response:
        house().revoke_key(visitor.account_id, one(form, "key"))
        return RedirectResponse(PAGE, 303)

    return await _change(request, revoked)


@router.post(f"{keys_page.SIGNING_ADDRESS}/rotate")
async def rotate_secret(request: Request) -> Response:
    """A second secret signs beside the first, for a while."""

    def rotated(visitor: Visitor, form: Fields) -> Response:
        overlap = one(form, "overlap")
        if overlap not in keys_page.OVERLAPS:
            raise InvalidRequest("Choose how long the old secret signs on")
        house().post_office.rotate_secret(visitor.account_id, int(overlap) * 1000)
        return RedirectResponse(f"{PAGE}#{keys_page.SIGNING_ANCHOR}", 303)

    return await _change(request, rotated)


@router.post(f"{keys_page.SIGNING_ADDRESS}/complete")
async def complete_rotation(request: Request) -> Response:
    """The new secret signs alone."""

    def completed(visitor: Visitor, _: Fields) -> Response:
        house().post_office.rotate_secret.complete(visitor.account_id)
        return RedirectResponse(f"{PAGE}#{keys_page.SIGNING_ANCHOR}", 303)

    return await _change(request, completed)


async def _change(request: Request, change: Callable[[Visitor, Fields], Response]) -> Response:
    """What comes of a form; what is wrong with it stands on the page that it came from."""
    try:
        visitor, form = await own_form(request)
        if visitor is None:
            return RedirectResponse(_SIGN_IN, 303)
        try:
            return change(visitor, form)
        except WebferryError as error:
            return _shown(visitor, Said(problem=error, draft=Draft.of(form)))
    except WebferryError as error:
        return notice(error)


def _made(visitor: Visitor, form: Fields) -> Response:
    told = form.get("scope", [])
    if not told:
        raise InvalidRequest("Tick at least one thing that the key may do")
    if not set(told) <= set(Scope):
        raise InvalidRequest("The key cannot do what was ticked")
    scopes = [scope for scope in Scope if scope in told]
    issued = gatehouse().make_own_key(visitor.account_id, one(form, "name"), scopes)
    return _shown(visitor, Said(made=issued))


def _shown(visitor: Visitor, said: Said, cursor: str | None = None) -> Response:
    keys = house().list_keys(visitor.account_id)
    shelf = keys_page.Shelf(*Cut(KEYS_A_PAGE, cursor).of(keys, lambda key: key.id), len(keys))
    secrets = house().post_office.secrets(visitor.account_id)
    return keys_page.page(visitor, shelf, secrets, said)
