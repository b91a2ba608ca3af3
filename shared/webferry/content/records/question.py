"""What a model is asked, if there is one: which column is which key, by a preview of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webferry.content.records.column import Column
from webferry.content.records.fitting import Fit
from webferry.content.records.items import Trace, typed
from webferry.content.records.listing import Listing, leaves
from webferry.content.records.page import RecordPage
from webferry.content.records.schema import Field, Wanted

MAX_SHOWN = 40
_EXAMPLES = 3
_LONGEST = 80
_SURE = 0.45
_MODEL_CONFIDENCE = 0.7
_MAX_LINES = 120


@dataclass(frozen=True, slots=True)
class Question:
    """The keys nobody could answer, and a preview to find them in."""

    instructions: str
    keys: dict[str, dict[str, Any]]
    columns: dict[str, dict[str, Any]]
    lines: list[str]

    def to_json(self) -> dict[str, Any]:
        """What is sent: about a thousand tokens."""
        shown = {"instructions": self.instructions, "keys": self.keys}
        return shown | ({"columns": self.columns} if self.columns else {"lines": self.lines})

    def answer_schema(self) -> dict[str, Any]:
        """The JSON Schema that an answer has to keep."""
        options = [*self.columns, None]
        value = {"enum": options} if self.columns else {"type": ["string", "null"]}
        return {
            "type": "object",
            "properties": dict.fromkeys(self.keys, value),
            "required": list(self.keys),
            "additionalProperties": False,
        }


def question_of(
    wanted: Wanted, instructions: str, listing: Listing | None, page: RecordPage, weak: list[str]
) -> Question | None:
    """The question that is left, or nothing."""
    asked = {each.key: _described(each) for each in leaves(wanted.fields) if each.key in weak}
    if not asked:
        return None
    shown = {name: _preview(column) for name, column in numbered(listing)} if listing else {}
    return Question(instructions[:2_000], asked, shown, [] if listing else _lines(page))


def weak_keys(wanted: Wanted, confidences: Mapping[str, float]) -> list[str]:
    """The keys without a value, or with one that is little better than a guess."""
    return [each.key for each in leaves(wanted.fields) if confidences.get(each.key, 0.0) < _SURE]


def numbered(listing: Listing) -> list[tuple[str, Column]]:
    """The columns under the short names the question uses."""
    useful = [column for column in listing.columns if column.values()]
    return [(f"c{number}", column) for number, column in enumerate(useful[:MAX_SHOWN])]


def accepted_columns(
    listing: Listing, wanted: Wanted, answer: Mapping[str, Any], page: RecordPage
) -> dict[str, Fit]:
    """What of an answer holds: columns that exist and whose values have the type that is wanted."""
    by_name = dict(numbered(listing))
    fields = {each.key: each for each in leaves(wanted.fields)}
    fits: dict[str, Fit] = {}
    for key, name in answer.items():
        column = by_name.get(name) if isinstance(name, str) else None
        field = fields.get(key)
        if column is None or field is None:
            continue
        values = column.values()[:20]
        good = sum(typed(field, raw, page.reading) is not None for raw in values)
        if good * 2 >= len(values):
            fits[key] = Fit(column, _MODEL_CONFIDENCE, "model")
    return fits


def accepted_texts(wanted: Wanted, answer: Mapping[str, Any], page: RecordPage) -> dict[str, Trace]:
    """What of an answer holds: strings that stand in the page, letter by letter."""
    fields = {each.key: each for each in leaves(wanted.fields)}
    traces: dict[str, Trace] = {}
    for key, raw in answer.items():
        if not isinstance(raw, str) or key not in fields:
            continue
        plain = " ".join(raw.split())
        if plain and plain in page.said and typed(fields[key], plain, page.reading) is not None:
            traces[key] = Trace("model", "text", plain, _MODEL_CONFIDENCE)
    return traces


def _described(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"type": field.kind}
    if field.description:
        described["description"] = field.description
    if field.options:
        described["options"] = list(field.options)
    return described


def _preview(column: Column) -> dict[str, Any]:
    place = ">".join(column.path.split(">")[-2:])[-60:]
    seen = list(dict.fromkeys(value[:_LONGEST] for value in column.values()))[:_EXAMPLES]
    preview: dict[str, Any] = {
        "place": f"{place}@{column.attribute}" if column.attribute else place,
        "examples": seen,
    }
    if column.label:
        preview["label"] = column.label[:40]
    return preview


def _lines(page: RecordPage) -> list[str]:
    """The short texts of a page about one thing."""
    texts = (" ".join(text.split()) for text in page.outline.texts)
    return list(dict.fromkeys(text[:160] for text in texts if len(text) > 1))[:_MAX_LINES]
