"""How much a family of entries looks like the records a page is about, whatever is asked of it."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from dataclasses import dataclass
from math import log1p, sqrt

from webferry.content.patterns import later
from webferry.content.records.candidates import Candidate, heaviest
from webferry.content.records.outline import Outline
from webferry.content.records.region_weights import WEIGHTS

KEPT = 16
_SCORED = 28
_SAMPLE = 8

_CARD = later(r"card|item|product|result|listing|tile|entry|post|row|offer|teaser|record")
_ASIDE = later(
    r"nav|menu|foot|breadcrumb|cookie|consent|filter|facet|pagin|social|share|sidebar|widget"
)
_RELATED = later(r"related|recommend|similar|upsell|recent|also|banner|promo|sponsor|advert")
_MONEY = later(r"[$€£¥₽₹]\s?\d|\d\s?(?:[$€£¥₽₹]|zł|kr|руб|usd|eur)", re.IGNORECASE)
_DIGIT = later(r"\d")
_CHROME = frozenset({"nav", "header", "footer", "aside", "form", "dialog"})


@dataclass(frozen=True, slots=True)
class Region:
    """A family of records and how likely it is the one that the page is about."""

    candidate: Candidate
    score: float


def regions(outline: Outline) -> list[Region]:
    """The likeliest families, the best first."""
    found = heaviest(outline, _SCORED)
    scored = [Region(each, likelihood(outline, each)) for each in found]
    scored.sort(key=lambda region: region.score, reverse=True)
    return scored[:KEPT]


def likelihood(outline: Outline, candidate: Candidate) -> float:
    """How likely a family is the one that the page is about."""
    seen = features(outline, candidate)
    return sum([WEIGHTS.get(name, 0.0) * value for name, value in seen.items()])


def features(outline: Outline, candidate: Candidate) -> dict[str, float]:
    """What can be seen without knowing what is wanted; every figure is about 0 to 1."""
    records, sums, ends = candidate.records, outline.text_sums, outline.ends
    step = max(1, len(records) // _SAMPLE)
    sample = records[::step][:_SAMPLE]
    page = sums[-1] or 1
    lengths = [sum([sums[ends[root]] - sums[root] for root in record]) for record in sample]
    usual = sum(lengths) / len(lengths)
    seen = {
        "count": min(1.0, log1p(len(records)) / 5),
        "few": float(len(records) < 4),
        "length": min(1.0, log1p(usual) / 7),
        "short": float(usual < 30),
        "endless": float(usual > 1500),
        "share": min(1.0, usual * len(records) / page),
        "uneven": min(1.5, _deviation(lengths, usual) / (usual or 1)),
        "cousins": float(candidate.kind == "cousins"),
        "run": float(candidate.kind == "run"),
        "start": records[0][0] / len(outline),
    }
    return seen | _inside(outline, sample) | _around(outline, sample, records)


def _deviation(values: list[int], mean: float) -> float:
    return sqrt(sum([(value - mean) ** 2 for value in values]) / len(values))


def _inside(outline: Outline, sample: tuple[tuple[int, ...], ...]) -> dict[str, float]:
    count = len(sample)
    spans = [(record[0], outline.ends[record[-1]]) for record in sample]
    tags = [outline.tags[start:end] for start, end in spans]
    texts = ["".join(outline.texts[start:end])[:600] for start, end in spans]
    said = [each.count("") for each in tags]
    size = (sum(map(len, tags)) - sum(said)) / count
    return {
        "links": sum(["a" in each for each in tags]) / count,
        "images": sum(["img" in each for each in tags]) / count,
        "headings": sum(["h2" in each or "h3" in each or "h4" in each for each in tags]) / count,
        "money": sum([bool(_MONEY.search(text)) for text in texts]) / count,
        "digits": sum([bool(_DIGIT.search(text)) for text in texts]) / count,
        "various": len(set(texts)) / count,
        "fields": min(1.0, log1p(sum(said) / count) / 3),
        "size": min(1.0, log1p(size) / 5),
        "bare": float(size < 2.5),
    }


def _around(
    outline: Outline,
    sample: tuple[tuple[int, ...], ...],
    records: tuple[tuple[int, ...], ...],
) -> dict[str, float]:
    parents, kids, signs = outline.parents, outline.kids, outline.signs
    heads = [record[0] for record in sample]
    middle = heads[len(heads) // 2]
    tag, sign, parent = outline.tags[middle], signs[middle], parents[middle]
    above = list(outline.ancestors(middle))
    tags = [outline.tags[entry] for entry in above]
    names = " ".join([sign, *(signs[entry] for entry in above[:11])])[:1200]
    holders = {parents[record[0]] for record in records}
    return {
        "card": float(bool(_CARD.search(sign.partition(".")[2]))),
        "card_above": float(bool(_CARD.search(signs[parent].partition(".")[2]))),
        "article": float(tag == "article"),
        "li": float(tag == "li"),
        "tr": float(tag == "tr"),
        "cell": float(tag in ("td", "th", "option", "dd", "dt")),
        "inline": float(tag in ("a", "span", "b", "i", "em", "strong", "label")),
        "section": float(tag == "section"),
        "chrome": float(tag in _CHROME or not _CHROME.isdisjoint(tags)),
        "main": float(tag == "main" or "main" in tags),
        "in_record": float("li" in tags or "article" in tags),
        "in_table": float(tag != "tr" and "tr" in tags),
        "aside": float(bool(_ASIDE.search(names))),
        "related": float(bool(_RELATED.search(names))),
        "wrapped": sum([kids[parents[head]] == 1 for head in heads]) / len(heads),
        "hollow": sum([kids[head] == 1 for head in heads]) / len(heads),
        "fills": _filled(outline, holders, records),
        "parents": min(1.0, len(holders) / len(records)),
    }


def _filled(outline: Outline, holders: set[int], records: tuple[tuple[int, ...], ...]) -> float:
    """How much of what their parents say the records say."""
    sums, ends = outline.text_sums, outline.ends
    kept = sum([sums[ends[each]] - sums[each] for each in holders])
    said = sum([sums[ends[root]] - sums[root] for record in records for root in record])
    return min(1.0, said / (kept or 1))
