"""Extracts the records of pages as they stood, each value with its source."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from webferry.content.document import Document, parse
from webferry.content.records.extraction import records
from webferry.content.records.schema import BadSchema
from webferry.domain.errors import InvalidRequest
from webferry.domain.papers import MAX_ITEMS
from webferry.domain.walks import Snapshot


@dataclass(frozen=True, slots=True)
class Extracted:
    """Items, and for each the source of every value."""

    items: tuple[dict[str, Any], ...]
    sources: tuple[dict[str, Any], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is not a single value."""
        return not any(self.sources)


def extract_items(
    document: Document, schema: dict[str, Any] | None, instructions: str = ""
) -> Extracted:
    """Raises: InvalidRequest: nobody can read the schema."""
    try:
        found = records(document, schema, instructions)
    except BadSchema as error:
        raise InvalidRequest(f"schema: {error}", schema=str(error)) from error
    sources = tuple({key: asdict(trace) for key, trace in each.items()} for each in found.traces)
    if not any(sources):
        return Extracted((), ())
    return Extracted(tuple(found.items[:MAX_ITEMS]), sources[:MAX_ITEMS])


def extract_all(snapshots: Iterable[Snapshot], schema: dict[str, Any] | None) -> Extracted:
    """The records of pages one after the other; what a page repeats of the others is left out.

    Raises: InvalidRequest.
    """
    items: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for snapshot in snapshots:
        found = extract_items(parse(snapshot.html, snapshot.url), schema)
        seen: dict[str, int] = {}
        for item, source in zip(found.items, found.sources, strict=True):
            # The same twice on one page is two; the same on the next page is the same.
            text = json.dumps(item, sort_keys=True)
            seen[text] = seen.get(text, 0) + 1
            items.setdefault(f"{text}#{seen[text]}", (item, source))
    kept = list(items.values())[:MAX_ITEMS]
    return Extracted(tuple(item for item, _ in kept), tuple(source for _, source in kept))
