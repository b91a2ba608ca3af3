"""Decides whether a page is asked for a list of records or for the one it is about."""

import re

from webferry.content.patterns import later
from webferry.content.records.items import Record
from webferry.content.records.listing import Listing, leaves
from webferry.content.records.page import RecordPage
from webferry.content.records.schema import Wanted
from webferry.content.structured_data import things_within, types_of

_MANY = later(
    r"(?<!\w)(?:all|every|each|list|lists|listing|table|rows|entries|results|все|каждый|список|"
    r"alle|jede\w*|liste|"
    r"tous|toutes|chaque|todos|todas|cada|lista|items|products|articles|jobs|posts|books|events|"
    r"stories|names|"
    r"titles|prices|links|records|offers|hotels|recipes|movies|товары|товаров|цены|produkte|"
    r"artikeln|preise|"
    r"produits|prix des|productos|precios)(?!\w)",
    re.IGNORECASE,
)
_ONE = later(
    r"(?<!\w)(?:the (?:main |current |single )?(?:product|article|item|page|job|book|event|recipe|"
    r"movie|post|price|"
    r"title|author)(?!s)|this (?:product|article|item|page|job|book|event|recipe)|single|details|"
    r"этот|эту|страниц[уы]|товар|das produkt|den artikel|diese[sr]?|le produit|cet article|"
    r"cette page|"
    r"el producto|este|esta)(?!\w)",
    re.IGNORECASE,
)
_SINGLE_TYPES = frozenset(
    [
        "product",
        "productgroup",
        "article",
        "newsarticle",
        "blogposting",
        "jobposting",
        "event",
        "recipe",
        "book",
        "movie",
        "vehicle",
        "car",
        "hotel",
        "restaurant",
        "realestatelisting",
        "course",
    ]
)
_LIST_TYPES = frozenset(
    ["itemlist", "collectionpage", "searchresultspage", "offercatalog", "productcollection"]
)
_SINGLE_OG = ("product", "article", "book", "video", "og:product", "product.item", "profile")
_ANSWERED = 1.6
_BEST_LISTING = _ANSWERED + 1.5
_SMALL = 0.15
# Any page has a name, and what its head says for those who link to it.
_TELLING = frozenset(
    ["price", "sku", "brand", "gtin", "rating", "author", "date", "salary", "isbn"]
)
_NAMED_ONLY = 0.8
_ROWS = 12
# Above this score the page as one record cannot change the decision.
CERTAIN = _ANSWERED


class Choice:
    """Weighs the signs for a list; what the schema says is final."""

    def __init__(self, page: RecordPage, wanted: Wanted, instructions: str) -> None:
        self.page = page
        self.wanted = wanted
        self.told = _said(instructions) + _stated(page)

    def is_single(self) -> bool:
        """Whether no list on the page could change the answer."""
        listed = self.wanted.listed
        return not listed if listed is not None else self.told + _BEST_LISTING <= 0

    def score(self, listing: Listing | None) -> float:
        """The signs for a list, before it is known what the page as one record would give."""
        if self.wanted.listed is not None:
            return 9.0 if self.wanted.listed else -9.0
        if listing is None:
            return -9.0
        shape, share = _shape(self.page, listing), _share(self.page, listing)
        if not self.wanted.fields and share < _SMALL:
            # Every page has small lists; nobody asked for what this one has.
            shape -= 0.3
        return self.told + _ANSWERED * listing.answered(self.wanted) + shape

    def is_list(self, score: float, single: Record, listing: Listing | None) -> bool:
        """The decision, with what the page as one record gave; one row of the list is no answer."""
        asked = len(leaves(self.wanted.fields)) or 1
        rows = _rows(self.page, listing)
        own = {
            key
            for key, trace in single.traces.items()
            if not _is_of(rows, trace.path) and (self.wanted.fields or key in _TELLING)
        }
        if not self.wanted.fields:
            return score - _ANSWERED * (1.0 if own else _NAMED_ONLY) > 0
        return score - _ANSWERED * min(1.0, len(own) / asked) > 0


def _said(instructions: str) -> float:
    text = instructions[:2_000]
    score = 1.8 * bool(_MANY.search(text))
    return score - 2.2 * bool(_ONE.search(text))


def _stated(page: RecordPage) -> float:
    """What the page says it is."""
    kind = page.stated.meta.get("og:type", "").lower()
    score = -1.2 * kind.startswith(
        _SINGLE_OG[:3] if not kind.startswith("og:") else ("og:product",)
    )
    kinds = [
        types_of(thing) for thing in things_within([page.stated.json_ld, page.stated.microdata])
    ]
    main = sum(bool(each & _SINGLE_TYPES) for each in kinds)
    listed = sum(bool(each & _LIST_TYPES) for each in kinds)
    if main == 1 or (main and not listed and any("product" in each for each in kinds) and main < 3):
        score -= 1.2
    elif main > 3:
        score += 1.2
    return score + 0.8 * bool(listed)


def _shape(page: RecordPage, listing: Listing) -> float:
    """How much of the page the list is, and whether the page has a subject before it."""
    records, share = listing.candidate.records, _share(page, listing)
    return (
        0.9 * (share > 0.35)
        + 0.5 * (share > 0.15)
        + 0.4 * (len(records) > 5)
        - 0.3
        - 0.7 * (len(records) < 3)
    )


def _share(page: RecordPage, listing: Listing) -> float:
    """How much of what a page says its list says."""
    outline = page.outline
    said = sum(outline.text_length(root) for row in listing.candidate.records for root in row)
    return said / (outline.text_sums[-1] or 1)


def _is_of(rows: tuple[str, ...], path: str) -> bool:
    """Whether something stands in a row, or holds the rows."""
    return f"{path}/".startswith(rows) or any(row.startswith(f"{path}/") for row in rows[:1])


def _rows(page: RecordPage, listing: Listing | None) -> tuple[str, ...]:
    """Where the first rows of a list stand."""
    records = listing.candidate.records[:_ROWS] if listing else ()
    return tuple(f"{page.outline.xpath(root)}/" for row in records for root in row)
