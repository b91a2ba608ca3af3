"""All blocks at once get the verdicts that walking the trees block by block gives."""

import json
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.content.document import parse
from webferry.content.main_content import choice
from webferry.content.main_content.blocks import Blocks as Pieces
from webferry.content.main_content.features import Features
from webferry.content.main_content.forest import HIGHEST_LEAF, MOST_QUESTIONS, Forest

MODEL: dict[str, Any] = {
    "thresholds": {"words": [2.0, 9.5], "linked": [0.5]},
    "bits": {"signs": [0, 3]},
    # Questions: 0 words over 2, 1 words over 9.5, 2 linked over 0.5, 3 and 4 the two bits.
    "trees": [[1, 0, ~0, ~5, 2, ~9, ~1], [4, ~7, 3, ~2, ~0]],
    "step": 0.5,
    "start": -4.0,
}


@dataclass
class Blocks:
    """What is known of some blocks."""

    columns: dict[str, list[float]] = field(default_factory=dict)
    bits: dict[str, list[int]] = field(default_factory=dict)


def leaves(words: float, linked: float, signs: int) -> int:
    """The two trees of MODEL, walked."""
    by_links = 1 if linked > 0.5 else 9
    by_words = 5 if words > 2 else 0
    first = by_links if words > 9.5 else by_words
    second = (0 if signs & 1 else 2) if signs & 8 else 7
    return first + second


BLOCK = st.tuples(
    st.sampled_from([0.0, 2.0, 2.1, 9.0, 9.5, 10.0, 500.0]),
    st.sampled_from([0.0, 0.5, 0.6, 1.0]),
    st.integers(0, 2**60),
)


@given(st.lists(BLOCK, min_size=1, max_size=40))
def test_the_forest_says_what_its_trees_say(blocks: list[tuple[float, float, int]]) -> None:
    words, linked, signs = zip(*blocks, strict=True)
    known = Blocks({"words": list(words), "linked": list(linked)}, {"signs": list(signs)})
    forest = Forest(MODEL)
    assert forest.sums(known, len(blocks)) == [leaves(*block) for block in blocks]
    assert forest.chances(known, len(blocks)) == pytest.approx(
        [1 / (1 + exp(4 - leaves(*block) / 2)) for block in blocks]
    )


@given(
    st.lists(
        st.tuples(st.floats(0.01, 0.99), st.integers(0, 400)).filter(lambda block: block[1]),
        min_size=1,
        max_size=60,
    )
)
def test_no_more_and_no_fewer_words_promise_a_better_score(blocks: list[tuple[float, int]]) -> None:
    chances, words = map(list, zip(*blocks, strict=True))
    kept = choice.enough(chances, words)
    hoped = sum(chance * size for chance, size in blocks)

    def promised(least: float) -> float:
        taken = [block for block in blocks if block[0] > least]
        right = sum(chance * size for chance, size in taken)
        return 2 * right / (sum(size for _, size in taken) + hoped)

    best = max(promised(least - 1e-9) for least in chances)
    least = min(max(0.55 * best, 0.15), 0.5)
    assert kept == [chance > least for chance in chances] or least == pytest.approx(
        min(chances, key=lambda chance: abs(chance - least))
    )


@pytest.mark.parametrize("name", ["main", "article"])
def test_a_shipped_forest_asks_only_what_is_known(name: str) -> None:
    file = Path(str(choice.__file__)).with_name(f"{name}.json")
    model = json.loads(file.read_text(encoding="utf-8"))
    document = parse("<h1>One</h1><p>Two</p>")
    known = Features(document, Pieces(document))
    assert set(model["thresholds"]) <= set(known.columns)
    assert {bit for bits in model["bits"].values() for bit in bits} <= set(range(64))
    asked = sum(map(len, model["thresholds"].values())) + sum(map(len, model["bits"].values()))
    assert max(code for tree in model["trees"] for code in tree) == asked - 1
    assert file.stat().st_size < 300_000


def test_no_leaf_and_no_sum_of_leaves_runs_over_its_lane() -> None:
    for name in ("main", "article"):
        file = Path(str(choice.__file__)).with_name(f"{name}.json")
        trees = json.loads(file.read_text(encoding="utf-8"))["trees"]
        assert sum(max(~code for code in tree) for tree in trees) < 2**16
        assert max(~code for tree in trees for code in tree) <= HIGHEST_LEAF
        assert all(len({code for code in tree if code >= 0}) <= MOST_QUESTIONS for tree in trees)
