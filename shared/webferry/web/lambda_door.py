"""A dialect's routes as a Lambda handler: FastAPI inside, Mangum around it."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from mangum import Mangum
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException

from webferry import __version__
from webferry.domain.errors import HouseError, WebferryError
from webferry.observability import logger
from webferry.surroundings import traced
from webferry.web.doorkeeper import Doorkeeper
from webferry.web.errors import as_ours, rendered
from webferry.web.wire import Envelope

Event = dict[str, Any]
_HOST = re.compile(r"[^:]+(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Dialect:
    """One surface: where its document stands, what it says, and how its errors read."""

    title: str
    description: str
    openapi_url: str
    envelope: type[Envelope]
    router: APIRouter


def lambda_door(dialect: Dialect) -> Callable[[Event, object], Event]:
    """The handler of a dialect."""
    # One loop for all its invocations, set first: Mangum would make one that nobody closes.
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    adapter = Mangum(_application(dialect), lifespan="off")

    def handler(event: Event, context: object) -> Event:
        asyncio.set_event_loop(loop)
        with traced(dialect.title):
            return adapter(_tidied(event), context)  # type: ignore[arg-type]

    return handler


def _application(dialect: Dialect) -> FastAPI:
    app = FastAPI(
        title=dialect.title,
        description=dialect.description,
        version=__version__,
        openapi_url=dialect.openapi_url,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        strict_content_type=False,
        generate_unique_id_function=lambda route: to_camel(route.name),
    )
    app.include_router(dialect.router)
    app.add_middleware(Doorkeeper, envelope=dialect.envelope)

    async def render(request: Request, error: Exception) -> JSONResponse:
        ours = as_ours(error, request.state.request_id)
        if isinstance(ours, HouseError) and ours.__cause__:
            logger.warning(ours.message, request_id=request.state.request_id, exc_info=ours)
        return rendered(ours, dialect.envelope, _headers(dialect, request, error))

    for kind in (WebferryError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, render)
    return app


def _headers(dialect: Dialect, request: Request, error: Exception) -> dict[str, str]:
    """Those of the framework's own error, save that 405 names the verbs of all routes."""
    if not isinstance(error, HTTPException) or error.status_code != 405:
        return {}
    routes = [route for route in dialect.router.routes if isinstance(route, APIRoute)]
    ours = [route for route in routes if route.path_regex.match(request.scope["path"])]
    verbs = {verb for route in ours for verb in route.methods or ()}
    verbs |= {"GET", "HEAD"} if "GET" in verbs or not verbs else set()
    return {"Allow": ", ".join(sorted(verbs))}


def _tidied(event: Event) -> Event:
    # Mangum fails on a Host that is not `name` or `name:port`, and none of our answers needs it.
    headers = event.get("headers") or {}
    if all(_HOST.fullmatch(headers.get(name, "x")) for name in ("host", "Host")):
        return event
    return event | {"headers": headers | {"host": "localhost"}}
