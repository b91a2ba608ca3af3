"""Letters of walks, to the browser function and back: plain JSON, as those of pages."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from webferry.domain.errors import ErrorCode, FetchFailed
from webferry.domain.flow_steps import Step
from webferry.domain.papers import lines_of
from webferry.domain.runs import bounded
from webferry.domain.walks import Snapshot, StepPicture, Walk, WalkOrder
from webferry.render_letters import (
    MAX_PACKED_CHARACTERS,
    VERSION,
    Letter,
    UnreadableLetter,
    packed,
    unpacked,
)

# The answer of a function that has put the walk at its link.
AT_ITS_LINK: Letter = {"v": VERSION, "walked_at_link": True}
TOO_LARGE = "What the walk has seen is too large to be handed on"


class Links(NamedTuple):
    """The browser function may write nothing but at these two: the log so far, and a large walk."""

    log: str = ""
    walk: str = ""


def letter_of_walk_order(order: WalkOrder, links: Links) -> Letter:
    """What to do."""
    letter = asdict(order) | {"steps": [step.values() for step in order.steps]}
    return {"v": VERSION, "walk": letter, "links": links._asdict()}


def walk_order_of_letter(letter: Mapping[str, Any]) -> tuple[WalkOrder, Links]:
    """Raises: UnreadableLetter."""
    try:
        if letter["v"] != VERSION:
            raise UnreadableLetter(f"version {letter['v']}")
        told = dict(letter["walk"])
        order = WalkOrder(**told | {"steps": tuple(map(Step.of, told["steps"]))})
        return order, Links(**letter["links"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableLetter(str(error)) from error


def letter_of_walk(walk: Walk) -> Letter:
    """What became of it."""
    snapshots = [
        {"url": each.url, "html": packed(each.html.encode("utf-8", "replace"))}
        for each in walk.snapshots
    ]
    pictures = [
        {"label": each.label, "png": b64encode(each.png).decode()} for each in walk.pictures
    ]
    bare = {"code": walk.code, "message": walk.message, "received_bytes": walk.received_bytes}
    told = {"lines": [asdict(line) for line in walk.lines], **bare}
    return {"v": VERSION, "walked": told | {"snapshots": snapshots, "pictures": pictures}}


def letter_of_too_large(walk: Walk) -> Letter:
    """Of what could not be handed on, the log at least."""
    code = walk.code or FetchFailed.code
    return letter_of_walk(
        replace(walk, snapshots=(), pictures=(), code=code, message=walk.message or TOO_LARGE)
    )


def can_be_carried(content: str) -> bool:
    """Whether Lambda takes it for an answer."""
    return len(content) <= MAX_PACKED_CHARACTERS


def walk_of_letter(letter: Mapping[str, Any]) -> Walk:
    """Raises: UnreadableLetter."""
    try:
        told = letter["walked"]
        return Walk(
            lines=bounded(lines_of(told["lines"])),
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
