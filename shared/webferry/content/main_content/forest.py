"""A forest of decision trees, asked about all blocks of a page at once.

A set of blocks is one integer with a lane of 16 bits for each block; a lane holds 1 when the block
is in the set. A tree then costs two `&` for each of its nodes instead of a walk for each block.
"""

import json
from bisect import bisect_left
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

_LANE = 2


class Known(Protocol):
    """What is known of the blocks of a page."""

    columns: dict[str, list[float]]
    bits: dict[str, list[int]]


class Forest:
    """Trees in preorder: a number from 0 on asks a question, one below 0 is a leaf."""

    def __init__(self, model: dict[str, Any]) -> None:
        self._thresholds: dict[str, list[float]] = model["thresholds"]
        self._bits: dict[str, list[int]] = model["bits"]
        self._trees: list[list[int]] = model["trees"]
        self._cut: int = model["cut"]

    def accepts(self, known: Known, count: int) -> list[bool]:
        """For each block, whether its leaves add up to enough."""
        everything = int.from_bytes(b"\1\0" * count, "little")
        questions = self._questions(known, everything)
        total = 0
        for tree in self._trees:
            waiting = [everything]
            for code in tree:
                here = waiting.pop()
                if code < 0:
                    total += here * ~code
                else:
                    above = here & questions[code]
                    waiting += (above, here ^ above)
        sums = memoryview(total.to_bytes(count * _LANE, "little")).cast("H")
        return [each >= self._cut for each in sums]

    def _questions(self, known: Known, everything: int) -> list[int]:
        """The sets of blocks over each threshold of each feature, and with each bit."""
        sets: list[int] = []
        for name, thresholds in self._thresholds.items():
            values = known.columns[name]
            if values.count(values[0]) == len(values):
                sets += [everything if values[0] > each else 0 for each in thresholds]
            else:
                ranks = bytes(map(partial(bisect_left, thresholds), values))
                sets += _over(ranks, len(thresholds))
        for name, wanted in self._bits.items():
            sets += _with_bits(known.bits[name], wanted)
        return sets


def _over(ranks: bytes, levels: int) -> list[int]:
    lanes = bytearray(len(ranks) * _LANE)
    lanes[::_LANE] = ranks
    return [int.from_bytes(lanes.translate(table), "little") for table in _tables()[:levels]]


@cache
def _tables() -> list[bytes]:
    """For each rank a translation: 1 for what is over it."""
    return [bytes(value > rank for value in range(256)) for rank in range(64)]


def _with_bits(values: list[int], wanted: list[int]) -> list[int]:
    """Many blocks have the same bits, so blocks are gathered by value, then values by bit."""
    lanes: dict[int, bytearray] = {}
    for place, value in enumerate(values):
        if value not in lanes:
            lanes[value] = bytearray(len(values) * _LANE)
        lanes[value][place * _LANE] = 1
    sets = dict.fromkeys(wanted, 0)
    for value, lane in lanes.items():
        members = int.from_bytes(lane, "little")
        for bit in wanted:
            if value >> bit & 1:
                sets[bit] |= members
    return list(sets.values())


@cache
def forest(name: str) -> Forest:
    """One of the forests that come with the product."""
    path = Path(__file__).with_name(f"{name}.json")
    return Forest(json.loads(path.read_text(encoding="utf-8")))
