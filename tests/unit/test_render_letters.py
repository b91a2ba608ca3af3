"""Letters to and from the browser function say what was meant, and nothing that was forged."""

import json
import zlib
from base64 import b64encode
from typing import Any

import pytest

from webferry.domain.errors import (
    Blocked,
    FetchFailed,
    InternalError,
    PageTimeout,
    PrivateNetworkTarget,
    Unavailable,
    WebferryError,
)
from webferry.domain.pages import Page, PageRequest, UserAgentProfile
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
from webferry.render_letters import (
    MAX_UNPACKED_BYTES,
    UnreadableLetter,
    letter_of_order,
    letter_of_outcome,
    order_of_letter,
    outcome_of_letter,
)

PLAIN = RenderOrder(PageRequest("https://example.com/", 30_000))
RICH = RenderOrder(
    PageRequest(
        "https://example.com/",
        1_000,
        UserAgentProfile.MOBILE,
        headers=(("X-A", "1"),),
        cookies=(("b", "2"),),
    ),
    Readiness(Until.LOAD, selector="#a", delay_ms=5),
    Capture(CaptureKind.ELEMENT, "#b"),
    Viewport(10, 20),
    frozenset({Asset.FONTS}),
)
RENDERING = Rendering(
    Page("https://a/", "https://b/", 200, "text/html", "Grüße".encode(), 5, 6),
    settled=True,
    transferred_bytes=7,
    picture=b"\x89PNG",
)


def posted(letter: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(json.dumps(letter))
    return sent


@pytest.mark.parametrize("order", [PLAIN, RICH])
def test_an_order_arrives_as_it_was_sent(order: RenderOrder) -> None:
    assert order_of_letter(posted(letter_of_order(order))) == order


def test_a_rendering_arrives_as_it_was_sent() -> None:
    assert outcome_of_letter(posted(letter_of_outcome(RENDERING))) == RENDERING


@pytest.mark.parametrize(
    "error",
    [
        PrivateNetworkTarget("no"),
        PageTimeout("late"),
        FetchFailed("gone", retryable=False),
        Blocked("challenged", by="Somebody"),
        Unavailable("none"),
        InternalError("ours"),
    ],
)
def test_an_error_arrives_as_it_was_raised(error: WebferryError) -> None:
    with pytest.raises(type(error)) as caught:
        outcome_of_letter(posted(letter_of_outcome(error)))

    assert caught.value.message == error.message
    assert caught.value.retryable == error.retryable


@pytest.mark.parametrize(
    "letter",
    [
        {},
        {"v": 2, "render": {}},
        {"v": 1, "render": None},
        {"v": 1, "render": letter_of_order(PLAIN)["render"] | {"readiness": {"until": "never"}}},
        {"v": 1, "render": letter_of_order(PLAIN)["render"] | {"surprise": 1, "page": {}}},
    ],
)
def test_what_is_no_order_is_refused(letter: dict[str, Any]) -> None:
    with pytest.raises(UnreadableLetter):
        order_of_letter(letter)


@pytest.mark.parametrize(
    "body",
    ["no base64!", b64encode(b"not packed").decode(), None],
)
def test_what_is_no_rendering_is_refused(body: object) -> None:
    letter = posted(letter_of_outcome(RENDERING))
    letter["rendering"]["page"]["body"] = body

    with pytest.raises(UnreadableLetter):
        outcome_of_letter(letter)


def test_a_body_that_unpacks_to_more_than_a_page_can_be_is_refused() -> None:
    bomb = b64encode(zlib.compress(b"a" * (MAX_UNPACKED_BYTES + 1))).decode()
    letter = posted(letter_of_outcome(RENDERING))
    letter["rendering"]["page"]["body"] = bomb

    with pytest.raises(UnreadableLetter, match="too large"):
        outcome_of_letter(letter)


def test_a_rendering_that_lambda_could_not_carry_says_so() -> None:
    large = Rendering(RENDERING.page, settled=True, transferred_bytes=0, picture=_noise(5_000_000))

    letter = letter_of_outcome(large)

    assert "too large" in letter["failure"]["message"]


def _noise(size: int) -> bytes:
    """Bytes that do not pack."""
    state, made = 1, bytearray()
    while len(made) < size:
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        made += (state >> 16).to_bytes(6, "big")
    return bytes(made)
