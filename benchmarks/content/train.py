"""Trains the forests that find main content: `train.py DATA OUT`, in an environment with lightgbm.

It needs lightgbm, numpy, GNU diff and what the content room needs. A fifth of the sites (fold 0) is
held out for the figures that are printed. The forests that are written have seen all sites: those
are shipped. With `--held-out` they lack that fold: `bench.py --fold 0` then tells honest figures of
the Markdown. With `--cross` each of the other folds is held out in turn: to tune by.
"""

import argparse
import json
import sys
from array import array
from collections.abc import Iterable
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from benchmarks.content.labels import shares, words_of
from benchmarks.content.pages import FOLDS, MarkedPage, marked_pages
from benchmarks.content.scores import f1
from benchmarks.content.trees import as_model
from webferry.content.document import parse
from webferry.content.main_content.blocks import Blocks
from webferry.content.main_content.choice import enough
from webferry.content.main_content.features import Features
from webferry.content.main_content.forest import MOST_QUESTIONS, Forest
from webferry.content.main_content.sayings import SAYINGS
from webferry.content.main_content.signs import SIGNS

_BITS = {"says": len(SAYINGS), "under": len(SAYINGS), "signs": len(SIGNS), "near": len(SIGNS)}
_ARTICLE = "article"
_ROUNDS = 400
_SETTINGS = {
    "objective": "cross_entropy",
    "num_leaves": MOST_QUESTIONS + 1,
    "learning_rate": 0.085,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 15,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
# How much the pages that are no articles teach a forest.
_HEADS = {"main": 1.0, "article": 0.15}


class Row:
    """One page as the trainer sees it."""

    def __init__(self, page: MarkedPage) -> None:
        document = parse(page.body, page.url)
        blocks = Blocks(document)
        self.kind, self.fold = page.kind, page.fold
        self.truth = words_of(page.main)
        self.words = [words_of(block.text) for block in blocks.blocks]
        self.columns: dict[str, Any] = {}
        self.bits: dict[str, list[int]] = {}
        if not self.words:
            return
        known = Features(document, blocks)
        self.columns = {name: array("d", values) for name, values in known.columns.items()}
        self.bits = known.bits
        self.shares = np.array(shares(self.words, self.truth))
        # Long blocks matter more, but not in proportion; pages matter alike.
        weights = np.array([len(words) for words in self.words]) ** 0.7
        self.weights = weights * 1000 / (weights.sum() + 1)

    @property
    def names(self) -> list[str]:
        return [*self.columns, *(f"{name}@{bit}" for name, n in _BITS.items() for bit in range(n))]

    @property
    def matrix(self) -> np.ndarray:
        bits = [
            (np.array(self.bits[name], dtype=np.uint64) >> np.uint64(bit)) & np.uint64(1)
            for name, count in _BITS.items()
            for bit in range(count)
        ]
        return np.stack([*self.columns.values(), *bits], axis=1).astype(np.float32)


def main() -> int:
    """Trains both forests twice: once to be tested, once to be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held-out", action="store_true", help="write forests that lack fold 0")
    parser.add_argument("--cross", action="store_true", help="only print figures of folds 1 to 4")
    wanted = parser.parse_args()
    with Pool(2) as pool:
        rows = [row for row in pool.imap(Row, marked_pages(wanted.data), 8) if row.words]
    for head, others in _HEADS.items():
        if wanted.cross:
            _cross(head, [row for row in rows if row.fold], others)
            continue
        model = _grow((row for row in rows if row.fold), others)
        _report(head, [(Forest(model), row) for row in rows if not row.fold])
        if not wanted.held_out:
            model = _grow(rows, others)
        text = json.dumps(model, separators=(",", ":"))
        (wanted.out / f"{head}.json").write_text(text + "\n", encoding="utf-8")
    return 0


def _cross(head: str, rows: list[Row], others: float) -> None:
    found: list[tuple[Forest, Row]] = []
    for fold in range(1, FOLDS):
        forest = Forest(_grow((row for row in rows if row.fold != fold), others))
        found += [(forest, row) for row in rows if row.fold == fold]
    _report(head, found)


def _grow(rows: Iterable[Row], others: float) -> dict[str, Any]:
    rows = list(rows)
    weights = [row.weights * (1.0 if row.kind == _ARTICLE else others) for row in rows]
    data = lightgbm.Dataset(
        np.concatenate([row.matrix for row in rows]),
        label=np.concatenate([row.shares for row in rows]),
        weight=np.concatenate(weights),
        feature_name=rows[0].names,
        params=_SETTINGS,
    )
    return as_model(lightgbm.train(_SETTINGS, data, _ROUNDS).dump_model())


def _report(head: str, tested: list[tuple[Forest, Row]]) -> None:
    kinds: dict[str, list[float]] = {}
    for forest, row in tested:
        if head == _ARTICLE and row.kind != _ARTICLE:
            continue
        chances = forest.chances(row, len(row.words))
        verdicts = enough(chances, [len(words) for words in row.words])
        kept = [
            word
            for words, stays in zip(row.words, verdicts, strict=True)
            for word in words
            if stays
        ]
        kinds.setdefault(row.kind, []).append(f1(kept, row.truth)[0])
    every = [score for scores in kinds.values() for score in scores]
    parts = "  ".join(f"{kind} {sum(s) / len(s):.3f}" for kind, s in sorted(kinds.items()))
    sys.stdout.write(f"{head}: F1 {sum(every) / len(every):.4f} on {len(every)} pages  {parts}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
