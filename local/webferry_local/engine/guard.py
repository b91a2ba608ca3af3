"""Door-keeper of the engine port: no browser page and no stranger's key gets past it."""

import hmac
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CREDENTIAL = re.compile(r"Credential=(\d{12})/")
BROWSER_HEADERS = frozenset({b"origin", b"sec-fetch-site", b"sec-fetch-mode", b"referer"})
READING = re.compile(
    r"\.(Get|List|Describe|Query|Scan|BatchGet|TransactGet|Filter|Lookup|Search)|^(Get|List|Describe)"
)


class EngineGuard:
    """ASGI: refuses requests a web page could send, foreign hosts and foreign access keys."""

    def __init__(
        self, inner: App, *, access_key: str | None, port: int, on_change: Callable[[], None]
    ) -> None:
        self._inner = inner
        self._access_key = access_key
        self._hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}
        self._on_change = on_change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
        elif scope["type"] != "http" or not self._admits(scope):
            await refuse(send)
        else:
            if _changes_something(scope):
                self._on_change()
            await self._inner(scope, receive, send)

    def _admits(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        # A link that we signed is for browsers too; no page can make one up without the key.
        from_page = not BROWSER_HEADERS.isdisjoint(headers) and not _is_signed_link(scope)
        if from_page or not self._knows_host(headers):
            return False
        key = _access_key_of(headers, scope["query_string"])
        if self._access_key is None:
            return key is not None or scope["path"].startswith("/_ministack/")
        return key is not None and hmac.compare_digest(key, self._access_key)

    def _knows_host(self, headers: dict[bytes, bytes]) -> bool:
        """A page that rebinds its name to loopback still sends its own name as host."""
        host = headers.get(b"host", b"")
        return any(host == known or host.endswith(b"." + known) for known in self._hosts)


async def refuse(send: Send) -> None:
    body = json.dumps({"message": "Forbidden"}).encode()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _access_key_of(headers: dict[bytes, bytes], query: bytes) -> str | None:
    signed = headers.get(b"authorization", b"").decode("latin-1")
    presigned = parse_qs(query.decode("latin-1")).get("X-Amz-Credential", [""])[0]
    match = CREDENTIAL.search(signed) or CREDENTIAL.search(f"Credential={presigned}")
    return match.group(1) if match else None


def _is_signed_link(scope: Scope) -> bool:
    reads = scope["method"] in {"GET", "HEAD"}
    return reads and b"X-Amz-Signature=" in scope["query_string"]


def _changes_something(scope: Scope) -> bool:
    target = dict(scope["headers"]).get(b"x-amz-target")
    if target is not None:
        return READING.search(target.decode("latin-1")) is None
    return scope["method"] not in {"GET", "HEAD"}
