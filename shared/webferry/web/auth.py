"""Who is at the door: one API key, in either header, with the scope that the route needs."""

from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer

from webferry.domain.errors import Unauthorized
from webferry.domain.keys import Caller, Scope
from webferry.domain.rates import RateKind
from webferry.web.once import begin
from webferry.wiring import house

# These two only document; `_key_of` reads the headers, for it must tell a bad one from none.
_bearer = HTTPBearer(auto_error=False, scheme_name="bearer", description="An API key.")
_api_key = APIKeyHeader(
    name="X-API-Key", auto_error=False, scheme_name="apiKey", description="The same key."
)


def needs(scope: Scope) -> Any:  # noqa: ANN401
    """The caller of a route that this scope opens, as often as it may.

    Raises, when the route is called: Unauthorized, UserDisabled, RateLimited, Forbidden,
    InvalidRequest, Conflict, Replayed, Unavailable.
    """

    async def caller(
        request: Request,
        _bearer: Annotated[object, Security(_bearer)],
        _api_key: Annotated[object, Security(_api_key)],
    ) -> Caller:
        key = _key_of(request)
        found = house().authenticate(key)
        admit(request, found)
        found.require(scope)
        await begin(request, found)
        return found

    return Depends(caller)


def admit(request: Request, caller: Caller) -> None:
    """Let a caller in whose identity is proven; the answer will say where it stands.

    Raises: RateLimited.
    """
    request.state.caller = caller
    kind = RateKind.READ if request.method == "GET" else RateKind.WORK
    request.state.standing = standing = house().reception.limit_rate(caller, kind)
    if standing:
        standing.check()


def _key_of(request: Request) -> str:
    keys = {key.strip() for key in request.headers.getlist("x-api-key")}
    for header in request.headers.getlist("authorization"):
        scheme, _, token = header.strip().partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthorized("Authorization must be: Bearer YOUR_API_KEY")
        keys.add(token.strip())
    if len(keys) > 1:
        raise Unauthorized("Two different API keys in one request")
    if not keys:
        raise Unauthorized("Missing or invalid API key")
    return keys.pop()
