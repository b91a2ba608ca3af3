"""Extracts the records of pages as they stood, each value with its source."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from webferry.content.document import Document, parse
from webferry.domain.papers import MAX_ITEMS
from webferry.domain.walks import Snapshot
from webferry.usecases.keep_plans import Lesson
from webferry.usecases.read_records import ReadRecords, Records

Plan = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a page: a schema or none, a sentence, what is known of such pages.

    `patience_s` is how long a model may take.
    """

    schema: dict[str, Any] | None = None
    instructions: str = ""
    plan: Plan | None = None
    patience_s: float | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """Items, for each the source of every value, and what was learnt in finding them.

    `told` is what its reader should know: what had to be learnt anew, what a model had to do.
    """

    items: tuple[dict[str, Any], ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    lesson: Lesson | None = None
    told: tuple[str, ...] = ()
    model_failed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is not a single value."""
        return not any(self.sources)


async def extract_items(read: ReadRecords, document: Document, wish: Wish) -> Extracted:
    """Raises: InvalidRequest: nobody can read the schema."""
    found = await read.of(
        document,
        schema=wish.schema,
        instructions=wish.instructions,
        plan=wish.plan,
        patience_s=wish.patience_s,
    )
    told, failed = _told(found), bool(found.model_failure)
    if not any(found.sources):
        return Extracted(told=told, model_failed=failed)
    items, sources = found.items[:MAX_ITEMS], found.sources[:MAX_ITEMS]
    lesson = Lesson(found.plan, by_model=found.model)
    return Extracted(tuple(items), tuple(sources), lesson, told, failed)


async def extract_all(read: ReadRecords, snapshots: Iterable[Snapshot], wish: Wish) -> Extracted:
    """The records of pages one after the other; what a page repeats of the others is left out.

    What the first page taught serves for the others. Raises: InvalidRequest.
    """
    items: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    plan, learnt, told = wish.plan, None, dict[str, None]()
    for snapshot in snapshots:
        asked = Wish(wish.schema, wish.instructions, plan, wish.patience_s)
        found = await extract_items(read, parse(snapshot.html, snapshot.url), asked)
        learnt = learnt or found.lesson
        plan = learnt.plan if learnt and learnt.is_worth_keeping(plan) else plan
        told |= dict.fromkeys(found.told)
        if found.model_failed:
            # It would keep every other page waiting too.
            read = ReadRecords()
        seen: dict[str, int] = {}
        for item, source in zip(found.items, found.sources, strict=True):
            # The same twice on one page is two; the same on the next page is the same.
            text = json.dumps(item, sort_keys=True)
            seen[text] = seen.get(text, 0) + 1
            items.setdefault(f"{text}#{seen[text]}", (item, source))
    kept = list(items.values())[:MAX_ITEMS]
    each = (tuple(item for item, _ in kept), tuple(source for _, source in kept))
    return Extracted(*each, learnt, tuple(told))


def _told(found: Records) -> tuple[str, ...]:
    """What the log should say of it."""
    told: list[str] = []
    if found.relearned:
        keys = ", ".join(found.relearned)
        told.append(f"The page is built otherwise now; looked for anew: {keys}")
    if found.model:
        told.append("The model was asked for what the page's structure does not say")
    if found.model_failure:
        told.append(f"The model was of no help: {found.model_failure}")
    return tuple(told)
