"""The gate before the server: verbs it does not take, callers it does not know."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcp_server.caller import Visit, admit
from mcp_server.challenges import caller_of, is_token
from mcp_server.refusals import refuse, refuse_scope, refuse_verb
from webferry.domain.errors import InternalError, Unauthorized, WebferryError
from webferry.domain.rates import RateKind
from webferry.observability import logger
from webferry.web.visits import (
    QUIET_HEADERS,
    REQUEST_ID_HEADER,
    log_visit,
    rate_headers,
    request_id_of,
)
from webferry.wiring import clock


class Gate:
    """Every request is authenticated, numbered and logged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a known caller in; nobody may open a stream that a function would be billed for."""
        started_ms = clock.tick_ms()
        request_id = request_id_of(scope.get("aws.event", {}), scope.get("aws.context"))
        status = 500

        async def send_signed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                signed = QUIET_HEADERS | {REQUEST_ID_HEADER: request_id}
                ours = [(name.lower().encode(), text.encode()) for name, text in signed.items()]
                visit: Visit | None = scope.get("visit")
                ours += rate_headers(visit.standing if visit else None)
                message["headers"] = [*message.get("headers", []), *ours]
            await send(message)

        await self._answer(scope, receive, send_signed)
        spent_ms = round(clock.tick_ms() - started_ms, 2)
        visit: Visit | None = scope.get("visit")
        who = visit.named if visit else {}
        log_visit(request_id, scope["method"], scope["path"], status, duration_ms=spent_ms, **who)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        token, event = "", scope.get("aws.event", {})
        try:
            if scope["method"] != "POST":
                await refuse_verb(send)
                return
            token = _token_of(Headers(scope=scope))
            visit = scope["visit"] = admit(caller_of(token, event))
            visit.count(RateKind.READ)
            await self._serve(visit, scope, receive, send, is_app=is_token(token))
        except WebferryError as error:
            await refuse(send, error, token, event)
        except Exception:  # noqa: BLE001
            # The door is where faults end: the caller gets an answer, the log the traceback.
            logger.exception("unexpected error")
            await refuse(send, InternalError("Unexpected server error"), token, event)

    async def _serve(
        self, visit: Visit, scope: Scope, receive: Receive, send: Send, *, is_app: bool
    ) -> None:
        """The tools' answer, unless they found that the caller may not have one.

        Raises: RateLimited.
        """
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        # The gateway takes whole answers only, so nothing is lost by waiting for the end.
        await self._app(scope, receive, keep)
        if visit.standing:
            visit.standing.check()
        if is_app and visit.missing:
            await refuse_scope(send, visit, scope.get("aws.event", {}))
            return
        for message in messages:
            await send(message)


def _token_of(headers: Headers) -> str:
    """Raises: Unauthorized."""
    keys = {key.strip() for key in headers.getlist("x-api-key")}
    for header in headers.getlist("authorization"):
        kind, _, token = header.strip().partition(" ")
        if kind.lower() != "bearer":
            raise Unauthorized("Authorization must be: Bearer TOKEN")
        keys.add(token.strip())
    if len(keys) != 1:
        raise Unauthorized("Missing or invalid API key")
    return keys.pop()
