"""Letters of walks, to the browser function and back: plain JSON, as those of pages."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from webferry.domain.errors import ErrorCode, FetchFailed
from webferry.domain.flow_steps import Step
from webferry.domain.papers import lines_of
from webferry.domain.walks import Snapshot, StepPicture, Walk, WalkOrder
from webferry.render_letters import (
    MAX_PACKED_CHARACTERS,
    VERSION,
    Letter,
    UnreadableLetter,
    packed,
    unpacked,
)

TOO_LARGE = "What the walk has seen is too large to be handed on"


def letter_of_walk_order(order: WalkOrder) -> Letter:
    """What to do."""
    letter = asdict(order) | {"steps": [step.values() for step in order.steps]}
    return {"v": VERSION, "walk": letter}


def walk_order_of_letter(letter: Mapping[str, Any]) -> WalkOrder:
    """Raises: UnreadableLetter."""
    try:
        if letter["v"] != VERSION:
            raise UnreadableLetter(f"version {letter['v']}")
        told = dict(letter["walk"])
        return WalkOrder(**told | {"steps": tuple(map(Step.of, told["steps"]))})
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableLetter(str(error)) from error


def letter_of_walk(walk: Walk) -> Letter:
    """What became of it; of what Lambda could not carry, the log at least."""
    snapshots = [
        {"url": each.url, "html": packed(each.html.encode("utf-8", "replace"))}
        for each in walk.snapshots
    ]
    pictures = [
        {"label": each.label, "png": b64encode(each.png).decode()} for each in walk.pictures
    ]
    size = sum(len(each["html"]) for each in snapshots)
    if size + sum(len(each["png"]) for each in pictures) > MAX_PACKED_CHARACTERS:
        return letter_of_walk(
            Walk(walk.lines, (), (), FetchFailed.code, TOO_LARGE, walk.received_bytes)
        )
    bare = {"code": walk.code, "message": walk.message, "received_bytes": walk.received_bytes}
    told = {"lines": [asdict(line) for line in walk.lines], **bare}
    return {"v": VERSION, "walked": told | {"snapshots": snapshots, "pictures": pictures}}


def walk_of_letter(letter: Mapping[str, Any]) -> Walk:
    """Raises: UnreadableLetter."""
    try:
        told = letter["walked"]
        return Walk(
            lines=lines_of(told["lines"]),
            snapshots=tuple(
                Snapshot(each["url"], unpacked(each["html"]).decode()) for each in told["snapshots"]
            ),
            pictures=tuple(
                StepPicture(each["label"], b64decode(each["png"], validate=True))
                for each in told["pictures"]
            ),
            code=told["code"] and ErrorCode(told["code"]),
            message=str(told["message"]),
            received_bytes=int(told["received_bytes"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableLetter(str(error)) from error
