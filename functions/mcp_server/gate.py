"""The gate before the server: verbs it does not take, callers it does not know."""

import json

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcp_server.caller import admit
from webferry.domain.errors import AccessError, Unauthorized, WebferryError
from webferry.web.errors import STATUS_OF
from webferry.web.visits import QUIET_HEADERS, REQUEST_ID_HEADER, log_visit, request_id_of
from webferry.wiring import clock, house

# JSON-RPC has no code for who may call; the HTTP status says it.
_REFUSED = -32001
_WRONG_VERB = -32000


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

        who: dict[str, str] = {}
        try:
            if scope["method"] != "POST":
                await _refuse(send_signed, 405, _WRONG_VERB, "Only POST is served here", "POST")
            else:
                caller = house().authenticate(_token_of(Headers(scope=scope)))
                who = {"account_id": caller.account_id, "key_id": caller.key_id}
                admit(caller)
                await self._app(scope, receive, send_signed)
        except AccessError as error:
            await _refuse(send_signed, STATUS_OF[error.code], _REFUSED, error.message, "")
        except WebferryError as error:
            await _refuse(send_signed, STATUS_OF[error.code], -32603, error.message, "")
        spent_ms = round(clock.tick_ms() - started_ms, 2)
        log_visit(request_id, scope["method"], scope["path"], status, duration_ms=spent_ms, **who)


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


async def _refuse(send: Send, status: int, code: int, message: str, allow: str) -> None:
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
    headers = [(b"content-type", b"application/json")]
    if allow:
        headers.append((b"allow", allow.encode()))
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
