"""Times records() on real list pages, in CPU milliseconds without parsing.

python benchmarks/records/speed.py DATA [--profile]
"""

import argparse
import cProfile
import gzip
import pstats
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from webferry.content.document import Document, parse
from webferry.content.records.extraction import records

SCHEMA = {"name": "string", "price": "number", "url": "url", "image": "image"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    pages = [
        parse(gzip.decompress(path.read_bytes()))
        for path in sorted((asked.data / "html").glob("*.gz"))
    ]
    if asked.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: [_time(page) for page in pages])
        pstats.Stats(profile).sort_stats("tottime").print_stats(32)
        return
    times = [min(_time(page) for _ in range(2)) for page in pages]
    p95 = quantiles(times, n=20)[-1]
    print(f"{len(times)} pages, median {median(times):.1f} ms, p95 {p95:.1f}, max {max(times):.0f}")


def _time(page: Document) -> float:
    start = process_time()
    records(page, SCHEMA, "all items")
    return (process_time() - start) * 1000


if __name__ == "__main__":
    main()
