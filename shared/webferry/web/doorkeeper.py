"""Sees every request in and every answer out, whatever happens between."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webferry.observability import logger
from webferry.web.errors import as_ours, rendered
from webferry.web.visits import (
    QUIET_HEADERS,
    REQUEST_ID_HEADER,
    log_visit,
    rate_headers,
    request_id_of,
)
from webferry.web.wire import Envelope
from webferry.wiring import clock


class Doorkeeper:
    """The outermost layer of every dialect."""

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
                standing = rate_headers(scope["state"].get("standing"))
                message["headers"] = [*message["headers"], *signature, *standing]
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
            crash = rendered(as_ours(error, request_id), self._envelope)
            await crash(scope, receive, send_signed)
        _log(scope, request_id, method, status, clock.tick_ms() - started_ms)


def _log(scope: Scope, request_id: str, method: str, status: int, duration_ms: float) -> None:
    route, caller = scope.get("route"), scope["state"].get("caller")
    who = {"account_id": caller.account_id, "key_id": caller.key_id} if caller else {}
    # A path that no route matched may hold anything, so it is not written down.
    unrouted = str(scope["path"]) if "endpoint" in scope else "unknown"
    name = str(getattr(route, "path", unrouted))
    log_visit(request_id, method, name, status, duration_ms=round(duration_ms, 2), **who)
