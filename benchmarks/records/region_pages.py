"""Pages whose records are known, with every family of entries on them and whether it is right."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from webferry.content.document import parse
from webferry.content.records.candidates import Candidate, candidates
from webferry.content.records.outline import Outline, outline_of
from webferry.content.records.ranking import features


@dataclass(frozen=True, slots=True)
class Choice:
    """One family of a page."""

    seen: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    name: str
    held_back: bool
    choices: list[Choice]


def load(data: Path) -> list[Page]:
    """Every page of the folder."""
    names = sorted((path.stem for path in (data / "ground-truth").glob("*.json")), key=int)
    return [_page(data, name) for name in names]


def measure(pages: list[Page], weights: dict[str, float]) -> str:
    """How often the right family stands first, and among the first three and five."""
    ranks = [_rank(page, weights) for page in pages]
    shares = (sum(rank < best for rank in ranks) / len(ranks) for best in (1, 3, 5))
    return "{} pages, top-1 {:.2f} top-3 {:.2f} top-5 {:.2f}".format(len(pages), *shares)


def _rank(page: Page, weights: dict[str, float]) -> int:
    scored = sorted(
        page.choices,
        key=lambda each: -sum(weights.get(name, 0) * value for name, value in each.seen.items()),
    )
    return next((place for place, each in enumerate(scored) if each.right), 1000)


def _page(data: Path, name: str) -> Page:
    outline = outline_of(parse(gzip.decompress((data / "html" / f"{name}.html.gz").read_bytes())))
    truth = true_entries(outline, json.loads((data / "ground-truth" / f"{name}.json").read_text()))
    families = candidates(outline)
    hits = [hits_of(family, truth) for family in families]
    largest = max((count for count, _ in hits), default=0)
    choices = [
        Choice(features(outline, family), share >= 0.7 and count * 2 >= largest > 0)
        for family, (count, share) in zip(families, hits, strict=True)
    ]
    return Page(name, is_held_back(name), choices)


def is_held_back(name: str) -> bool:
    """Every third page is only measured."""
    return int(name) // 2 % 3 == 2


def hits_of(family: Candidate, truth: set[int]) -> tuple[int, float]:
    """How many records of a family are true ones, at exactly the same entry, and which share."""
    count = sum(any(root in truth for root in record) for record in family.records)
    return count, count / len(family.records)


def true_entries(outline: Outline, records: list[list[str]]) -> set[int]:
    """The entries that the truth's XPaths name."""
    wanted = {path for record in records for path in record}
    return {
        entry
        for entry in range(len(outline))
        if outline.tags[entry] and _path(outline, entry) in wanted
    }


def _path(outline: Outline, entry: int) -> str:
    return outline.xpath(entry).removeprefix("/html").replace("/body", "/body[1]", 1)
