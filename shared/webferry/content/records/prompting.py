"""A prompt about a page: what a model is shown, and what of its answer stands in the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webferry.content.document import parse
from webferry.content.records.items import typed
from webferry.content.records.quoting import Quoting
from webferry.content.records.schema import Field, Wanted, read_schema
from webferry.content.records.values.coercion import Reading

MAX_SHOWN = 120_000
MAX_VALUES = 5_000
MAX_DEPTH = 12
_MAX_KEY = 200

Json = Any
_TEXT: Mapping[str, Any] = {"type": ["string", "null"]}


@dataclass(slots=True)
class PromptedPage:
    """A page's Markdown and, if the answer is to have one, its schema."""

    markdown: str
    url: str = ""
    language: str = ""
    wanted: Wanted | None = None
    _dropped: list[str] = field(default_factory=list)
    _left: int = MAX_VALUES

    @classmethod
    def of(cls, markdown: str, url: str = "", schema: object = None) -> "PromptedPage":
        """Raises: BadSchema."""
        return cls(markdown, url, wanted=read_schema(schema) if schema else None)

    @property
    def shown(self) -> str:
        """What a model gets to see of the page."""
        return self.markdown[:MAX_SHOWN]

    @property
    def is_cut(self) -> bool:
        """Whether that is not all of it."""
        return len(self.markdown) > MAX_SHOWN

    def answer_schema(self) -> dict[str, Any]:
        """The form of an answer: texts as they stand in the page; types are our own business."""
        if self.wanted is None:
            return {}
        item = _object(self.wanted.fields)
        return {"type": "array", "items": item} if self.wanted.listed else item

    def settled(self, answer: object) -> tuple[Json, list[str]]:
        """What of an answer stands in the page, and the places of what does not."""
        self._dropped, self._left = [], MAX_VALUES
        quoting = Quoting(self.markdown)
        if self.wanted is None:
            return self._free(answer, "", quoting, MAX_DEPTH), self._dropped
        reading = Reading(parse("", self.url), self.language)
        if self.wanted.listed:
            rows = answer if isinstance(answer, list) else _only_list(answer)
            items = [
                self._item(self.wanted.fields, row, f"{place}.", _Page(quoting, reading))
                for place, row in enumerate(rows)
                if isinstance(row, dict)
            ]
            return [item for item in items if _holds(item)], self._dropped
        only = answer[0] if isinstance(answer, list) and answer else answer
        return self._item(self.wanted.fields, only, "", _Page(quoting, reading)), self._dropped

    def _free(self, value: object, place: str, quoting: Quoting, depth: int) -> Json:
        """Whatever form it has: texts and numbers that stand in the page, everything else null."""
        self._left -= 1
        if value is None or self._left < 0:
            return None
        if isinstance(value, dict) and depth:
            return {
                key[:_MAX_KEY]: self._free(inner, _below(place, key), quoting, depth - 1)
                for key, inner in value.items()
            }
        if isinstance(value, list) and depth:
            kept = [
                self._free(inner, _below(place, number), quoting, depth - 1)
                for number, inner in enumerate(value)
            ]
            return [inner for inner in kept if _holds(inner)]
        return self._kept(_standing(value, quoting), place)

    def _item(
        self, fields: tuple[Field, ...], answer: object, place: str, page: "_Page"
    ) -> dict[str, Json]:
        given = answer if isinstance(answer, dict) else {}
        return {
            each.key: self._value(each, given.get(each.key), f"{place}{each.key}", page)
            for each in fields
        }

    def _value(self, wanted: Field, answer: object, place: str, page: "_Page") -> Json:
        if not wanted.many:
            return self._one(wanted, answer, place, page)
        given = answer if isinstance(answer, list) else [answer]
        values = [
            self._one(wanted, each, f"{place}.{number}", page) for number, each in enumerate(given)
        ]
        return [value for value in values if value is not None] or None

    def _one(self, wanted: Field, answer: object, place: str, page: "_Page") -> Json:
        self._left -= 1
        if answer is None or self._left < 0:
            return None
        if wanted.kind == "object":
            inner = self._item(wanted.fields, answer, f"{place}.", page)
            return inner if _holds(inner) else None
        raw = _standing(answer, page.quoting)
        value = None if raw is None else typed(wanted, str(raw), page.reading)
        return self._kept(value, place)

    def _kept(self, value: Json, place: str) -> Json:
        if value is None:
            self._dropped.append(place[:_MAX_KEY])
        return value


@dataclass(frozen=True, slots=True)
class _Page:
    quoting: Quoting
    reading: Reading


def _standing(value: object, quoting: Quoting) -> str | float | None:
    """The value as it stands in the page; of numbers, that they do."""
    if isinstance(value, str):
        return quoting.find(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if quoting.has_number(value) else None


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {each.key: _schema(each) for each in fields},
        "required": [each.key for each in fields],
    }


def _schema(wanted: Field) -> dict[str, Any]:
    one = _object(wanted.fields) if wanted.kind == "object" else dict(_TEXT)
    if wanted.kind != "object":
        hints = [wanted.description, f"read as {wanted.kind}" if wanted.kind != "string" else ""]
        if wanted.options:
            hints.append(f"one of {', '.join(wanted.options)}"[:300])
        if words := "; ".join(filter(None, hints)):
            one["description"] = words
    return {"type": "array", "items": one} if wanted.many else one


def _only_list(answer: object) -> list[Any]:
    """The list in an object that holds one; an object that is an item makes a list of one."""
    if not isinstance(answer, dict):
        return []
    lists = [value for value in answer.values() if isinstance(value, list)]
    return lists[0] if len(lists) == 1 and len(answer) == 1 else [answer]


def _holds(value: Json) -> bool:
    """Whether there is anything in it."""
    if isinstance(value, dict):
        return any(map(_holds, value.values()))
    return bool(value) if isinstance(value, list) else value is not None


def _below(place: str, key: object) -> str:
    return f"{place}.{key}" if place else str(key)
