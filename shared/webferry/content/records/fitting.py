"""Which column is which key: labels, markup words, types and looks, weighed together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from webferry.content.patterns import later
from webferry.content.records.column import Column
from webferry.content.records.concepts import Concept, concept_of, likeness
from webferry.content.records.facts import Facts
from webferry.content.records.naming import name_left_over
from webferry.content.records.priors import prior_of
from webferry.content.records.schema import Field

THRESHOLD = 0.26
_UNSURE = 0.3
_MARKUP = 0.85
_STYLING = later(
    r"^(?:row|col|flex|grid|container)$|^(?:text|font|bg|border|flex|grid|col|row|rounded|shadow|"
    r"[wmph][xytblr]?|min|max|gap|leading|space|hover|focus|sm|md|lg|xl|css|sc|js|is|has|u|d|"
    r"mui\w*)[-:]|^[a-z]{1,2}\d|[\[\]!]"
)
_WORD = later(r"[^\W_]{2,}")
_COMPARED = 12
_HOST = later(r"^(?:https?:)?//[^/]*")


@dataclass(frozen=True, slots=True)
class Fit:
    """A key's column and how sure that is."""

    column: Column
    confidence: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Bid:
    score: float
    place: int
    facts: Facts


def fit(fields: tuple[Field, ...], columns: list[Column], language: str) -> dict[str, Fit]:
    """The best column of every key that has one."""
    measured = [Facts(column, language) for column in columns]
    _compare_with_slugs(measured)
    subject = _subject_of(fields)
    bids: list[_Bid] = []
    for place, field in enumerate(fields):
        if field.kind == "object":
            continue
        concept = concept_of(field.key)
        for facts in measured:
            score = _score(field, concept, facts, subject)
            if score >= THRESHOLD:
                bids.append(_Bid(score, place, facts))
    bids.sort(key=lambda bid: (-bid.score, bid.place))
    won = _award(fields, bids)
    named = name_left_over(fields, measured, {key: each.column for key, each in won.items()})
    return won | {named[0]: Fit(named[1], _UNSURE)} if named else won


def _award(fields: tuple[Field, ...], bids: list[_Bid]) -> dict[str, Fit]:
    won: dict[str, Fit] = {}
    taken: list[tuple[Facts, Field]] = []
    for bid in bids:
        field = fields[bid.place]
        if field.key in won or any(_rivals(bid.facts, field, *other) for other in taken):
            continue
        won[field.key] = Fit(bid.facts.column, min(0.99, round(bid.score, 2)))
        taken.append((bid.facts, field))
    return won


def _rivals(facts: Facts, field: Field, other: Facts, owner: Field) -> bool:
    """Whether a column, or one that says the same, already is another key."""
    concept = concept_of(field.key)
    if (concept is not None and concept is concept_of(owner.key)) or field.key == owner.key:
        return False
    if facts.column is other.column:
        return not _shares(field, owner)
    return facts.values == other.values and not _shares(field, owner)


def _shares(field: Field, owner: Field) -> bool:
    """A price column serves as price and as currency, a rating text as rating and as count."""
    names = {_concept_name(field), _concept_name(owner)}
    return names in ({"price", "currency"}, {"rating", "reviews"})


def _concept_name(field: Field) -> str:
    concept = concept_of(field.key)
    return concept.name if concept else ""


def _subject_of(fields: tuple[Field, ...]) -> Field | None:
    """The key that stands for the name: `dish`, `player`, when no other key does."""
    if any(_concept_name(each) == "name" for each in fields):
        return None
    unknown = (each for each in fields if each.kind == "string" and not concept_of(each.key))
    return next(unknown, None)


def _subject(field: Field, subject: Field | None, facts: Facts) -> float:
    return 0.7 * prior_of("name", facts) if field is subject else 0.0


def _several(facts: Facts) -> float:
    """Values of a list stand one by one; one string that names them all is second best."""
    counts = [len(spots) for spots in facts.column.spots if spots]
    return 0.2 if counts and sum(counts) > 1.3 * len(counts) else -0.1


def _score(
    field: Field, concept: Concept | None, facts: Facts, subject: Field | None = None
) -> float:
    suits = _suits(field, concept, facts)
    if suits < 0.3:
        return 0.0
    said = likeness(field.key, facts.column.label) if facts.column.label else 0.0
    meant = _markup(field.key, facts)
    looks = prior_of(concept.name, facts) if concept else _subject(field, subject, facts)
    evidence = 1 - (1 - min(said, 0.97)) * (1 - _MARKUP * meant) * (1 - looks)
    if facts.column.label and said < 0.3:
        evidence *= 0.35
    own = 0.04 if facts.column.attribute in ("", "href", "src", "label", "datetime") else 0.0
    if field.many and evidence > 0.2:
        own += _several(facts)
    return evidence * suits * (0.35 + 0.65 * facts.coverage) + (own if evidence > 0.2 else 0.0)


