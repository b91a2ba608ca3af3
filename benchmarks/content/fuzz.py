"""Mutilates real pages, seeded, and reads each: no crash, no stall. `python -m … DATA [PAGES]`."""

import gzip
import random
import resource
import sys
import time
from pathlib import Path

from webferry.content.document import parse
from webferry.content.main_content.choice import Part, keep_part
from webferry.content.markdown.rendering import to_markdown
from webferry.content.metadata import metadata_of

MAX_CPU_S = 5.0
BROKEN = "<>&\"'/=\0\ufffd \n"
TAGS = ("<table>", "</td>", "<li>", "<pre>", "</a>", "<svg>", "<math>", "<select>", "<b>", "</p>")


def mutated(page: str, other: str, dice: random.Random) -> str:
    """Pieces cut, swapped, spliced in from another page, and signs flipped."""
    for _ in range(dice.randrange(1, 10)):
        start, end = sorted(dice.randrange(len(page) + 1) for _ in range(2))
        kind = dice.randrange(4)
        if kind == 0:
            page = page[:start] + page[min(end, start + 2000) :]
        elif kind == 1:
            page = page[:start] + dice.choice(BROKEN) + page[start + 1 :]
        elif kind == 2:
            cut = dice.randrange(len(other) + 1)
            page = page[:start] + other[cut : cut + 3000] + page[start:]
        else:
            page = page[:start] + dice.choice(TAGS) * dice.randrange(1, 40) + page[start:]
    return page


def read(page: str) -> None:
    """All that is asked of a page: what it says of itself, its Markdown whole and in part."""
    document = parse(page, "https://example.com/a/b")
    metadata_of(document)
    whole = document.copy()
    keep_part(document, Part.MAIN)
    to_markdown(document)
    to_markdown(whole)


def main() -> int:
    """Each page is read whole; the slowest and the peak are told at the end."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    dice = random.Random(4)
    files = sorted(folder.glob("html/*.html.gz"))
    bodies = [gzip.decompress(path.read_bytes())[:300_000] for path in dice.sample(files, 200)]
    pages = [body.decode("utf-8", "replace")[:60_000] for body in bodies]
    slowest = 0.0
    for number in range(count):
        page = mutated(dice.choice(pages), dice.choice(pages), dice)
        started = time.process_time()
        read(page)
        slowest = max(slowest, time.process_time() - started)
        if number % 2000 == 1999:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            print(f"{number + 1} pages, slowest {slowest:.2f} s, peak {peak} MB", flush=True)
    return int(slowest > MAX_CPU_S)


if __name__ == "__main__":
    raise SystemExit(main())
