"""Scores the region ranking: is a family of true records first, or among the first three or five?

    python benchmarks/records/regions.py DATA

A family counts when 70 % of its records are true at exactly the same node and it is at least half
as long as the longest right family. The last line is for the pages that training holds back.
"""

import gzip
import json
import sys
from pathlib import Path

from region_pages import hits_of, is_held_back, true_entries

from webferry.content.document import parse
from webferry.content.records.candidates import candidates
from webferry.content.records.outline import outline_of
from webferry.content.records.ranking import regions


def main() -> None:
    data = Path(sys.argv[1])
    ranks: dict[str, int] = {}
    for path in (data / "ground-truth").glob("*.json"):
        outline = outline_of(
            parse(gzip.decompress((data / "html" / f"{path.stem}.html.gz").read_bytes()))
        )
        truth = true_entries(outline, json.loads(path.read_text("utf-8")))
        longest = max((hits_of(each, truth)[0] for each in candidates(outline)), default=0)
        hits = [hits_of(region.candidate, truth) for region in regions(outline)]
        right = [share >= 0.7 and count * 2 >= longest > 0 for count, share in hits]
        ranks[path.stem] = right.index(True) if any(right) else 1_000
    _say("all      ", list(ranks.values()))
    _say("held back", [rank for name, rank in ranks.items() if is_held_back(name)])


def _say(name: str, ranks: list[int]) -> None:
    shares = (sum(rank < best for rank in ranks) / len(ranks) for best in (1, 3, 5))
    print("{} {} pages: top-1 {:.2f} top-3 {:.2f} top-5 {:.2f}".format(name, len(ranks), *shares))


if __name__ == "__main__":
    main()
