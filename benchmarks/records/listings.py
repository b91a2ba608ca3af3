"""Scores the hand-made pages of tests/records: micro precision, recall and F1 over their values.

python benchmarks/records/listings.py [CASES] [--errors]
"""

import argparse
import json
from pathlib import Path
from typing import Any

from webferry.content.document import parse
from webferry.content.records.extraction import records

CASES = Path(__file__).parents[2] / "tests" / "records"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path, nargs="?", default=CASES)
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    right = said = true = perfect = 0
    folders = sorted(path.parent for path in asked.cases.glob("*/case.json"))
    for folder in folders:
        case = json.loads((folder / "case.json").read_text("utf-8"))
        found = items_of(folder, case)
        counts = count(found, case["items"])
        right, said, true = right + counts[0], said + counts[1], true + counts[2]
        perfect += found == case["items"]
        if asked.errors and found != case["items"]:
            print(folder.name, *counts, json.dumps(found, ensure_ascii=False)[:600], sep="  ")
    precision, recall = right / (said or 1), right / (true or 1)
    both = 2 * precision * recall / ((precision + recall) or 1)
    print(f"{len(folders)} pages, {perfect} perfect")
    print(f"micro-F1 {both:.3f}  P {precision:.3f}  R {recall:.3f}")


def items_of(folder: Path, case: dict[str, Any]) -> list[dict[str, Any]]:
    """What we find on a page."""
    page = parse((folder / "page.html").read_bytes(), case["url"])
    return records(page, case["schema"], case["instructions"]).items


def count(found: list[dict[str, Any]], true: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Right values, said values and true values, item by item in order."""
    said, wanted = (sum(map(_filled, items)) for items in (found, true))
    right = sum(
        value is not None and item.get(key) == value
        for item, other in zip(found, true, strict=False)
        for key, value in other.items()
    )
    return right, said, wanted


def _filled(item: dict[str, Any]) -> int:
    return sum(value is not None for value in item.values())


if __name__ == "__main__":
    main()
