"""A page as the record readers see it: every view of it is made once, when first asked for."""

from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from webferry.content.document import Document, attribute, to_html
from webferry.content.records.outline import Outline, outline_of
from webferry.content.records.ranking import Region, regions
from webferry.content.records.values.coercion import Reading
from webferry.content.records.values.money import currency_code
from webferry.content.structured_data import (
    MAX_THINGS,
    StructuredData,
    Thing,
    structured_data,
    things_within,
)

_CURRENCY_NAMES = ("og:price:currency", "product:price:currency", "pricecurrency")


@dataclass
class RecordPage:
    """One page and what is known of it."""

    document: Document

    @cached_property
    def outline(self) -> Outline:
        """The body in reading order."""
        return outline_of(self.document)

    @cached_property
    def stated(self) -> StructuredData:
        """What the page states for machines."""
        return structured_data(self.document)

    @cached_property
    def things(self) -> list[tuple[str, Thing]]:
        """Every thing the page states, with how it was written, those that hold others first."""
        stated = self.stated
        written = (
            ("json-ld", stated.json_ld),
            ("microdata", stated.microdata),
            ("rdfa", stated.rdfa),
        )
        return [
            (source, thing)
            for source, roots in written
            for thing in islice(things_within(roots), MAX_THINGS)
        ]

    @cached_property
    def named_things(self) -> dict[str, Thing]:
        """The things of JSON-LD that others refer to by their `@id`."""
        found: dict[str, Thing] = {}
        for source, thing in self.things:
            name = thing.get("@id")
            if source == "json-ld" and isinstance(name, str) and len(thing) > 1:
                found.setdefault(name, thing)
        return found

    @cached_property
    def markup(self) -> str:
        """The page as HTML, to see whether a string stands in it at all."""
        return to_html(self.document.root)

    @cached_property
    def said(self) -> str:
        """What a reader of the page sees, its white space collapsed."""
        return " ".join("".join(self.outline.texts).split())

    @cached_property
    def regions(self) -> list[Region]:
        """Where lists may be, the likeliest first."""
        return regions(self.outline)

    @cached_property
    def language(self) -> str:
        """The language the page says it is in."""
        return attribute(self.document.root, "lang")[:10]

    @cached_property
    def title(self) -> str:
        """The page's title."""
        return self.document.text_of("head title") or ""

    @cached_property
    def reading(self) -> Reading:
        """How values are to be read on this page."""
        return Reading(self.document, self.language, self._currency())

    def _currency(self) -> str:
        """The currency the page declares, if it declares one alone."""
        found = {self.stated.meta.get(name, "") for name in _CURRENCY_NAMES} - {""}
        for thing in things_within([self.stated.json_ld, self.stated.microdata]):
            declared = thing.get("priceCurrency")
            if isinstance(declared, str):
                found.add(declared)
        return currency_code(found.pop()) if len(found) == 1 else ""
