"""Promises: what is due has a test, and no test keeps a promise nobody made."""

from collections import Counter

from tests.promises import PROMISES
from tests.promises.marks import marked_ids

# Raise it with the issue that begins: its promises are then due.
ISSUES_BEGUN = 7


def test_every_promise_has_an_id_of_its_own() -> None:
    repeated = [name for name, count in Counter(p.id for p in PROMISES).items() if count > 1]

    assert repeated == []


def test_every_promise_that_is_due_has_a_test() -> None:
    kept = marked_ids()
    unkept = [f"{p.id}: {p.text}" for p in PROMISES if p.issue <= ISSUES_BEGUN and p.id not in kept]

    assert unkept == []


def test_no_test_keeps_a_promise_that_nobody_made() -> None:
    assert marked_ids() - {p.id for p in PROMISES} == set()
