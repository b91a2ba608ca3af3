"""Idempotency-Key: one answer to all requests with the same key, on every route that makes work."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from webferry.domain.errors import WebferryError
from webferry.domain.keys import Caller
from webferry.domain.once import (
    KEY_PATTERN,
    MAX_KEY_LENGTH,
    Answer,
    Claim,
    Once,
    StillAnswering,
    checked_key,
)
from webferry.wiring import house

HEADER = "Idempotency-Key"
REPLAYED = {"Idempotent-Replayed": "true"}
KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "The same key with the same request gets the first answer again, for a day.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_KEY_LENGTH,
        "pattern": f"^{KEY_PATTERN}$",
    },
}

# Opening a job takes some hundredths of a second: waiting that long beats a refusal.
_PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
# Where nobody says when this environment must be done: longer than any of our functions may run.
_LONGEST_MS = 130_000
_AFTERWARDS_MS = 1000
# A job is opened in one transaction together with its key: who tries again cannot open a second
# one, so nobody need wait as long for a function that died as for a page that is slow.
_OPENING_MS = 10_000


class Replayed(Exception):
    """Not a failure: the request has its answer already."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered before")
        self.response = Response(answer.body, answer.status, REPLAYED, media_type=answer.media_type)


def once_of(request: Request) -> Once | None:
    """What makes this request and its repetitions one; None without a key."""
    claim: Claim | None = getattr(request.state, "claim", None)
    return claim.once if claim else None


async def begin(request: Request, caller: Caller) -> None:
    """Claim the request of a caller who has given it a key.

    Raises: Replayed, InvalidRequest, Conflict, Unavailable.
    """
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return
    content = await _content(request)
    once = Once.of(caller.account_id, checked_key(key), _fingerprint(request, content))
    found = await _begun(once, _lasts_ms(request, content))
    if isinstance(found, Answer):
        raise Replayed(found)
    request.state.claim = found


async def answered(request: Request, handle: Callable[[Request], Awaitable[Response]]) -> Response:
    """The answer of a route, kept if the request has a key; an error raised is none."""
    try:
        response = await handle(request)
    except Replayed as replayed:
        return replayed.response
    except BaseException:
        claim = _taken_claim(request)
        if claim:
            house().reception.answer_once.release(claim)
        raise
    claim = _taken_claim(request)
    if claim:
        media_type = response.media_type or response.headers.get("content-type", "")
        answer = Answer(response.status_code, media_type, bytes(response.body))
        house().reception.answer_once.keep(claim, answer)
    return response


def _taken_claim(request: Request) -> Claim | None:
    claim: Claim | None = getattr(request.state, "claim", None)
    return claim


async def _begun(once: Once, lasts_ms: int) -> Claim | Answer:
    for pause_s in _PAUSES_S:
        try:
            return house().reception.answer_once.begin(once, lasts_ms)
        except StillAnswering:
            await asyncio.sleep(pause_s)
    return house().reception.answer_once.begin(once, lasts_ms)


async def _content(request: Request) -> object:
    try:
        return await request.json()
    except (ValueError, WebferryError):
        return await request.body()


def _fingerprint(request: Request, content: object) -> bytes:
    body = content
    if not isinstance(body, bytes):
        body = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    path = request.scope["path"]
    return f"{request.method} {path}?{request.url.query}\n".encode() + body


def _lasts_ms(request: Request, content: object) -> int:
    left = getattr(request.scope.get("aws.context"), "get_remaining_time_in_millis", None)
    lasts_ms = (int(left()) if left else _LONGEST_MS) + _AFTERWARDS_MS
    opens_job = isinstance(content, dict) and content.get("mode") == "async"
    return min(lasts_ms, _OPENING_MS) if opens_job else lasts_ms
