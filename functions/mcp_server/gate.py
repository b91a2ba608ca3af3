"""The gate before the server: verbs it does not take, callers it does not know."""

import json

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcp_server.caller import Visit, admit
from mcp_server.challenges import caller_of, challenge, is_token, scope_challenge
from webferry.domain.errors import AccessError, Unauthorized, WebferryError
from webferry.web.errors import STATUS_OF
from webferry.web.visits import QUIET_HEADERS, REQUEST_ID_HEADER, log_visit, request_id_of
from webferry.wiring import clock

# JSON-RPC has no code for who may call; the HTTP status says it.
_REFUSED = -32001
_WRONG_VERB = -32000
_FAULT = -32603


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
                message["headers"] = [*message.get("headers", []), *ours]
            await send(message)

        who = await self._answer(scope, receive, send_signed)
        spent_ms = round(clock.tick_ms() - started_ms, 2)
        log_visit(request_id, scope["method"], scope["path"], status, duration_ms=spent_ms, **who)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> dict[str, str]:
        """Answer a request; who asked, if that is known."""
        who, token, event = {}, "", scope.get("aws.event", {})
        try:
            if scope["method"] != "POST":
                await _refuse(send, 405, _WRONG_VERB, "Only POST is served here", allow="POST")
            else:
                token = _token_of(Headers(scope=scope))
                caller = caller_of(token, event)
                who = {"account_id": caller.account_id, "key_id": caller.key_id}
                await self._serve(admit(caller), scope, receive, send, is_app=is_token(token))
        except WebferryError as error:
            code = _REFUSED if isinstance(error, AccessError) else _FAULT
            told = {"www-authenticate": challenge(error, token, event)}
            await _refuse(send, STATUS_OF[error.code], code, error.message, **told)
        return who

    async def _serve(
        self, visit: Visit, scope: Scope, receive: Receive, send: Send, *, is_app: bool
    ) -> None:
        """The tools' answer; an application that lacks a scope is told which to ask for."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        # The gateway takes whole answers only, so nothing is lost by waiting for the end.
        await self._app(scope, receive, keep)
        if is_app and visit.missing:
            told = {"www-authenticate": scope_challenge(visit, scope.get("aws.event", {}))}
            why = f"The token lacks the scope {visit.missing[0]}"
            await _refuse(send, 403, _REFUSED, why, **told)
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


async def _refuse(send: Send, status: int, code: int, message: str, **told: str) -> None:
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
    headers = [(b"content-type", b"application/json")]
    headers += [(name.encode(), text.encode()) for name, text in told.items() if text]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
