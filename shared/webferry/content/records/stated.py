"""Reads items off what a page states for machines: JSON-LD, microdata and RDFa."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from webferry.content.records.concepts import concept_of, phrase
from webferry.content.records.items import Record, Trace, read_record
from webferry.content.records.page import RecordPage
from webferry.content.records.schema import Field, Wanted
from webferry.content.records.values.states import read_availability
from webferry.content.structured_data import Thing, types_of

MAX_ITEMS = 2_000

# Things about the page and the site, or parts of other things, are never the records.
_SUPPORTING = frozenset(
    [
        "breadcrumblist",
        "listitem",
        "itemlist",
        "website",
        "webpage",
        "organization",
        "imageobject",
        "person",
        "offer",
        "aggregateoffer",
        "aggregaterating",
        "rating",
        "postaladdress",
        "searchaction",
        "readaction",
        "geocoordinates",
        "contactpoint",
        "brand",
        "sitenavigationelement",
        "wpheader",
        "wpfooter",
        "wpsidebar",
        "collectionpage",
        "itempage",
        "searchresultspage",
        "entrypoint",
        "openinghoursspecification",
        "offershippingdetails",
        "merchantreturnpolicy",
        "quantitativevalue",
        "monetaryamount",
        "propertyvalue",
        "speakablespecification",
        "videoobject",
        "faqpage",
        "question",
        "answer",
        "review",
    ]
)
_MAIN = frozenset(
    [
        "product",
        "productgroup",
        "individualproduct",
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
        "apartment",
        "house",
        "realestatelisting",
        "course",
        "softwareapplication",
        "localbusiness",
        "restaurant",
        "hotel",
        "musicalbum",
        "videogame",
        "dataset",
    ]
)
_CONFIDENCE = {"json-ld": 0.95, "microdata": 0.93, "rdfa": 0.85}


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing, how it was written, where among its kind it stood, and what it may refer to."""

    thing: Thing
    source: str
    place: str
    known: Mapping[str, Thing] = field(default_factory=dict, compare=False, repr=False)


def stated_lists(page: RecordPage, wanted: Wanted) -> list[Record]:
    """The items of the group of equal things that answers most keys; empty if there is none."""
    groups: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for each in _everything(page):
        for kind in types_of(each.thing) - _SUPPORTING:
            groups[each.source, kind].append(each)
        if "listitem" in types_of(each.thing) and "name" in each.thing and "item" not in each.thing:
            groups[each.source, "listitem"].append(each)
    best: list[Record] = []
    for (_, kind), group in groups.items():
        if len(group) < 2 or (kind == "listitem" and _is_trail(page)):
            continue
        records = [read_stated(page, wanted, each) for each in group[:MAX_ITEMS]]
        best = max(best, _different(records), key=_worth)
    return best


def main_things(page: RecordPage) -> list[Stated]:
    """The things a page may be about as a whole, the likeliest first."""
    found = [each for each in _everything(page) if types_of(each.thing) - _SUPPORTING]
    title = set(phrase(page.title).split())
    found.sort(key=lambda each: _aboutness(each.thing, title), reverse=True)
    return found[:6]


def variants_of(page: RecordPage, stated: Stated) -> list[Stated]:
    """The other things of the same kind and name, or in the same group of variants."""
    name, kinds, everything = stated.thing.get("name"), types_of(stated.thing), _everything(page)
    groups = [each.thing["hasVariant"] for each in everything if "hasVariant" in each.thing]
    grouped = {
        id(each)
        for group in groups
        if isinstance(group, list) and any(each is stated.thing for each in group)
        for each in group
    }
    named = isinstance(name, str) and name
    return [
        each
        for each in everything
        if id(each.thing) in grouped
        or (named and each.thing.get("name") == name and types_of(each.thing) == kinds)
    ][:MAX_ITEMS]


def read_stated(page: RecordPage, wanted: Wanted, stated: Stated) -> Record:
    """The item a thing makes."""

    def find(key: Field) -> list[Trace]:
        return stated_values(stated, key)

    return read_record(wanted.fields, find, page.reading)


def stated_values(stated: Stated, wanted: Field) -> list[Trace]:
    """What a thing says of a key, by schema.org's names or by the key's own."""
    concept = concept_of(wanted.key)
    for path in [*_own_names(stated.thing, wanted.key), *(concept.paths if concept else ())]:
        told = _at(stated.thing, path.split("."), stated.known)
        found = [raw for raw in map(_raw, told) if raw]
        if found:
            if concept and concept.kind == "state":
                # One size out of stock does not make the product so.
                found.sort(key=lambda raw: read_availability(raw) is not True)
            place = f"{stated.place}.{path}"
            return [Trace(stated.source, place, raw, _CONFIDENCE[stated.source]) for raw in found]
    return []


def _own_names(thing: Thing, key: str) -> list[str]:
    wanted = phrase(key)
    return [name for name in thing if phrase(name) == wanted]


def _everything(page: RecordPage) -> list[Stated]:
    known = page.named_things
    return [
        Stated(thing, source, f"{'/'.join(sorted(types_of(thing))) or 'thing'}[{number}]", known)
        for number, (source, thing) in enumerate(page.things)
    ]


def _at(value: object, path: list[str], known: Mapping[str, Thing]) -> Iterator[object]:
    if isinstance(value, list):
        for each in value[:100]:
            yield from _at(each, path, known)
    elif not path:
        yield value
    elif isinstance(value, dict):
        if len(value) == 1 and isinstance(name := value.get("@id"), str):
            value = known.get(name, value)
        if path[0] in value:
            yield from _at(value[path[0]], path[1:], known)


def _raw(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict):
        inner = value.get("name") or value.get("@value") or value.get("url") or value.get("@id")
        return _raw(inner) if isinstance(inner, str) else ""
    if not isinstance(value, str):
        return ""
    text = " ".join(unescape(value).split())
    return (
        text.rpartition("/")[2]
        if text.startswith(("http://schema.org/", "https://schema.org/"))
        else text
    )


def _different(records: list[Record]) -> list[Record]:
    """Each item once: pages often state the same thing in several blocks."""
    seen: set[str] = set()
    kept: list[Record] = []
    for record in records:
        mark = repr(record.item)
        if record.traces and mark not in seen:
            seen.add(mark)
            kept.append(record)
    return kept if len(kept) > 1 else []


def _worth(records: list[Record]) -> float:
    return sum(record.filled() for record in records)


def _is_trail(page: RecordPage) -> bool:
    return any("breadcrumblist" in types_of(each.thing) for each in _everything(page))


def _aboutness(thing: Thing, title: set[str]) -> float:
    kinds = types_of(thing)
    name = thing.get("name") or thing.get("headline") or ""
    words = set(phrase(name).split()) if isinstance(name, str) else set()
    overlap = len(words & title) / len(words) if words else 0.0
    return (
        2.0 * bool(kinds & _MAIN)
        + 2.0 * overlap
        + 0.5 * ("offers" in thing)
        + 0.1 * min(len(thing), 10)
    )
