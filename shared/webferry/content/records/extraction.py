"""Records: a page, perhaps a schema, perhaps a sentence in; typed items with their sources out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from webferry.content.document import Document
from webferry.content.records import inference
from webferry.content.records.choice import CERTAIN, Choice
from webferry.content.records.items import Item, Record, Trace, read_record
from webferry.content.records.listing import Listing, best_listing, leaves, read_listing, whole
from webferry.content.records.page import RecordPage
from webferry.content.records.plan import Plan, drifted, follow, plan_of
from webferry.content.records.question import (
    Question,
    accepted_columns,
    accepted_texts,
    question_of,
    weak_keys,
)
from webferry.content.records.schema import Field, Wanted, read_schema
from webferry.content.records.single import Single
from webferry.content.records.stated import stated_lists

_STATED_ENOUGH = 0.75


@dataclass(slots=True)
class Extraction:
    """The items, the trace of every value, the plan to keep, and what is still open."""

    items: list[Item]
    traces: list[dict[str, Trace]]
    kind: str
    wanted: Wanted
    plan: Plan
    coverage: dict[str, float]
    question: Question | None = None
    drift: list[str] = field(default_factory=list)
    followed: bool = False
    listing: Listing | None = None


def records(
    document: Document,
    schema: object = None,
    instructions: str = "",
    plan: Plan | None = None,
    answer: Mapping[str, Any] | None = None,
) -> Extraction:
    """What a page says of the wanted keys. Raises: BadSchema.

    A plan is followed while it still fills its columns; `drift` names the keys for which it did
    not, and then everything is found anew. `answer` is a model's reply to an earlier `question`.
    """
    page = RecordPage(document)
    wanted = _wanted(page, schema, instructions, plan)
    drift: list[str] = []
    if plan is not None and plan.keys == tuple(wanted.names()):
        followed = _follow(page, wanted, plan)
        drift = drifted(plan, followed.coverage) if followed else list(plan.coverage)
        if followed and not drift:
            return followed
    found = _find(page, wanted, instructions)
    found.drift = drift
    if answer:
        found = _answered(page, found, answer)
    weak = weak_keys(wanted, _confidences(found)) if wanted.given else []
    found.question = question_of(wanted, instructions, found.listing, page, weak)
    return found


def _wanted(page: RecordPage, schema: object, instructions: str, plan: Plan | None) -> Wanted:
    if schema:
        return read_schema(schema)
    if plan and plan.schema:
        return replace(read_schema(plan.schema), given=False)
    named = inference.wanted_by(instructions)
    if named:
        return named
    return Wanted((), given=False)


def _find(page: RecordPage, wanted: Wanted, instructions: str) -> Extraction:
    choice = Choice(page, wanted, instructions)
    if choice.is_single():
        return _find_one(page, wanted)
    of_list = wanted if wanted.fields else inference.wanted_of_list(page)
    is_list = bool(wanted.fields) or inference.tells_records_apart(of_list)
    listing = best_listing(page, of_list) if is_list else None
    score = choice.score(listing)
    # The page as one record is only read where it could change the decision.
    if score <= CERTAIN:
        one = _find_one(page, wanted)
        if not choice.is_list(score, _record(one), listing):
            return one
    many = _find_many(page, of_list, listing)
    if len(many.items) == 1 and wanted.listed is None:
        # What only one entry has is hardly a list.
        one = _find_one(page, wanted)
        return one if _record(one).filled() >= _record(many).filled() else many
    return many


def _find_one(page: RecordPage, wanted: Wanted) -> Extraction:
    """The record a page is about; of inferred keys, those that have a value."""
    asked = wanted if wanted.fields else inference.wanted_of_page()
    alone = Single(page).read(asked)
    if not asked.given:
        asked = _with_values(asked, [alone])
        alone.item = {key: alone.item[key] for key in asked.names()}
    return _extraction("single", asked, [alone] if alone.filled() else [])


def _find_many(page: RecordPage, wanted: Wanted, listing: Listing | None) -> Extraction:
    """The records of a page: those it states for machines, or those it shows."""
    stated = stated_lists(page, wanted)
    read = read_listing(page, listing, wanted) if listing else []
    if _stated_wins(stated, read, wanted):
        return _extraction("stated", wanted, stated)
    if not wanted.given:
        wanted = _with_values(wanted, read)
        for record in read:
            record.item = {key: record.item[key] for key in wanted.names()}
    found = _extraction("region", wanted, read)
    if listing:
        schema = found.plan.schema
        found.plan = replace(plan_of(page, listing, wanted, found.coverage), schema=schema)
        found.listing = listing
    return found


def _record(found: Extraction) -> Record:
    return Record(found.items[0], found.traces[0]) if found.items else Record({})


def _stated_wins(stated: list[Record], read: list[Record], wanted: Wanted) -> bool:
    """A list for machines wins when it answers most keys and is no mere part of what is shown."""
    if not stated:
        return False
    asked = len(leaves(wanted.fields)) or 1
    share = len({key for record in stated for key in record.traces}) / asked
    shown = len({key for record in read for key in record.traces}) / asked
    complete = len(stated) * 10 >= len(read) * 7 or shown + 0.3 < share
    enough = share >= _STATED_ENOUGH and complete
    return enough or (share > shown and len(stated) >= len(read))


def _follow(page: RecordPage, wanted: Wanted, plan: Plan) -> Extraction | None:
    """What a plan brings on this page."""
    if plan.kind == "stated":
        found = _extraction("stated", wanted, stated_lists(page, wanted))
    elif plan.kind == "single":
        alone = _with_texts(page, wanted, Single(page), plan.texts)
        found = _extraction("single", wanted, [alone] if alone.filled() else [])
    else:
        listing = follow(page, plan)
        if listing is None:
            return None
        found = _extraction("region", wanted, read_listing(page, listing, wanted))
        found.listing = listing
    found.plan, found.followed = plan, True
    return found


def _with_texts(
    page: RecordPage, wanted: Wanted, single: Single, texts: Mapping[str, str]
) -> Record:
    """A single record, with what a model once found, as far as it still stands in the page."""
    known = accepted_texts(wanted, texts, page)

    def find(each: Field) -> list[Trace]:
        return [known[each.key]] if each.key in known else single.find(each)

    return read_record(wanted.fields, find, page.reading)


def _answered(page: RecordPage, found: Extraction, answer: Mapping[str, Any]) -> Extraction:
    """The extraction with a model's answer put in, as far as it holds."""
    if found.listing is not None:
        extra = accepted_columns(found.listing, found.wanted, answer, page)
        listing = replace(found.listing, fits=found.listing.fits | extra)
        listing = whole(page, listing, found.wanted)
        again = _extraction("region", found.wanted, read_listing(page, listing, found.wanted))
        schema = again.plan.schema
        again.plan = replace(plan_of(page, listing, found.wanted, again.coverage), schema=schema)
        again.listing, again.drift = listing, found.drift
        return again
    texts = {key: trace.raw for key, trace in accepted_texts(found.wanted, answer, page).items()}
    if found.kind != "single" or not texts:
        return found
    alone = _with_texts(page, found.wanted, Single(page), texts)
    again = _extraction("single", found.wanted, [alone])
    again.plan, again.drift = replace(again.plan, texts=texts), found.drift
    return again


def _extraction(kind: str, wanted: Wanted, read: list[Record]) -> Extraction:
    coverage = _coverage(wanted, read)
    plan = Plan(kind, tuple(wanted.names()), coverage, schema=wanted.to_json())
    items, traces = [record.item for record in read], [record.traces for record in read]
    return Extraction(items, traces, kind, wanted, plan, coverage)


def _coverage(wanted: Wanted, read: list[Record]) -> dict[str, float]:
    """The share of the items that have each key."""
    return {
        key: round(sum(record.item.get(key) is not None for record in read) / (len(read) or 1), 3)
        for key in wanted.names()
    }


def _with_values(wanted: Wanted, read: list[Record]) -> Wanted:
    kept = tuple(
        each
        for each in wanted.fields
        if any(record.item.get(each.key) is not None for record in read)
    )
    return Wanted(kept, wanted.listed, given=False)


def _confidences(found: Extraction) -> dict[str, float]:
    """How sure the values of each key are, on average over the items."""
    sums: dict[str, float] = {}
    for traces in found.traces:
        for place, trace in traces.items():
            for key in place.split("."):
                sums[key] = sums.get(key, 0.0) + trace.confidence
    return {key: total / (len(found.items) or 1) for key, total in sums.items()}
