"""Change: edits are heard, noise is not, and records are compared by key and field."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.changing_pages import EDITS, NOISES, Noise, Version, article
from webferry.content.change.masks import masked
from webferry.content.change.pages import whole_text
from webferry.content.change.records import FieldChange, compare_records
from webferry.content.change.texts import (
    Sensitivity,
    Snapshot,
    TextChange,
    compare_texts,
    report,
    snapshot_of,
)
from webferry.content.document import parse

PAGES = 120


def snapshot(version: Version) -> Snapshot:
    return snapshot_of(version.main, whole_text(parse(version.html, "https://paper.example/a")))


def compare(old: Version, new: Version) -> TextChange:
    return compare_texts(snapshot(old), snapshot(new))


def test_noise_raises_at_most_one_false_alarm_in_a_hundred() -> None:
    alarms = 0
    for seed in range(PAGES):
        page = article(random.Random(seed))
        alarms += compare(page.seen(seed), page.seen(seed + 1_000_003)).changed
    assert alarms <= PAGES / 100


def test_at_least_ninety_five_edits_in_a_hundred_are_heard() -> None:
    heard = made = 0
    for seed in range(PAGES):
        page = article(random.Random(seed))
        for edit in EDITS:
            edited = edit(page, random.Random(seed + 7))
            made += 1
            heard += compare(page.seen(seed), edited.seen(seed + 1_000_003)).changed
    assert made == PAGES * len(EDITS)
    assert heard >= 0.95 * made


@pytest.mark.parametrize("noise", NOISES, ids=lambda noise: noise.__name__)
def test_each_kind_of_noise_alone_is_silent(noise: Noise) -> None:
    for seed in range(10):
        page = article(random.Random(seed), noises=[noise])
        assert not compare(page.seen(1), page.seen(2)).changed


def test_a_change_says_which_lines_went_and_which_came() -> None:
    old = snapshot_of("# Fares\n\nA day costs 12 euros.", "Menu\nFares\nA day costs 12 euros.")
    new = snapshot_of("# Fares\n\nA day costs 14 euros.", "Menu\nFares\nA day costs 14 euros.")
    change = compare_texts(old, new)
    assert change.removed == ("A day costs 12 euros.",)
    assert change.added == ("A day costs 14 euros.",)
    assert "-A day costs 12 euros." in report(old, new)


def test_an_edit_deep_in_a_long_line_is_heard() -> None:
    line = "word " * 2_000
    old, new = snapshot_of(f"{line} before {line}", ""), snapshot_of(f"{line} after {line}", "")
    assert not compare_texts(old, old).changed
    long = snapshot_of(f"{line} before {line}", f"{line} before {line}")
    assert compare_texts(long, snapshot_of(f"{line} after {line}", f"{line} after {line}")).changed
    assert old.main != new.main


def test_moved_text_is_no_change() -> None:
    old = snapshot_of("First line here\nSecond line here", "First line here\nSecond line here")
    new = snapshot_of("Second line here\nFirst line here", "Second line here\nFirst line here")
    assert not compare_texts(old, new).changed


def test_all_text_hears_what_main_does_not() -> None:
    old = snapshot_of("The story stays", "The story stays\nOpen Monday")
    new = snapshot_of("The story stays", "The story stays\nClosed on Monday")
    assert not compare_texts(old, new).changed
    assert compare_texts(old, new, Sensitivity.ALL_TEXT).added == ("closedonmonday",)


def test_a_snapshot_survives_json() -> None:
    seen = snapshot_of("One\nTwo", "One\nTwo\nThree")
    assert Snapshot.from_json(json.loads(json.dumps(seen.to_json()))) == seen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Posted 3 minutes ago", "Posted 2 hours ago"),
        ("vor 5 Minuten", "vor 2 Stunden"),
        ("1,204 views", "1,311 views"),
        ("It is 12:04:59 now", "It is 13:07:01 now"),
        ("© 2019-2025 Acme", "© 2019-2026 Acme"),
        ("[More](/a?nonce=1)", "[More](/a?nonce=2)"),
        ("id 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "id 7c9e6679-7425-40de-944b-e07fc1f90ae7"),
    ],
)
def test_what_differs_on_every_visit_is_masked(one: str, other: str) -> None:
    assert masked(one) == masked(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$79.99", "$69.99"),
        ("$5", "€5"),
        ("1.5 m", "15 m"),
        ("Open 7 days", "Open 6 days"),
        ("Version 2.1", "Version 2.2"),
        ("20 %", "20"),
    ],
)
def test_what_matters_is_not_masked(one: str, other: str) -> None:
    assert masked(one) != masked(other)


@given(st.text(max_size=5_000), st.text(max_size=5_000))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    old, new = snapshot_of(one, one), snapshot_of(other, other)
    assert not compare_texts(old, old).changed
    assert isinstance(compare_texts(old, new).changed, bool)


@pytest.mark.parametrize("mark", ["1", "a1", "1,", "views ", "© 1", "](", "3 min ago ", "12:"])
def test_long_lines_cost_nothing(mark: str) -> None:
    assert len(masked(mark * 50_000)) <= 4_000


BEFORE = [
    {"sku": "A1", "name": "Anvil", "price": 10, "url": "https://s.example/a?utm_source=x"},
    {"sku": "B2", "name": "Bucket", "price": 4.5, "url": "https://s.example/b"},
]


def test_records_are_compared_by_key_and_field() -> None:
    after = [
        {"sku": "C3", "name": "Chisel", "price": 12, "url": "https://s.example/c"},
        {"sku": "A1", "name": "Anvil", "price": 11, "url": "https://s.example/a?utm_source=y"},
    ]
    change = compare_records(BEFORE, after)
    assert change.key_field == "sku"
    assert change.added == (after[0],)
    assert change.removed == (BEFORE[1],)
    assert change.changed == (FieldChange("A1", "price", 10, 11),)


def test_another_order_is_no_change() -> None:
    assert not compare_records(BEFORE, BEFORE[::-1]).any


def test_the_name_is_the_key_where_nothing_better_is() -> None:
    before = [{"name": "Anvil", "price": 1}, {"name": "Bucket", "price": 2}]
    change = compare_records(before, [{"name": "Anvil", "price": 3}, before[1]])
    assert change.key_field == "name"
    assert change.changed == (FieldChange("Anvil", "price", 1, 3),)


def test_two_records_of_one_key_are_told_apart() -> None:
    before = [{"name": "Anvil", "price": 1}] * 2
    change = compare_records(before, [before[0], {"name": "Anvil", "price": 2}], "name")
    assert change.changed == (FieldChange("Anvil (2)", "price", 1, 2),)


def test_records_without_a_key_are_compared_whole() -> None:
    change = compare_records([{"x": 1}, {"x": 2}], [{"x": 2}, {"x": 3}])
    assert (change.key_field, change.removed, change.added) == (None, ({"x": 1},), ({"x": 3},))


def test_nothing_and_nothing_is_no_change() -> None:
    assert not compare_records([], []).any
    assert compare_records([], BEFORE).added == tuple(BEFORE)
