"""A forest of small decision trees, asked about all blocks of a page at once.

A set of blocks is one integer with a byte for each block, which holds 1 when the block is in it.
A tree asks at most eight questions, so the answers of a block fit into one byte, and a table with
a leaf for each such byte turns the answers of all blocks into their leaves in one call.
"""

import json
from bisect import bisect_left
from functools import cache, partial
from math import exp
from pathlib import Path
from typing import Any, Protocol

MOST_QUESTIONS = 8
# Two leaves fit into a byte, so that sums are spread over two bytes only for every other tree.
HIGHEST_LEAF = 127
_EVERY_ANSWER = 1 << MOST_QUESTIONS
# For each place in a byte of answers, those bytes that have it; a byte for each of them again.
_EVERY_LANE = int.from_bytes(b"\1" * _EVERY_ANSWER, "little")
_LANES = [
    int.from_bytes(bytes(answers >> place & 1 for answers in range(_EVERY_ANSWER)), "little")
    for place in range(MOST_QUESTIONS)
]


class Known(Protocol):
    """What is known of the blocks of a page."""

    columns: dict[str, list[float]]
    bits: dict[str, list[int]]


class Forest:
    """Trees in preorder: a number from 0 on asks a question, one below 0 is a leaf."""

    def __init__(self, model: dict[str, Any]) -> None:
        self._thresholds: dict[str, list[float]] = model["thresholds"]
        self._bits: dict[str, list[int]] = model["bits"]
        self._trees = [_compiled(tree) for tree in model["trees"]]
        self._step: float = model["step"]
        self._start: float = model["start"]

    def sums(self, known: Known, count: int) -> list[int]:
        """For each block, what its leaves add up to."""
        questions = self._questions(known, count)
        size = count + count % 2
        low = int.from_bytes(b"\xff\0" * (size // 2), "little")
        even = odd = pair = 0
        for number, (asked, table) in enumerate(self._trees, 1):
            answers = 0
            for code in asked:
                answers = answers << 1 | questions[code]
            leaves = answers.to_bytes(size, "little").translate(table)
            pair += int.from_bytes(leaves, "little")
            if not number % 2:
                even += pair & low
                odd += pair >> 8 & low
                pair = 0
        even += pair & low
        odd += pair >> 8 & low
        found = [0] * size
        found[::2] = memoryview(even.to_bytes(size, "little")).cast("H")
        found[1::2] = memoryview(odd.to_bytes(size, "little")).cast("H")
        return found[:count]

    def chances(self, known: Known, count: int) -> list[float]:
        """For each block, how likely a word of it is wanted."""
        start, step = self._start, self._step
        return [1 / (1 + exp(-start - step * each)) for each in self.sums(known, count)]

    def _questions(self, known: Known, count: int) -> list[int]:
        """The sets of blocks over each threshold of each feature, and with each bit."""
        everything = int.from_bytes(b"\1" * count, "little")
        sets: list[int] = []
        for name, thresholds in self._thresholds.items():
            values = known.columns[name]
            if values[0] is values[-1] and values.count(values[0]) == count:
                sets += [everything if values[0] > each else 0 for each in thresholds]
            else:
                ranks = bytes(map(partial(bisect_left, thresholds), values))
                sets += [
                    int.from_bytes(ranks.translate(table), "little")
                    for table in _tables()[: len(thresholds)]
                ]
        for name, wanted in self._bits.items():
            sets += _with_bits(known.bits[name], wanted)
        return sets


def _compiled(tree: list[int]) -> tuple[list[int], bytes]:
    """The questions of a tree, the highest bit first, and its leaf for every byte of answers."""
    asked = list(dict.fromkeys(code for code in tree if code >= 0))
    waiting = [_EVERY_LANE]
    table = 0
    for code in tree:
        here = waiting.pop()
        if code < 0:
            table += here * ~code
            continue
        yes = here & _LANES[len(asked) - 1 - asked.index(code)]
        waiting += (yes, here ^ yes)
    return asked, table.to_bytes(_EVERY_ANSWER, "little")


@cache
def _tables() -> list[bytes]:
    """For each rank a translation: 1 for what is over it."""
    return [bytes(value > rank for value in range(256)) for rank in range(64)]


def _with_bits(values: list[int], wanted: list[int]) -> list[int]:
    """Many blocks have the same bits, so blocks are gathered by value, then values by bit."""
    lanes: dict[int, bytearray] = {}
    for place, value in enumerate(values):
        if value not in lanes:
            lanes[value] = bytearray(len(values))
        lanes[value][place] = 1
    sets = dict.fromkeys(wanted, 0)
    every = sum(1 << bit for bit in wanted)
    for value, lane in lanes.items():
        members = int.from_bytes(lane, "little")
        left = value & every
        while left:
            bit = left.bit_length() - 1
            sets[bit] |= members
            left ^= 1 << bit
    return list(sets.values())


@cache
def forest(name: str) -> Forest:
    """One of the forests that come with the product."""
    path = Path(__file__).with_name(f"{name}.json")
    return Forest(json.loads(path.read_text(encoding="utf-8")))
