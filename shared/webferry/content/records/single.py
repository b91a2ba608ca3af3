"""Reads the one record a page is about: what it states, its labels, then its marked-up texts."""

import re
from functools import cached_property

from webferry.content.document import attribute
from webferry.content.patterns import later
from webferry.content.records.concepts import Concept, concept_of, likeness
from webferry.content.records.items import Record, Trace, read_record, typed
from webferry.content.records.labels import Pair, pairs_of
from webferry.content.records.page import RecordPage
from webferry.content.records.schema import Field, Wanted
from webferry.content.records.spotting import Spotter
from webferry.content.records.stated import Stated, main_things, stated_values, variants_of
from webferry.content.records.values.money import read_money
from webferry.content.records.values.states import read_availability

_META = {
    "name": ("og:title", "twitter:title"),
    "description": ("og:description", "description", "twitter:description"),
    "image": ("og:image", "og:image:url", "twitter:image"),
    "url": ("og:url",),
    "price": ("product:price:amount", "og:price:amount", "product:sale_price:amount"),
    "currency": ("product:price:currency", "og:price:currency"),
    "availability": ("product:availability", "og:availability"),
    "brand": ("product:brand", "og:brand"),
    "sku": ("product:retailer_item_id",),
    "gtin": ("product:gtin", "product:ean", "product:isbn", "og:upc"),
    "mpn": ("product:mfr_part_no",),
    "condition": ("product:condition",),
    "author": ("author", "article:author", "book:author"),
    "date": ("article:published_time", "date", "dc.date", "pubdate"),
    "modified": ("article:modified_time", "og:updated_time"),
    "category": ("product:category", "article:section"),
    "tags": ("keywords", "article:tag"),
    "isbn": ("book:isbn",),
}
_META_CONFIDENCE = 0.75
_CODE = later(r"^(?=\S*\d)[\w./#-]{3,30}$")
_OLD = later(r"\b(?:was|old|original|regular|list|compare|rrp|msrp)\b", re.IGNORECASE)


def _may_be(concept: Concept | None, raw: str) -> bool:
    """A figure among words is no price: `54 Mbps`, `the difference back within 90 days`."""
    return not concept or concept.kind != "money" or read_money(raw) is not None


class Single:
    """The record of one page."""

    def __init__(self, page: RecordPage) -> None:
        self.page = page

    def read(self, wanted: Wanted) -> Record:
        """The item with what was found for every key."""
        return read_record(wanted.fields, self.find, self.page.reading)

    def find(self, field: Field) -> list[Trace]:
        """Every source of a key that has a value of the right type, the most trusted first."""
        concept = concept_of(field.key)
        for found in (
            self._shown_identity(field, concept),
            self._stated(field),
            self._spotted_first(field, concept),
            self._meta(concept),
            self._identity(concept),
            self._labelled(field),
            self.spotter.find(field, concept),
        ):
            usable = [
                trace
                for trace in found
                if typed(field, trace.raw, self.page.reading) is not None
                and _may_be(concept, trace.raw)
            ]
            if usable:
                return usable if field.many else usable[:1]
        return []

    @cached_property
    def spotter(self) -> Spotter:
        """Finds values by their looks and places."""
        return Spotter(self.page)

    @cached_property
    def pairs(self) -> list[Pair]:
        """The labels of the page and their values."""
        return pairs_of(self.page.outline)

    @cached_property
    def things(self) -> list[Stated]:
        """What the page states of itself, as far as it may be about that."""
        return main_things(self.page)[:3]

    def _stated(self, field: Field) -> list[Trace]:
        for stated in self.things:
            if found := stated_values(stated, field):
                return (
                    found
                    if self._is_to_be_had(field, found[0])
                    else self._of_variants(field, stated, found)
                )
        return []

    def _of_variants(self, field: Field, stated: Stated, found: list[Trace]) -> list[Trace]:
        """One size sold out does not make the product so: another of its name may be there."""
        for other in variants_of(self.page, stated):
            said = stated_values(other, field)
            if said and self._is_to_be_had(field, said[0]):
                return said
        return found

    @staticmethod
    def _is_to_be_had(field: Field, trace: Trace) -> bool:
        """Whether something can be had, or the key does not ask that."""
        concept = concept_of(field.key)
        return not concept or concept.kind != "state" or read_availability(trace.raw) is True

    def _shown_identity(self, field: Field, concept: Concept | None) -> list[Trace]:
        """An article number readers see beats one that only machines are told."""
        if not concept or concept.name != "sku":
            return []
        if any(trace.raw in self.page.said for trace in self._stated(field)) or not self.things:
            return []
        labelled = [trace for trace in self._labelled(field) if _CODE.match(trace.raw)]
        return labelled or self.spotter.marked_identity()

    def _spotted_first(self, field: Field, concept: Concept | None) -> list[Trace]:
        """The heading beats og:title, which has the site's name in it."""
        return self.spotter.find(field, concept) if concept and concept.name == "name" else []

    def _identity(self, concept: Concept | None) -> list[Trace]:
        """A long article number in the address beats a `Reference` among the labels."""
        if not concept or concept.name != "sku":
            return []
        return [trace for trace in self.spotter.url_identity() if trace.confidence > 0.5]

    def _meta(self, concept: Concept | None) -> list[Trace]:
        if not concept:
            return []
        meta = self.page.stated.meta
        found = [
            Trace("opengraph", f"meta[{name}]", meta[name], _META_CONFIDENCE)
            for name in _META.get(concept.name, ())
            if meta.get(name)
        ]
        if concept.name == "url" and (
            link := self.page.document.first('link[rel="canonical"][href]')
        ):
            found.insert(0, Trace("opengraph", "link[canonical]", attribute(link, "href"), 0.9))
        return found

    def _labelled(self, field: Field) -> list[Trace]:
        concept = concept_of(field.key)
        now = concept is not None and concept.name == "price"
        scored = [
            (likeness(field.key, pair.label), pair)
            for pair in self.pairs
            if not (now and _OLD.search(pair.label))
        ]
        best = max((score for score, _ in scored), default=0.0)
        if best < 0.7:
            return []
        return [
            Trace("label", self.page.outline.xpath(pair.entry), pair.value, round(0.85 * score, 2))
            for score, pair in scored
            if score == best
        ]
