"""A dialect's routes as a Lambda handler: FastAPI inside, Mangum around it, nothing escapes."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from mangum import Mangum
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webferry import __version__
from webferry.domain.errors import WebferryError
from webferry.observability import logger
from webferry.web.errors import STATUS_OF, as_ours, headers_of
from webferry.web.visits import QUIET_HEADERS, REQUEST_ID_HEADER, log_visit, request_id_of
from webferry.web.wire import Envelope
from webferry.wiring import clock, traced

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
    adapter = Mangum(_application(dialect), lifespan="off")
    loop = asyncio.new_event_loop()

    def handler(event: Event, context: object) -> Event:
        asyncio.set_event_loop(loop)
        with traced(dialect.title):
            return adapter(_tidied(event), context)  # type: ignore[arg-type]

    return handler


class Doorkeeper:
    """Sees every request in and every answer out, whatever happens between."""

    def __init__(self, app: ASGIApp, envelope: type[Envelope]) -> None:
        self._app = app
        self._envelope = envelope

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Number the request, answer even its crash, and log it once."""
        started_ms, method = clock.tick_ms(), scope["method"]
        request_id = request_id_of(scope.get("aws.event", {}), scope.get("aws.context"))
        scope.setdefault("state", {})["request_id"] = request_id
        headers = QUIET_HEADERS | {REQUEST_ID_HEADER: request_id}
        signature = [(name.lower().encode(), text.encode()) for name, text in headers.items()]
        status = 500

        async def send_signed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *signature]
            elif method == "HEAD":
                message["body"] = b""
            await send(message)

        # HEAD is GET without the body, on every route and without asking the routes.
        scope["method"] = "GET" if method == "HEAD" else method
        try:
            await self._app(scope, receive, send_signed)
        except Exception as error:  # noqa: BLE001
            # The door is where faults end: the caller gets an answer, the log the traceback.
            logger.exception("unexpected error", request_id=request_id)
            crash = _rendered(as_ours(error, request_id), self._envelope)
            await crash(scope, receive, send_signed)
        _log(scope, request_id, method, status, clock.tick_ms() - started_ms)


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
    )
    app.include_router(dialect.router)
    app.add_middleware(Doorkeeper, envelope=dialect.envelope)

    async def render(request: Request, error: Exception) -> JSONResponse:
        ours = as_ours(error, request.state.request_id)
        return _rendered(ours, dialect.envelope, _allowed(dialect.router, request, error))

    for kind in (WebferryError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, render)
    return app


def _rendered(
    error: WebferryError, envelope: type[Envelope], headers: dict[str, str] | None = None
) -> JSONResponse:
    body = envelope.of(error).model_dump(by_alias=True, exclude_unset=True, mode="json")
    return JSONResponse(body, STATUS_OF[error.code], (headers or {}) | headers_of(error))


def _allowed(router: APIRouter, request: Request, error: Exception) -> dict[str, str]:
    """All verbs of the path: the framework names those of one route only."""
    if not isinstance(error, HTTPException) or error.status_code != 405:
        return {}
    path = request.scope["path"]
    verbs = {
        verb
        for route in router.routes
        if route.path_regex.match(path)  # type: ignore[attr-defined]
        for verb in route.methods  # type: ignore[attr-defined]
    }
    return {"Allow": ", ".join(sorted(verbs | ({"HEAD"} if "GET" in verbs else set())))}


def _log(scope: Scope, request_id: str, method: str, status: int, duration_ms: float) -> None:
    route, caller = scope.get("route"), scope["state"].get("caller")
    who = {"account_id": caller.account_id, "key_id": caller.key_id} if caller else {}
    # A path that no route matched may hold anything, so it is not written down.
    unrouted = str(scope["path"]) if "endpoint" in scope else "unknown"
    name = str(getattr(route, "path", unrouted))
    log_visit(request_id, method, name, status, duration_ms=round(duration_ms, 2), **who)


def _tidied(event: Event) -> Event:
    # Mangum fails on a Host that is not `name` or `name:port`, and none of our answers needs it.
    headers = event.get("headers") or {}
    if all(_HOST.fullmatch(headers.get(name, "x")) for name in ("host", "Host")):
        return event
    return event | {"headers": headers | {"host": "localhost"}}
