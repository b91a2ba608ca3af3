"""Finds a schema when none is given: in the words of the instructions, else in the page itself."""

from webferry.content.records.candidates import sample
from webferry.content.records.column import Column
from webferry.content.records.columns import columns
from webferry.content.records.concepts import (
    CONCEPTS,
    Concept,
    concept_of,
    likeness,
    phrase,
)
from webferry.content.records.facts import Facts
from webferry.content.records.fitting import fit
from webferry.content.records.page import RecordPage
from webferry.content.records.schema import Field, Wanted
from webferry.content.records.tables import headed
from webferry.content.records.wording import said_concepts

MAX_LABELLED = 30
_SURE = 0.42
# Records without a name are of little use.
_SURE_OF = {"name": 0.34}
_OF_ANYTHING = frozenset(["description", "url", "image"])
_TYPES = {
    "money": "number",
    "rating": "number",
    "count": "integer",
    "year": "integer",
    "date": "date",
    "url": "url",
    "image": "image",
}
_CORE = [
    "name",
    "price",
    "original_price",
    "url",
    "image",
    "description",
    "rating",
    "reviews",
    "author",
    "date",
    "availability",
    "location",
    "company",
    "points",
    "comments",
    "salary",
    "phone",
    "email",
]
_PAGE_CORE = [
    "name",
    "description",
    "price",
    "original_price",
    "currency",
    "availability",
    "brand",
    "sku",
    "gtin",
    "rating",
    "reviews",
    "author",
    "date",
    "category",
    "image",
    "url",
    "company",
    "location",
    "salary",
    "isbn",
    "publisher",
]


def wanted_by(instructions: str) -> Wanted | None:
    """The keys that the instructions name, if they name any."""
    fields = tuple(_field(concept) for concept in said_concepts(instructions))
    return Wanted(fields, given=False) if fields else None


def wanted_of_list(page: RecordPage) -> Wanted:
    """The keys that the likeliest list of a page has."""
    found, labelled = _columns(page)
    core = tuple(_field(CONCEPTS[name]) for name in _CORE)
    fits = fit(core, found, page.language)
    sure = [
        each
        for each in core
        if each.key in fits and fits[each.key].confidence >= _SURE_OF.get(each.key, _SURE)
    ]
    if labelled:
        named = _labelled(found, page.language)
        covered = {id(fits[each.key].column) for each in sure}
        sure = [
            each for each in sure if not any(likeness(each.key, other.key) > 0.8 for other in named)
        ]
        unlabelled = [each for each in sure if not fits[each.key].column.label]
        return Wanted((*named, *unlabelled) if covered or named else tuple(sure), given=False)
    return Wanted(tuple(sure), given=False)


def tells_records_apart(wanted: Wanted) -> bool:
    """Whether the keys of a list are more than what any row of paragraphs or pictures has."""
    return any(each.key not in _OF_ANYTHING for each in wanted.fields)


def wanted_of_page() -> Wanted:
    """The keys that pages about one thing have; those without a value are dropped afterwards."""
    return Wanted(tuple(_field(CONCEPTS[name]) for name in _PAGE_CORE), given=False)


def _columns(page: RecordPage) -> tuple[list[Column], bool]:
    if not page.regions:
        return [], False
    candidate = page.regions[0].candidate
    table = headed(page.outline, candidate)
    if table:
        candidate = table[0]
    found = columns(page.outline, sample(candidate, 12), table[1] if table else None)
    return found, any(column.label for column in found)


def _labelled(found: list[Column], language: str) -> list[Field]:
    """A key for every label, typed by the values under it."""
    fields: dict[str, Field] = {}
    for column in found:
        facts = Facts(column, language)
        if not column.label or column.attribute not in ("", "label") or facts.coverage < 0.3:
            continue
        key = key_of(column.label)
        if key and key not in fields and len(fields) < MAX_LABELLED:
            fields[key] = Field(key, _kind(column, facts))
    return list(fields.values())


def _kind(column: Column, facts: Facts) -> str:
    concept = concept_of(column.label)
    if concept and concept.kind == "code":
        return "string"
    if facts.money > 0.7 or facts.purely_number > 0.8:
        whole = (
            all("." not in value and "," not in value for value in facts.values)
            and facts.money < 0.3
        )
        return (
            "integer"
            if whole and all(value.strip().isdigit() for value in facts.values)
            else "number"
        )
    return "date" if facts.date > 0.8 else "string"


def _field(concept: Concept) -> Field:
    kind = _TYPES.get(concept.kind, "string")
    return Field(key_of(concept.name.replace("_", " ")), kind)


def key_of(label: str) -> str:
    """A label as a key: `First name` is `firstName`."""
    first, *rest = phrase(label).split()[:6] or [""]
    return first + "".join(word.title() for word in rest)
