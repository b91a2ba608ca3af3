"""Noise: twenty changes that mean nothing are silent, twenty that mean something are told."""

import pytest

from webferry.domain.noise import Noise
from webferry.usecases.compare_runs import compare_runs

BASE = {
    "sku": "L-1",
    "name": "Storm lantern",
    "price": 12.5,
    "stock": "In stock",
    "seen": "viewed 10 times",
    "at": "2026-11-20T10:00:00Z",
}
QUIET = Noise(
    ignore_fields=("at",),
    ignore_patterns=(r"viewed \d+ times", r"\bref=\w+", r"[©®™]"),
    tolerance=0.5,
)
SILENT = [
    {"at": "2026-11-20T11:00:00Z"},
    {"at": None},
    {"seen": "viewed 11 times"},
    {"seen": "viewed 100000 times"},
    {"price": 12.9},
    {"price": 12.0},
    {"price": 12.5},
    {"price": 13},
    {"name": "Storm lantern®"},
    {"name": "Storm lantern "},
    {"name": "Storm  lantern"},
    {"name": "STORM LANTERN"},
    {"stock": "In stock."},
    {"stock": "in stock"},
    {"stock": "In stock ref=a1b2"},
    {"at": "x", "price": 12.7},
    {"seen": "viewed 7 times", "price": 12.2},
    {"name": "Storm lantern™", "at": "y"},
    {"stock": "In  stock"},
    {},
]
TOLD = [
    {"price": 13.1},
    {"price": 11.9},
    {"price": 0},
    {"price": None},
    {"price": -12.5},
    {"stock": "Sold out"},
    {"stock": None},
    {"stock": "3 left"},
    {"name": "Harbour lantern"},
    {"name": "Storm lantern XL"},
    {"name": None},
    {"seen": "sold 10 times"},
    {"seen": "hidden"},
    {"price": 125},
    {"price": 1.25},
    {"stock": "In stock again on Monday"},
    {"name": "Storm lamp"},
    {"price": 12.5e6},
    {"stock": "Not in stock"},
    {"seen": None},
]
OTHERS = [{**BASE, "sku": f"L-{n}", "name": f"Lamp {n}"} for n in range(2, 6)]


@pytest.mark.parametrize("change", SILENT)
def test_noise_is_silent(change: dict[str, object]) -> None:
    assert compare_runs([BASE, *OTHERS], [*OTHERS, {**BASE, **change}], QUIET) == []


@pytest.mark.parametrize("change", TOLD)
def test_a_real_change_is_told_with_what_was_and_what_is(change: dict[str, object]) -> None:
    ((field, after),) = change.items()

    told = compare_runs([BASE, *OTHERS], [*OTHERS, {**BASE, **change}], QUIET)

    before = BASE[field]
    expected = {"key": "L-1", "field": field, "before": before, "after": after}
    assert told == [{"type": "changed"} | expected]


def test_a_record_that_came_and_one_that_went_are_told_whole() -> None:
    first, *rest = OTHERS

    told = compare_runs([BASE, *OTHERS], [BASE, *rest, {**first, "sku": "L-9"}], QUIET)

    bare = {name: value for name, value in first.items() if name != "at"}
    assert {"type": "removed", "before": bare, "after": None} in told
    assert {"type": "added", "before": None, "after": bare | {"sku": "L-9"}} in told
    assert len(told) == 2


def test_a_pattern_made_to_take_for_ever_hides_nothing_and_takes_no_time() -> None:
    evil = Noise(ignore_patterns=(r"(a+)+$",))
    before, after = {**BASE, "name": "a" * 60 + "!"}, {**BASE, "name": "a" * 61 + "!"}

    assert len(compare_runs([before], [after], evil)) == 1
