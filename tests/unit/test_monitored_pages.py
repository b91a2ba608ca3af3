"""Monitors on whole pages: what says nothing is silent, what changed is told as it was and is."""

import asyncio
from typing import Any

import pytest

from tests.monitored_pages import CHANGES, NOISES, SCHEMA, Change, html
from webferry.domain.noise import Noise
from webferry.domain.walks import Snapshot
from webferry.usecases.compare_runs import compare_runs
from webferry.usecases.extract_items import Wish, extract_all
from webferry.usecases.read_records import ReadRecords

SHOP = "https://lamps.example/all"


def seen(page: str, plan: Any = None) -> tuple[Any, Any]:
    found = asyncio.run(extract_all(ReadRecords(), [Snapshot(SHOP, page)], Wish(SCHEMA, plan=plan)))
    assert found.lesson is not None
    return found.items, found.lesson.plan


BEFORE, PLAN = seen(html())


def told(page: str, plan: Any) -> list[Change]:
    return compare_runs(BEFORE, seen(page, plan)[0], Noise())


def absolute(change: Change) -> Change:
    whole = dict(change)
    if "key" in whole:
        whole["key"] = f"https://lamps.example{whole['key']}"
    for name in ("before", "after"):
        if isinstance(whole[name], dict):
            whole[name] = whole[name] | {"url": f"https://lamps.example{whole[name]['url']}"}
    return whole


def test_there_are_twenty_of_each() -> None:
    assert len(NOISES) == len(set(NOISES)) == 20
    assert len(CHANGES) == len({page for page, _ in CHANGES}) == 20
    assert html() not in NOISES


@pytest.mark.promise("flow.monitor.noise")
@pytest.mark.parametrize("plan", [None, PLAN], ids=["anew", "by plan"])
@pytest.mark.parametrize("page", NOISES, ids=range(20))
def test_noise_on_a_page_is_no_change(page: str, plan: Any) -> None:
    assert told(page, plan) == []


@pytest.mark.promise("flow.monitor.exact")
@pytest.mark.parametrize("plan", [None, PLAN], ids=["anew", "by plan"])
@pytest.mark.parametrize(("page", "changes"), CHANGES, ids=range(20))
def test_a_change_on_a_page_is_told_as_it_was_and_as_it_is(
    page: str, changes: list[Change], plan: Any
) -> None:
    found = told(page, plan)

    assert found == [absolute(change) for change in changes]
    assert all(change["before"] != change["after"] for change in found)
