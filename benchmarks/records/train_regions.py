"""Learns the weights of the region ranking from pages whose records are known; seeded, seconds.

    python benchmarks/records/train_regions.py DATA [--write]

DATA has html/<id>.html.gz and ground-truth/<id>.json (a list of records, each a list of XPaths).
Pages whose number leaves 2 when halved and divided by 3 are held back and only measured.
"""

import argparse
from math import exp
from pathlib import Path

from region_pages import Choice, Page, load, measure

from webferry.content.records import region_weights

ROUNDS = 400
RATE = 0.3
DECAY = 0.002


def train(pages: list[Page]) -> dict[str, float]:
    """Weights that make the right families likely, by gradient ascent on their log-likelihood."""
    names = sorted({name for page in pages for choice in page.choices for name in choice.seen})
    weights = dict.fromkeys(names, 0.0)
    useful = [page for page in pages if any(choice.right for choice in page.choices)]
    for turn in range(ROUNDS):
        slope = dict.fromkeys(names, 0.0)
        for page in useful:
            for choice, blame in zip(page.choices, _blame(page.choices, weights), strict=True):
                for name, value in choice.seen.items():
                    slope[name] += blame * value
        rate = RATE * (1 - turn / ROUNDS) + 0.02
        for name in names:
            weights[name] += rate * (slope[name] / len(useful) * 10 - DECAY * weights[name])
    return weights


def _blame(choices: list[Choice], weights: dict[str, float]) -> list[float]:
    scores = [sum(weights[name] * value for name, value in each.seen.items()) for each in choices]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    every = sum(odds)
    good = sum(odd for odd, choice in zip(odds, choices, strict=True) if choice.right) or 1e-9
    return [
        (odd / good if choice.right else 0.0) - odd / every
        for odd, choice in zip(odds, choices, strict=True)
    ]


def _write(weights: dict[str, float]) -> None:
    lines = [f'    "{name}": {weight:.2f},' for name, weight in sorted(weights.items())]
    place = Path(region_weights.__file__)
    head = place.read_text("utf-8").partition("WEIGHTS")[0]
    place.write_text(head + "\n".join(["WEIGHTS: dict[str, float] = {", *lines, "}", ""]), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    pages = load(asked.data)
    seen = [page for page in pages if not page.held_back]
    held = [page for page in pages if page.held_back]
    weights = train(seen)
    print("trained on ", measure(seen, weights))
    print("held back  ", measure(held, weights))
    if asked.write:
        _write(train(pages) if asked.write else weights)


if __name__ == "__main__":
    main()
