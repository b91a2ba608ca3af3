"""Letters of walks say what was meant, and what cannot be carried says so."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from webferry.domain.errors import ErrorCode
from webferry.domain.flow_steps import Step, StepType
from webferry.domain.runs import Level, LogLine
from webferry.domain.walks import Snapshot, StepPicture, Walk, WalkOrder
from webferry.render_letters import UnreadableLetter
from webferry.walk_letters import (
    TOO_LARGE,
    Links,
    letter_of_too_large,
    letter_of_walk,
    letter_of_walk_order,
    walk_of_letter,
    walk_order_of_letter,
)

EVENTS = Path(__file__).parents[2] / "events"
STEPS = (Step(StepType.NAVIGATE), Step(StepType.CLICK, "Buy", selector="#buy"))
ORDER = WalkOrder("https://a/", STEPS, 90_000, {"a": "b"}, "runs/run-1/x")
LINKS = Links("https://p/", "https://r/")
LINES = (LogLine(5, Level.WARN, "Grüße"),)
WALK = Walk(
    lines=LINES,
    snapshots=(Snapshot("https://b/", "<p>ä"),),
    pictures=(StepPicture("one", b"\x89PNG"),),
    code=ErrorCode.TIMEOUT,
    message="late",
    received_bytes=7,
)


def posted(letter: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(json.dumps(letter))
    return sent


def test_an_order_of_a_walk_arrives_as_it_was_sent() -> None:
    assert walk_order_of_letter(posted(letter_of_walk_order(ORDER, LINKS))) == (ORDER, LINKS)


def test_the_event_of_the_letterbox_can_be_read() -> None:
    order, links = walk_order_of_letter(json.loads((EVENTS / "browser_walk.json").read_text()))

    assert [step.type for step in order.steps] == [StepType.TYPE, StepType.CLICK, StepType.PAGINATE]
    assert links.log.partition("?")[0].endswith(order.place)


@pytest.mark.parametrize("walk", [WALK, Walk()])
def test_a_walk_arrives_as_it_was_sent(walk: Walk) -> None:
    assert walk_of_letter(posted(letter_of_walk(walk))) == walk


def test_of_a_walk_that_is_too_large_the_log_arrives() -> None:
    pictures = tuple(StepPicture("large", os.urandom(2_500_000)) for _ in range(2))

    walk = walk_of_letter(posted(letter_of_too_large(Walk(LINES, pictures=pictures))))

    assert walk == Walk(LINES, code=ErrorCode.FETCH_FAILED, message=TOO_LARGE)


@pytest.mark.parametrize("letter", [{}, {"v": 2, "walk": {}}, {"v": 1, "walk": {"steps": 1}}])
def test_what_is_no_order_of_a_walk_is_refused(letter: dict[str, Any]) -> None:
    with pytest.raises(UnreadableLetter):
        walk_order_of_letter(letter)


@pytest.mark.parametrize(
    "walked",
    [
        {},
        {"lines": 1},
        {
            **posted(letter_of_walk(WALK))["walked"],
            "snapshots": [{"url": "", "html": "not packed"}],
        },
    ],
)
def test_what_is_no_walk_is_refused(walked: dict[str, Any]) -> None:
    with pytest.raises(UnreadableLetter):
        walk_of_letter({"walked": walked})
