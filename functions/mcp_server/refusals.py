"""Answers where no tool may answer: an HTTP status, and a JSON-RPC error that says why."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.types import Send

from mcp_server.caller import Visit
from mcp_server.challenges import challenge, scope_challenge
from webferry.domain.errors import AccessError, WebferryError
from webferry.web.statuses import STATUS_OF

# JSON-RPC has no code for who may call; the HTTP status says it.
_REFUSED = -32001
_WRONG_VERB = -32000
_FAULT = -32603


async def refuse(send: Send, error: WebferryError, token: str, event: Mapping[str, Any]) -> None:
    """What is wrong, and what the caller can do about it."""
    code = _REFUSED if isinstance(error, AccessError) else _FAULT
    told = {"www-authenticate": challenge(error, token, event)}
    if error.retry_after_s is not None:
        told["retry-after"] = str(error.retry_after_s)
    await _send(send, STATUS_OF[error.code], code, error.message, told)


async def refuse_verb(send: Send) -> None:
    """Whatever is no POST."""
    await _send(send, 405, _WRONG_VERB, "Only POST is served here", {"allow": "POST"})


async def refuse_scope(send: Send, visit: Visit, event: Mapping[str, Any]) -> None:
    """An application that lacks a scope is told which to ask for."""
    told = {"www-authenticate": scope_challenge(visit, event)}
    await _send(send, 403, _REFUSED, f"The token lacks the scope {visit.missing[0]}", told)


async def _send(send: Send, status: int, code: int, message: str, told: Mapping[str, str]) -> None:
    body = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    headers = [(b"content-type", b"application/json")]
    headers += [(name.encode(), text.encode()) for name, text in told.items() if text]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content.encode()})
