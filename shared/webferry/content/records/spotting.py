"""Finds single values by looks and place: the heading, the price near it, marked-up texts."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from webferry.content.records.concepts import Concept, likeness, phrase
from webferry.content.records.items import Trace
from webferry.content.records.markup import (
    STRUCK,
    is_optional,
    nearest_moment,
    price_text,
    says_it_itself,
    was_asked,
)
from webferry.content.records.page import RecordPage
from webferry.content.records.schema import Field
from webferry.content.records.stock import ELSEWHERE, state_shown
from webferry.content.records.values.money import read_money

_PRICE = re.compile(r"price|prix|preis|precio|cena|amount|cost")
_NAMES = ("itemprop", "class", "id", "data-testid", "data-test", "data-qa", "data-field")
_VALUES = ("content", "datetime", "value", "href", "src")
_SAME = 0.8
MAX_NAMES = 4_000
_IDENTITY = ("data-sku", "data-product-sku", "data-product-id", "data-productid", "data-item-id")
_UNREADABLE = frozenset(["select", "option", "header", "footer", "nav", "label", "form"])
_URL_ID = re.compile(r"[A-Za-z\d]{4,30}")
_FIGURES = re.compile(r"\d{6,30}")
_PARTED = re.compile(r"(?<![\w./-])\d{2,10}(?:[./-]\d{2,10}){1,3}(?![\w./-])")
_LONG_ID = 6
_TAIL = re.compile(r"^.*[A-Za-z](?=\d{6,}$)")
_STATE_CLASS = re.compile(r"avail|stock|verf|dispo|nalich|lager")


class Spotter:
    """Looks over one page."""

    def __init__(self, page: RecordPage) -> None:
        self.page = page
        self.outline = page.outline

    def find(self, field: Field, concept: Concept | None) -> list[Trace]:
        """What looks like this key, the best first."""
        finders: dict[str, Callable[[], list[Trace]]] = {
            "name": self._name,
            "price": self._price,
            "original_price": self._old_price,
            "currency": self._price,
            "availability": self._availability,
            "sku": self._identity,
            "id": self._identity,
            "date": self._dates,
        }
        marked = self._marked(field)
        special = finders.get(concept.name) if concept else None
        if special is None:
            return marked
        found = special()
        return (
            [*marked, *found]
            if concept and concept.name in ("sku", "id", "date")
            else [*found, *marked]
        )

    @cached_property
    def heading(self) -> int:
        """The heading that names the page: the one most like its title."""
        title = set(phrase(self.page.title).split())
        best, chosen = 0.0, -1
        for entry, tag in enumerate(self.outline.tags):
            if tag in ("h1", "h2"):
                words = set(phrase(self.outline.text(entry)[:200]).split())
                overlap = len(words & title) / len(words) if words else 0.0
                score = overlap + (0.5 if tag == "h1" and words else 0.0)
                if score > best:
                    best, chosen = score, entry
        return chosen if best >= 0.5 else -1

    @cached_property
    def prices(self) -> list[tuple[float, int, str, bool]]:
        """Every price with its score, entry, text, and whether it is struck out."""
        outline = self.outline
        found: list[tuple[int, str]] = []
        for entry, tag in enumerate(outline.tags):
            if not tag or tag in _UNREADABLE or not 1 < outline.text_length(entry) <= 60:
                continue
            if not says_it_itself(outline, entry):
                continue
            text = price_text(outline, entry)
            money = read_money(text, bare=False)
            if money and money.amount and not is_optional(outline, entry):
                found.append((entry, text))
        amounts = Counter(self._amount(text) for _, text in found)
        scored = [self._scored(entry, text, amounts) for entry, text in found[:400]]
        return sorted(scored, reverse=True)

    @cached_property
    def _listed(self) -> set[int]:
        """The entries that are records of a list, where the page's own thing is none of them."""
        ends, start = self.outline.ends, max(self.heading, 0)
        return {
            entry
            for region in self.page.regions
            if len(region.candidate.records) > 2
            and not any(root[0] <= start < ends[root[-1]] for root in region.candidate.records)
            for root in region.candidate.records
            for entry in range(root[0], ends[root[-1]])
        }

    def _scored(
        self, entry: int, text: str, amounts: Counter[float]
    ) -> tuple[float, int, str, bool]:
        outline = self.outline
        above = [entry, *outline.ancestors(entry)]
        near = " ".join(outline.signs[each] for each in above[:3])
        around = " ".join(outline.signs[each] for each in above[3:])[:1500]
        struck = any(outline.tags[each] in STRUCK for each in above[:3])
        struck = struck or was_asked(near, text)
        score = 1.0 * bool(_PRICE.search(near)) - 1.5 * struck - 0.02 * len(text)
        score -= 0.8 * (entry in self._listed)
        score -= 1.5 * bool(ELSEWHERE.search(around)) + 1.0 * any(
            outline.tags[each] == "a" for each in above[:4]
        )
        score += min(0.2 * (amounts[self._amount(text)] - 1), 0.6)
        start = max(self.heading, 0)
        away = (entry - start) / (len(outline) or 1)
        score -= 2.0 * away if away >= 0 else 1.0 - away
        return score, -entry, text, struck

    @staticmethod
    def _amount(text: str) -> float:
        money = read_money(text)
        return money.amount if money else 0.0

    def _price(self) -> list[Trace]:
        """The likeliest; one that only looks like an old price is better than none."""
        outline = self.outline
        for _, back, text, _ in self.prices:
            above = (-back, *islice(outline.ancestors(-back), 2))
            if STRUCK.isdisjoint(outline.tags[each] for each in above):
                return [self._trace(-back, text, 0.6)]
        return []

    def _dates(self) -> list[Trace]:
        found = nearest_moment(self.outline, max(self.heading, 0))
        return [self._trace(*found, 0.5, "datetime")] if found else []

    def _old_price(self) -> list[Trace]:
        return [self._trace(-entry, text, 0.5) for _, entry, text, struck in self.prices if struck][
            :1
        ]

    def _name(self) -> list[Trace]:
        if self.heading < 0:
            return []
        return [self._trace(self.heading, self.outline.text(self.heading), 0.8)]

    def _availability(self) -> list[Trace]:
        shown = state_shown(self.outline, max(self.heading, 0))
        return [self._trace(shown[0], shown[1], 0.5, shown[2])] if shown else []

    def _identity(self) -> list[Trace]:
        """The id in the page's address if the page repeats it, else a data attribute."""
        outline = self.outline
        found = self.url_identity()
        for entry, tag in enumerate(outline.tags):
            if tag in ("form", "div", "button", "input", "section", "article", "main"):
                for name in _IDENTITY:
                    raw = outline.attribute(entry, name).strip()[:60]
                    if any(map(str.isdigit, raw)):
                        return [
                            *found,
                            Trace("repeated", f"{outline.xpath(entry)}/@{name}", raw, 0.5),
                        ]
        return found

    def url_identity(self) -> list[Trace]:
        """An article number in the address: long, with figures, and elsewhere in the page too."""
        path = unquote(self.page.document.url).partition("?")[0].partition("#")[0][-300:]
        tokens = [token for token in _URL_ID.findall(path) if sum(map(str.isdigit, token)) > 2]
        plain = [_TAIL.sub("", token) for token in tokens]
        known = [token for token in plain if self.page.markup.count(token) > 1]
        best = max(known, key=lambda token: sum(map(str.isdigit, token)), default="")
        return [Trace("repeated", "url", best, 0.6 if len(best) > 7 else 0.45)] if best else []

    def marked_identity(self) -> list[Trace]:
        """A number with marks in it, `3697/272`, whose figures are those of the address."""
        path = unquote(self.page.document.url).partition("?")[0].partition("#")[0][-300:]
        known = [token for token in _FIGURES.findall(path) if len(token) >= _LONG_ID]
        if not known:
            return []
        for entry, text in enumerate(self.outline.texts):
            for written in _PARTED.findall(text[:300]):
                plain = re.sub(r"\D", "", written)
                if len(plain) >= _LONG_ID and any(token.endswith(plain) for token in known):
                    return [self._trace(self.outline.parents[entry], written, 0.7)]
        return []

    def _marked(self, field: Field) -> list[Trace]:
        """Elements whose markup names the key, the nearest to the heading first."""
        start = max(self.heading, 0)
        alike: dict[int, float] = {}
        for word, entries in self.named.items():
            if (same := likeness(field.key, word)) >= _SAME:
                alike |= {entry: max(same, alike.get(entry, 0.0)) for entry in entries}
        found: list[tuple[float, int, str, str]] = []
        for entry, same in alike.items():
            if self.outline.tags[entry] in _UNREADABLE or self._is_chrome(entry):
                continue
            away = abs(entry - start) / len(self.outline)
            found += [(same - away, entry, raw, name) for raw, name in self._held(entry)]
        found.sort(key=lambda each: (-each[0], each[1]))
        return [self._trace(entry, raw, 0.55, name) for _, entry, raw, name in found[:20]]

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """The entries by the words of their classes, ids and test names."""
        words: dict[str, list[int]] = defaultdict(list)
        for entry, node in enumerate(self.outline.nodes):
            if node is None or not len(node.attrs):
                continue
            for name in _NAMES:
                if value := node.attr(name):
                    for word in value[:200].split():
                        if word in words or len(words) < MAX_NAMES:
                            words[word].append(entry)
        return words

    def _is_chrome(self, entry: int) -> bool:
        return any(
            self.outline.tags[above] in _UNREADABLE for above in self.outline.ancestors(entry)
        )

    def _held(self, entry: int) -> list[tuple[str, str]]:
        held = [(self.outline.attribute(entry, name).strip(), name) for name in _VALUES]
        text = self.outline.text(entry) if self.outline.text_length(entry) <= 300 else ""
        return [(raw, name) for raw, name in [(text, ""), *held] if raw and len(raw) <= 2_000]

    def _trace(self, entry: int, raw: str, confidence: float, name: str = "") -> Trace:
        path = self.outline.xpath(entry)
        return Trace("repeated", f"{path}/@{name}" if name else path, raw, confidence)
