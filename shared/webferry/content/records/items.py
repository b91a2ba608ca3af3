"""Items: values of the wanted types, each with the string it was read from and its place."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from webferry.content.patterns import later
from webferry.content.records.concepts import concept_of
from webferry.content.records.schema import Field
from webferry.content.records.values.coercion import Reading, Value, choice_of
from webferry.content.records.values.money import currency_mark

_BY = later(r"\s*(?:(?:\w+ ){0,2}by|von|par|por|автор)\s*:?\s+(?=\S)", re.IGNORECASE)

Json = Any
Item = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a value comes from: kind of source, place, the string as it stands, how sure."""

    source: str
    path: str
    raw: str
    confidence: float


@dataclass(slots=True)
class Record:
    """One item and the trace of each of its values, by dotted key."""

    item: Item
    traces: dict[str, Trace] = field(default_factory=dict)

    def filled(self) -> int:
        """How many values there are."""
        return len(self.traces)


Find = Callable[[Field], list[Trace]]


def read_record(fields: Iterable[Field], find: Find, reading: Reading) -> Record:
    """An item with every key that was asked for; what was not found is null."""
    record = Record({})
    for each in fields:
        record.item[each.key] = _read(each, each.key, find, record, reading)
    return record


def _read(wanted: Field, place: str, find: Find, record: Record, reading: Reading) -> Json:
    if wanted.kind == "object":
        return _nested(wanted, place, find, record, reading)
    values: list[Any] = []
    for trace in find(wanted):
        for raw in _pieces(wanted, trace.raw):
            value = typed(wanted, raw, reading)
            if value is None:
                continue
            key = f"{place}.{len(values)}" if wanted.many else place
            record.traces[key] = Trace(trace.source, trace.path, raw, trace.confidence)
            if not wanted.many:
                return value
            values.append(value)
    return values or None


def _nested(wanted: Field, place: str, find: Find, record: Record, reading: Reading) -> Json:
    """An object of its own; a list of them goes by the order in which the parts stand."""
    if not wanted.many:
        inner = {
            each.key: _read(each, f"{place}.{each.key}", find, record, reading)
            for each in wanted.fields
        }
        return inner if any(value is not None for value in inner.values()) else None
    found = {each.key: find(each) for each in wanted.fields if each.kind != "object"}
    count = max(map(len, found.values()), default=0)
    rows: list[Item] = []
    for number in range(count):
        traces = {key: spots[number : number + 1] for key, spots in found.items()}

        def nth(part: Field, traces: dict[str, list[Trace]] = traces) -> list[Trace]:
            return traces.get(part.key, [])

        row = {
            each.key: _read(each, f"{place}.{number}.{each.key}", nth, record, reading)
            for each in wanted.fields
        }
        if any(value is not None for value in row.values()):
            rows.append(row)
    return rows or None


def _pieces(wanted: Field, raw: str) -> list[str]:
    """A list that stands in one string is parted at its commas; an author is not `By` anybody."""
    concept = concept_of(wanted.key)
    if concept and concept.name == "author" and (written := _BY.match(raw)):
        raw = raw[written.end() :]
    if wanted.many and wanted.kind == "string" and ("," in raw or ";" in raw) and len(raw) < 400:
        pieces = [piece.strip() for piece in raw.replace(";", ",").split(",")]
        if all(len(piece) < 60 for piece in pieces):
            return [piece for piece in pieces if piece]
    return [raw]


def typed(wanted: Field, raw: str, reading: Reading) -> Value:
    """The value a raw string has as the wanted type."""
    if wanted.options:
        return choice_of(wanted.options, raw)
    concept = concept_of(wanted.key) if wanted.kind == "string" else None
    if concept and concept.kind in ("url", "image"):
        return reading.address(raw)
    if concept and concept.kind == "mark":
        return currency_mark(raw)
    if concept and concept.kind in ("email", "phone"):
        return raw.removeprefix("mailto:").removeprefix("tel:").partition("?")[0] or None
    return reading.coerce(wanted.kind, raw)
