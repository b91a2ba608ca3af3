"""Reads the records of mutilated pages: no crash, no stall, and not a value that is not there.

    python -m benchmarks.records.fuzz DATA [COUNT] [SEED]

DATA has html/<id>.html.gz. Every page is read with a schema, without one, or by a plan.
"""

import gzip
import random
import resource
import sys
import time
from pathlib import Path

from benchmarks.content.fuzz import mutated
from tests.standing import assert_standing
from webferry.content.document import Document, parse
from webferry.content.records.extraction import Extraction, records
from webferry.content.records.plan import Plan

MAX_CPU_S = 5.0
LARGEST = 60_000
SCHEMAS: list[object] = [
    None,
    {"name": "string", "price": "price", "url": "url", "image": "image", "date": "date"},
    [{"title": "string", "rating": "number", "tags": ["string"], "seller": {"name": "string"}}],
    {"sku": "string", "availability": {"enum": ["InStock", "OutOfStock"]}, "year": "integer"},
]
INSTRUCTIONS = ("", "all items", "the product", "every name and price")


def main() -> int:
    folder = Path(sys.argv[1])
    count, seed = (int(each) for each in (*sys.argv[2:4], "20000", "4")[:2])
    dice = random.Random(seed)
    files = sorted(folder.glob("html/*.html.gz"))
    chosen = dice.sample(files, min(60, len(files)))
    pages = [gzip.decompress(path.read_bytes()).decode("utf-8", "replace") for path in chosen]
    pages += [path.read_text("utf-8", "replace") for path in Path("tests/records").glob("*/*.html")]
    slowest, values, plan = 0.0, 0, None
    for number in range(count):
        start = dice.randrange(max(1, len(page := dice.choice(pages)) - LARGEST))
        page = mutated(page[start : start + LARGEST], dice.choice(pages), dice)
        document = parse(page, "https://example.com/a/b-123456")
        began = time.process_time()
        found = read(document, dice, plan)
        slowest = max(slowest, time.process_time() - began)
        assert_standing(document, found)
        values += sum(map(len, found.traces))
        plan = found.plan
        if number % 1000 == 999 or number == count - 1:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            said = f"{values} values, slowest {slowest:.2f} s, peak {peak} MB"
            print(f"{number + 1} pages, {said}", flush=True)
    return int(slowest > MAX_CPU_S)


def read(document: Document, dice: random.Random, plan: Plan | None) -> Extraction:
    """One way to read a page, by lot."""
    if plan and dice.random() < 0.3:
        return records(document, plan=Plan.from_json(plan.to_json()))
    return records(document, dice.choice(SCHEMAS), dice.choice(INSTRUCTIONS))


if __name__ == "__main__":
    raise SystemExit(main())
