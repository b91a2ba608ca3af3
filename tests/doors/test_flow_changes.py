"""The changes of a flow over their door: what was, what is, page by page."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.doors.conftest import SCRIPT
from tests.doors.flow_runs import PRICES, SHOP, flow_of, get, run
from tests.furnished import Furnished
from tests.raw_site import RawSite, html


@pytest.fixture
def moving() -> Iterator[str]:
    """A page that a test may change."""
    SCRIPT["/moving"] = html(SHOP)
    yield "/moving"
    del SCRIPT["/moving"]


def pages(key: str, flow: str, limit: int) -> list[dict[str, Any]]:
    """Every change of a flow, however many pages that takes."""
    found: list[dict[str, Any]] = []
    query = f"limit={limit}"
    while True:
        answer = get(key, f"/api/flows/{flow}/changes", query=query).json
        assert len(answer["data"]) <= limit
        assert answer["total"] >= len(answer["data"])
        found += answer["data"]
        if "nextCursor" not in answer:
            return found
        query = f"limit={limit}&cursor={answer['nextCursor']}"


@pytest.mark.promise("flow.changes")
def test_what_runs_have_seen_change_is_listed_the_latest_first(
    furnished: Furnished, site: RawSite, own: str, moving: str
) -> None:
    flow = flow_of(own, site.url + moving, mode="monitor")
    run(furnished, own, flow)
    assert get(own, f"/api/flows/{flow}/changes").json == {"data": [], "total": 0}
    dearer = SHOP.replace("$30.00", "$31.50").replace("$9.90", "$9.95")
    SCRIPT[moving] = html(dearer)
    first = run(furnished, own, flow)["id"]
    run(furnished, own, flow)
    SCRIPT[moving] = html(dearer.replace("Reef lantern", "Mole lantern"))
    second = run(furnished, own, flow)["id"]

    listed = get(own, f"/api/flows/{flow}/changes").json

    assert listed["total"] == 4
    keys = {"id", "runId", "seenAt", "type", "key", "field", "before", "after"}
    assert all(set(each) == keys for each in listed["data"])
    assert [each["runId"] for each in listed["data"]] == [second, second, first, first]
    told = [
        {name: each[name] for name in ("type", "key", "field", "before", "after")}
        for each in listed["data"]
    ]
    gone, come = ({"name": f"{name} lantern", "price": PRICES["Reef"]} for name in ("Reef", "Mole"))
    priced = {"type": "changed", "field": "price"}
    nothing = {"key": None, "field": None}
    assert told == [
        {"type": "added", **nothing, "before": None, "after": come},
        {"type": "removed", **nothing, "before": gone, "after": None},
        {**priced, "key": "Harbour lantern", "before": 30, "after": 31.5},
        {**priced, "key": "Signal lantern", "before": 9.9, "after": 9.95},
    ]
    assert pages(own, flow, 1) == pages(own, flow, 3) == listed["data"]


@pytest.mark.parametrize("cursor", ["eA", "%21", "cnVuLTEuLTE"])
def test_a_cursor_that_is_none_of_ours_is_refused(
    site: RawSite, own: str, moving: str, cursor: str
) -> None:
    flow = flow_of(own, site.url + moving, mode="monitor")

    assert get(own, f"/api/flows/{flow}/changes", query=f"cursor={cursor}").status == 400


def test_the_changes_of_no_flow_of_ones_own_are_not_found(own: str) -> None:
    assert get(own, "/api/flows/flow-1/changes").status == 404
