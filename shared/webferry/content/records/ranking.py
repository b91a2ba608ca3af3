"""How much a family of entries looks like the records a page is about, whatever is asked of it."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from dataclasses import dataclass
from math import log1p
from statistics import fmean, pstdev

from webferry.content.records.candidates import Candidate, candidates
from webferry.content.records.outline import Outline
from webferry.content.records.region_weights import WEIGHTS

KEPT = 16
_SCORED = 28
_SAMPLE = 8

_CARD = re.compile(r"card|item|product|result|listing|tile|entry|post|row|offer|teaser|record")
_ASIDE = re.compile(
    r"nav|menu|foot|breadcrumb|cookie|consent|filter|facet|pagin|social|share|sidebar|widget"
)
_RELATED = re.compile(r"related|recommend|similar|upsell|recent|also|banner|promo|sponsor|advert")
_MONEY = re.compile(r"[$€£¥₽₹]\s?\d|\d\s?(?:[$€£¥₽₹]|zł|kr|руб|usd|eur)", re.IGNORECASE)
_CHROME = frozenset({"nav", "header", "footer", "aside", "form", "dialog"})


@dataclass(frozen=True, slots=True)
class Region:
    """A family of records and how likely it is the one that the page is about."""

    candidate: Candidate
    score: float


def regions(outline: Outline) -> list[Region]:
    """The likeliest families, the best first."""
    found = candidates(outline)
    found.sort(key=lambda candidate: _mass(outline, candidate), reverse=True)
    scored = [Region(each, _score(features(outline, each))) for each in found[:_SCORED]]
    scored.sort(key=lambda region: region.score, reverse=True)
    return scored[:KEPT]


def features(outline: Outline, candidate: Candidate) -> dict[str, float]:
    """What can be seen without knowing what is wanted; every figure is about 0 to 1."""
    records = candidate.records
    step = max(1, len(records) // _SAMPLE)
    sample = records[::step][:_SAMPLE]
    heads = [record[0] for record in sample]
    page = outline.text_sums[-1] or 1
    lengths = [sum(outline.text_length(root) for root in record) for record in sample]
    usual = fmean(lengths)
    seen = {
        "count": min(1.0, log1p(len(records)) / 5),
        "few": float(len(records) < 4),
        "length": min(1.0, log1p(usual) / 7),
        "short": float(usual < 30),
        "endless": float(usual > 1500),
        "share": min(1.0, usual * len(records) / page),
        "uneven": min(1.5, pstdev(lengths) / (usual or 1)),
        "cousins": float(candidate.kind == "cousins"),
        "run": float(candidate.kind == "run"),
        "start": records[0][0] / len(outline),
    }
    return seen | _inside(outline, sample) | _around(outline, heads, records)


def _inside(outline: Outline, sample: tuple[tuple[int, ...], ...]) -> dict[str, float]:
    count = len(sample)
    spans = [(record[0], outline.ends[record[-1]]) for record in sample]
    tags = [outline.tags[start:end] for start, end in spans]
    texts = ["".join(outline.texts[start:end])[:600] for start, end in spans]
    sizes = [sum(1 for tag in each if tag) for each in tags]
    return {
        "links": sum("a" in each for each in tags) / count,
        "images": sum("img" in each for each in tags) / count,
        "headings": sum(any(tag in each for tag in ("h2", "h3", "h4")) for each in tags) / count,
        "money": sum(bool(_MONEY.search(text)) for text in texts) / count,
        "digits": sum(any(map(str.isdigit, text)) for text in texts) / count,
        "various": len(set(texts)) / count,
        "fields": min(1.0, log1p(fmean(sum(1 for tag in each if not tag) for each in tags)) / 3),
        "size": min(1.0, log1p(fmean(sizes)) / 5),
        "bare": float(fmean(sizes) < 2.5),
    }


def _around(
    outline: Outline, heads: list[int], records: tuple[tuple[int, ...], ...]
) -> dict[str, float]:
    middle = heads[len(heads) // 2]
    tag, sign = outline.tags[middle], outline.signs[middle]
    parent = outline.parents[middle]
    above = [middle, *outline.ancestors(middle)]
    names = " ".join(outline.signs[entry] for entry in above[:12])[:1200]
    parents = {outline.parents[record[0]] for record in records}
    wrapped = sum(outline.kids[outline.parents[head]] == 1 for head in heads)
    hollow = sum(outline.kids[head] == 1 for head in heads)
    kept = sum(outline.text_sums[outline.ends[each]] - outline.text_sums[each] for each in parents)
    said = sum(outline.text_length(root) for record in records for root in record)
    return {
        "card": float(bool(_CARD.search(sign.partition(".")[2]))),
        "card_above": float(bool(_CARD.search(outline.signs[parent].partition(".")[2]))),
        "article": float(tag == "article"),
        "li": float(tag == "li"),
        "tr": float(tag == "tr"),
        "cell": float(tag in ("td", "th", "option", "dd", "dt")),
        "inline": float(tag in ("a", "span", "b", "i", "em", "strong", "label")),
        "section": float(tag == "section"),
        "chrome": float(any(outline.tags[entry] in _CHROME for entry in above)),
        "main": float(any(outline.tags[entry] == "main" for entry in above)),
        "in_record": float(any(outline.tags[entry] in ("li", "article") for entry in above[1:])),
        "in_table": float(tag != "tr" and any(outline.tags[entry] == "tr" for entry in above)),
        "aside": float(bool(_ASIDE.search(names))),
        "related": float(bool(_RELATED.search(names))),
        "wrapped": wrapped / len(heads),
        "hollow": hollow / len(heads),
        "fills": min(1.0, said / (kept or 1)),
        "parents": min(1.0, len(parents) / len(records)),
    }


def _score(seen: dict[str, float]) -> float:
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in seen.items())


def _mass(outline: Outline, candidate: Candidate) -> float:
    """Text, but a family of many small ones before one of two halves of the page."""
    records = candidate.records
    said = sum(outline.text_length(root) for record in records[:200] for root in record)
    return float(min(said, 20_000) ** 0.5 * min(len(records), 20) ** 0.8)
