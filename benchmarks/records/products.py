"""Scores one-product pages: price, sku, availability, brand and gtin, as precision, recall and F1.

    python benchmarks/records/products.py DATA [--half seen|held] [--errors]

DATA has ground-truth.json (id → key → accepted values) and html/<id>.html.gz. Every
third page is `held`: its errors are never printed, so that rules are not fitted to it.
"""

import argparse
import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from webferry.content.document import parse
from webferry.content.records.extraction import records
from webferry.content.records.values.money import read_money

SCHEMA = {
    "name": "string",
    "price": "number",
    "sku": "string",
    "availability": {"type": "string", "enum": ["InStock", "OutOfStock"]},
    "brand": "string",
    "gtin": "string",
}
KEYS = [key for key in SCHEMA if key != "name"]


@dataclass(slots=True)
class Score:
    """Right, wrong and missed values."""

    right: int = 0
    said: int = 0
    true: int = 0

    def __str__(self) -> str:
        precision, recall = self.right / (self.said or 1), self.right / (self.true or 1)
        both = 2 * precision * recall / ((precision + recall) or 1)
        return f"F1 {both:.3f}  P {precision:.3f}  R {recall:.3f}  ({self.true} true)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=("seen", "held", "all"), default="all")
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    truth = json.loads((asked.data / "ground-truth.json").read_text("utf-8"))
    scores = {key: Score() for key in KEYS}
    times: list[float] = []
    singles = 0
    for number, (name, true) in enumerate(sorted(truth.items())):
        held = number % 3 == 0
        if asked.half not in ("all", "held" if held else "seen"):
            continue
        page = gzip.decompress((asked.data / "html" / f"{name}.html.gz").read_bytes())
        start = process_time()
        found = records(parse(page, true["url"]), SCHEMA, "Extract the product")
        times.append((process_time() - start) * 1000)
        singles += found.kind == "single"
        item = found.items[0] if found.items else {}
        for key in KEYS:
            right = _count(scores[key], key, item.get(key), true.get(key, []))
            if asked.errors and not held and not right:
                trace = found.traces[0].get(key) if found.traces else None
                print(
                    name[:6],
                    true["url"][:60],
                    key,
                    "said",
                    item.get(key),
                    "true",
                    true.get(key),
                    trace,
                )
    for key in KEYS:
        print(f"{key:13} {scores[key]}")
    print(f"single {singles}/{len(times)}  median {median(times):.1f} ms CPU with parsing")


def _count(score: Score, key: str, said: object, true: list[str]) -> bool:
    score.said += said is not None
    score.true += bool(true)
    right = said is not None and any(_same(key, said, each) for each in true)
    score.right += right
    return right or (said is None and not true)


def _same(key: str, said: object, true: str) -> bool:
    if key == "price":
        money = read_money(true)
        return (
            money is not None and isinstance(said, int | float) and abs(money.amount - said) < 0.005
        )
    return "".join(str(said).casefold().split()) == "".join(true.casefold().split())


if __name__ == "__main__":
    main()
