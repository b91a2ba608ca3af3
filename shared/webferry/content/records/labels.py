"""Labels and their values on a page: definition lists, two-column tables, `Label: value`."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from collections.abc import Iterator
from dataclasses import dataclass

from webferry.content.patterns import later
from webferry.content.records.outline import Outline

MAX_PAIRS = 2_000
_LONGEST = 400
_LABELLED = later(r"^\s*(?P<label>[^\W\d][^:：\n]{0,40}?)\s*[:：]\s*(?P<value>\S.*)$", re.DOTALL)
_LABEL_ONLY = later(r"^\s*(?P<label>[^\W\d][^:：\n]{0,40}?)\s*[:：]\s*$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the value beside it, with the entry that holds the value."""

    label: str
    value: str
    entry: int


def pairs_of(outline: Outline) -> list[Pair]:
    """Every pair in reading order."""
    found: list[Pair] = []
    for pair in _pairs(outline):
        found.append(pair)
        if len(found) >= MAX_PAIRS:
            break
    return found


def _pairs(outline: Outline) -> Iterator[Pair]:
    for entry, tag in enumerate(outline.tags):
        if not tag or not 1 < outline.text_length(entry) <= _LONGEST:
            continue
        if tag in ("dt", "th", "td"):
            yield from _beside(outline, entry, tag)
        yield from _inline(outline, entry)


def _beside(outline: Outline, entry: int, tag: str) -> Iterator[Pair]:
    """dt → dd, and the first cell of a row of two."""
    follower = _next(outline, entry)
    if not follower or outline.tags[follower] not in ("dd", "td"):
        return
    row = outline.elements(outline.parents[entry])
    if tag != "dt" and (len(row) != 2 or row[0] != entry):
        return
    label, value = outline.text(entry).rstrip(" :："), outline.text(follower)
    if 0 < len(label) < 60 and value:
        yield Pair(label, value, follower)


def _inline(outline: Outline, entry: int) -> Iterator[Pair]:
    kids = outline.elements(entry)
    own = outline.own_text(entry)
    if len(kids) <= 3 and own:
        text = outline.text(entry)
        if found := _LABELLED.match(text[:_LONGEST]):
            yield Pair(found["label"], found["value"], entry)
        elif (found := _LABEL_ONLY.match(text[:80])) and (follower := _next(outline, entry)):
            value = outline.text(follower)
            if 0 < len(value) < _LONGEST:
                yield Pair(found["label"], value, follower)
    if not own and len(kids) == 2 and outline.text_length(entry) < 160:
        yield from _two(outline, kids)


def _two(outline: Outline, kids: list[int]) -> Iterator[Pair]:
    """Two boxes in one: a short label without a figure, and a value."""
    label, value = outline.text(kids[0]), outline.text(kids[1])
    if 1 < len(label) < 40 and value and not any(map(str.isdigit, label)):
        yield Pair(label.rstrip(" :："), value, kids[1])


def _next(outline: Outline, entry: int) -> int:
    end, parent = outline.ends[entry], outline.parents[entry]
    return end if parent >= 0 and end < outline.ends[parent] else 0
