"""The product's own port: every request goes to the HTTP API of the deployed template."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from webferry_local.engine.gateway import GatewayAnswer, GatewayRequest, handle

BODY_LIMIT_BYTES = 10 * 1024 * 1024
SET_BY_THE_GATEWAY = frozenset({"content-length", "connection", "transfer-encoding"})

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class BodyTooLarge(Exception):
    """More than API Gateway would take."""


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class FrontDoor:
    """ASGI: API Gateway's limits and headers around the engine's HTTP API."""

    def __init__(self, account: str, api_id: str, port: int) -> None:
        self._account = account
        self._api_id = api_id
        self._port = str(port)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            body = await _read(receive)
        except BodyTooLarge:
            await _send(send, _refusal(413, "Request Entity Too Large"))
            return
        except ClientGone:
            return
        request = GatewayRequest(
            method=scope["method"],
            raw_path=_raw_path(scope),
            raw_query=scope["query_string"].decode("latin-1"),
            headers=self._headers(scope),
            body=body,
        )
        await _send(send, await handle(self._account, self._api_id, request))

    def _headers(self, scope: Message) -> dict[str, str]:
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
            glue = "; " if name == "cookie" else ","
            headers[name] = f"{headers[name]}{glue}{value}" if name in headers else value
        client = (scope.get("client") or ("127.0.0.1", 0))[0]
        before = headers.get("x-forwarded-for")
        headers["x-forwarded-for"] = f"{before}, {client}" if before else client
        headers["x-forwarded-proto"] = "http"
        headers["x-forwarded-port"] = self._port
        return headers


def _raw_path(scope: Message) -> str:
    raw: bytes | None = scope.get("raw_path")
    return raw.decode("latin-1") if raw else str(scope["path"])


async def _read(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > BODY_LIMIT_BYTES:
            raise BodyTooLarge
        if not message.get("more_body"):
            return b"".join(chunks)


def _refusal(status: int, text: str) -> GatewayAnswer:
    body = f'{{"message":"{text}"}}'.encode()
    return GatewayAnswer(status, {"content-type": "application/json"}, body)


async def _send(send: Send, answer: GatewayAnswer) -> None:
    headers = [
        (name.lower().encode("latin-1"), str(one).encode())
        for name, value in answer.headers.items()
        if name.lower() not in SET_BY_THE_GATEWAY
        for one in (value if isinstance(value, list) else [value])
    ]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
