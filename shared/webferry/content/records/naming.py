"""What is the name of records in which nothing says so: the words that are left over."""

from collections.abc import Mapping

from webferry.content.records.column import Column
from webferry.content.records.facts import Facts
from webferry.content.records.priors import prior_of
from webferry.content.records.schema import Field

_LONGEST = 80
_ENOUGH = 0.8


def name_left_over(
    fields: tuple[Field, ...], measured: list[Facts], won: Mapping[str, Column]
) -> tuple[str, Column] | None:
    """The first key in words, if it has no column yet, and the column that looks like a name."""
    first = next((each for each in fields if each.kind == "string"), None)
    if first is None or first.key in won or first.many or first.options:
        return None
    taken = {id(column) for column in won.values()}
    said = [facts.values for facts in measured if id(facts.column) in taken]
    free = [
        facts
        for facts in measured
        if id(facts.column) not in taken and facts.values not in said and _may_be_name(facts)
    ]
    best = max(free, key=lambda facts: prior_of("name", facts), default=None)
    return (first.key, best.column) if best else None


def _may_be_name(facts: Facts) -> bool:
    return (
        facts.column.attribute in ("", "own")
        and not facts.column.label
        and facts.length < _LONGEST
        and min(facts.coverage, facts.distinct, facts.letters) > _ENOUGH
        and not (facts.noise or facts.date or facts.state or facts.money)
    )
