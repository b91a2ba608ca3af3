"""Letters to and from the browser function: plain JSON, for its cold start has no time for more."""

import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from webferry.domain.errors import (
    Blocked,
    ErrorCode,
    FetchFailed,
    InternalError,
    InvalidRequest,
    InvalidUrl,
    NonHtmlResponse,
    PageTimeout,
    PrivateNetworkTarget,
    Unavailable,
    UnsupportedScheme,
    WebferryError,
)
from webferry.domain.pages import Page, PageRequest, UserAgentProfile, Validators
from webferry.domain.rendering import (
    Asset,
    Capture,
    CaptureKind,
    Readiness,
    Rendering,
    RenderOrder,
    Until,
    Viewport,
)

VERSION = 1
# Lambda carries 6 MB of JSON; a page packs well, and what does not fit is refused.
MAX_PACKED_CHARACTERS = 5_500_000
MAX_UNPACKED_BYTES = 64 * 1024 * 1024

Letter = dict[str, Any]

_ERRORS: dict[ErrorCode, type[WebferryError]] = {
    kind.code: kind
    for kind in (
        InvalidRequest,
        InvalidUrl,
        UnsupportedScheme,
        PrivateNetworkTarget,
        PageTimeout,
        NonHtmlResponse,
        Unavailable,
    )
}


class UnreadableLetter(Exception):
    """Not a letter, or one of a version that is not ours."""


def letter_of_order(order: RenderOrder) -> Letter:
    """What to render."""
    letter = asdict(order)
    letter["page"]["media_types"] = sorted(order.page.media_types)
    letter["blocked"] = None if order.blocked is None else sorted(order.blocked)
    return {"v": VERSION, "render": letter}


def letter_of_orders(orders: Sequence[RenderOrder]) -> Letter:
    """What to render side by side."""
    return {"v": VERSION, "together": [letter_of_order(order) for order in orders]}


def order_of_letter(letter: Mapping[str, Any]) -> RenderOrder:
    """Raises: UnreadableLetter."""
    try:
        if letter["v"] != VERSION:
            raise UnreadableLetter(f"version {letter['v']}")
        return _order(letter["render"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableLetter(str(error)) from error


def letter_of_outcome(outcome: Rendering | WebferryError) -> Letter:
    """What became of it; one that Lambda could not carry says so."""
    if isinstance(outcome, WebferryError):
        by = outcome.by if isinstance(outcome, Blocked) else None
        failure = {
            "code": outcome.code,
            "message": outcome.message,
            "retryable": outcome.retryable,
            "blocked_by": by,
        }
        return {"v": VERSION, "failure": failure}
    body, picture = packed(outcome.page.body), packed(outcome.picture or b"")
    if len(body) + len(picture) > MAX_PACKED_CHARACTERS:
        too_large = FetchFailed("Target page is too large to be handed on", retryable=False)
        return letter_of_outcome(too_large)
    bare = asdict(replace(outcome, page=replace(outcome.page, body=b""), picture=None))
    bare["page"] |= {"body": body}
    return {"v": VERSION, "rendering": bare | {"picture": picture if outcome.picture else None}}


def letter_of_outcomes(outcomes: Sequence[Rendering | WebferryError]) -> Letter:
    """What became of each, in their order; null for one that has to be asked for alone."""
    letters: list[Letter | None] = []
    left = MAX_PACKED_CHARACTERS
    for outcome in outcomes:
        letter = letter_of_outcome(outcome)
        size = len(json.dumps(letter))
        letters.append(letter if size <= left else None)
        left -= size if size <= left else 0
    return {"v": VERSION, "outcomes": letters}


def letters_of_outcomes(letter: Mapping[str, Any], count: int) -> list[Letter | None]:
    """Raises: UnreadableLetter."""
    outcomes = letter.get("outcomes") if isinstance(letter, dict) else None
    if not isinstance(outcomes, list) or len(outcomes) != count:
        raise UnreadableLetter("not as many outcomes as orders")
    return outcomes


def outcome_of_letter(letter: Mapping[str, Any]) -> Rendering:
    """Raises: UnreadableLetter; WebferryError: the one that was met over there."""
    try:
        if "failure" in letter:
            raise _error(letter["failure"])
        rendering = letter["rendering"]
        page = rendering["page"] | {"body": unpacked(rendering["page"]["body"])}
        page["validators"] = Validators(**page["validators"])
        picture = rendering["picture"] and unpacked(rendering["picture"])
        return Rendering(**rendering | {"page": Page(**page), "picture": picture})
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableLetter(str(error)) from error


def _order(letter: Mapping[str, Any]) -> RenderOrder:
    page = dict(letter["page"])
    page["profile"] = UserAgentProfile(page["profile"])
    page["headers"] = tuple((name, value) for name, value in page["headers"])
    page["cookies"] = tuple((name, value) for name, value in page["cookies"])
    page["known"] = Validators(**page["known"])
    page["media_types"] = frozenset(page["media_types"])
    readiness, capture = letter["readiness"], letter["capture"]
    blocked, viewport = letter["blocked"], letter["viewport"]
    return RenderOrder(
        page=PageRequest(**page),
        readiness=Readiness(**readiness | {"until": Until(readiness["until"])}),
        capture=capture and Capture(**capture | {"kind": CaptureKind(capture["kind"])}),
        viewport=viewport and Viewport(**viewport),
        blocked=None if blocked is None else frozenset(map(Asset, blocked)),
    )


def _error(failure: Mapping[str, Any]) -> WebferryError:
    message = str(failure["message"])
    if failure["blocked_by"] is not None:
        return Blocked(message, by=str(failure["blocked_by"]))
    if failure["code"] == ErrorCode.FETCH_FAILED:
        return FetchFailed(message, retryable=bool(failure["retryable"]))
    return _ERRORS.get(ErrorCode(failure["code"]), InternalError)(message)


def packed(data: bytes) -> str:
    """Bytes as text, small."""
    return b64encode(zlib.compress(data, 6)).decode()


def unpacked(text: str) -> bytes:
    """The bytes again. Raises: ValueError: there are none, or too many."""
    # Whoever broke a browser could write this: it must not become larger than a page can be.
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(b64decode(text, validate=True), MAX_UNPACKED_BYTES)
    except (Base64Error, zlib.error) as error:
        raise ValueError("not packed") from error
    if unpacker.unconsumed_tail:
        raise ValueError("too large")
    return data