def _markup(key: str, facts: Facts) -> float:
    best = 0.0
    for word, weight in facts.column.hints.items():
        alike = likeness(key, word)
        if alike * weight > best * 12 and (weight > 10 or not _is_styling(word)):
            best = alike * weight / 12
    return best


@lru_cache(maxsize=16_384)
def _is_styling(word: str) -> bool:
    return bool(_STYLING.search(word))


def _suits(field: Field, concept: Concept | None, facts: Facts) -> float:
    """How many of the values can be what is wanted."""
    as_type = _as_type(field, facts)
    if not concept or field.kind == "boolean":
        return as_type
    return min(as_type, _as_concept(concept.kind, field, facts))


def _as_type(field: Field, facts: Facts) -> float:
    attribute = facts.column.attribute
    if field.kind in ("url", "image"):
        wanted = "src" if field.kind == "image" else "href"
        held = attribute.startswith("data-") and "/" in "".join(facts.values[:1])
        return float(attribute == wanted or held)
    if attribute in ("href", "src") and not _wants_address(field):
        return 0.0
    shares = {
        "string": lambda: 1.0,
        "number": lambda: facts.number,
        "integer": lambda: facts.number,
        "price": lambda: max(facts.money, facts.purely_number),
        "date": lambda: facts.date,
        "boolean": lambda: max(facts.state, 0.5 * (facts.length < 8)),
    }
    return shares[field.kind]()


def _wants_address(field: Field) -> bool:
    concept = concept_of(field.key)
    return concept is not None and concept.kind in ("url", "image", "email", "phone")


def _as_concept(kind: str, field: Field, facts: Facts) -> float:
    if kind in ("url", "image"):
        return float(facts.column.attribute == ("href" if kind == "url" else "src"))
    labelled = bool(facts.column.label) and likeness(field.key, facts.column.label) > 0.6
    numeric = kind == "text" and field.kind in ("number", "integer", "price")
    if labelled and kind != "email" and (field.kind == "string" or numeric):
        return 0.9
    return _KIND_SHARES[kind](facts)


_KIND_SHARES: dict[str, Callable[[Facts], float]] = {
    "money": lambda facts: max(facts.money, 0.9 * facts.purely_number),
    "date": lambda facts: facts.date or facts.when,
    "rating": lambda facts: facts.number,
    "count": lambda facts: facts.number * (1.0 if facts.length < 40 else 0.3),
    "state": lambda facts: 1.0 if facts.length < 60 else 0.2,
    "code": lambda facts: facts.code or 0.8 * facts.purely_number or 0.7 * (facts.length < 30),
    "phone": lambda facts: facts.phone,
    "email": lambda facts: facts.email,
    "year": lambda facts: facts.number if facts.length < 24 else 0.0,
    "mark": lambda facts: facts.money or float(facts.length <= 4),
    "text": lambda facts: max(facts.letters, 0.6 * (not facts.money)),
}


def _compare_with_slugs(measured: list[Facts]) -> None:
    """How many words of a text stand in the address its record leads to: best sign of a name."""
    links = [
        facts
        for facts in measured
        if facts.column.attribute == "href"
        and facts.distinct > 0.7
        and facts.coverage > 0.5
        and not facts.values[0].startswith(("mailto:", "tel:"))
    ]
    if not links:
        return
    best = max(links, key=lambda facts: (round(facts.coverage, 1), sum(map(len, facts.words))))
    slugs = [_slug(links[0].raw) if links else None for links in best.column.spots[:_COMPARED]]
    for facts in measured:
        if facts.column.attribute in ("", "own", "title", "alt", "aria-label", "by"):
            facts.slug = _slug_share(facts.column, slugs)
    best.slug = max((facts.slug for facts in measured), default=0.0)


def _slug(address: str) -> set[str]:
    """The words of an address, its host aside."""
    return set(_WORD.findall(_HOST.sub("", address[:2_000])[-200:].casefold()))


def _slug_share(column: Column, slugs: list[set[str] | None]) -> float:
    shares: list[float] = []
    for spots, slug in zip(column.spots, slugs, strict=False):
        if spots and slug is not None:
            words = _WORD.findall(spots[0].raw[:200].casefold())
            shares.append(sum([word in slug for word in words]) / len(words) if words else 0.0)
    return sum(shares) / len(shares) if shares else 0.0
