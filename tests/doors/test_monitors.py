"""Monitors: what a flow sees again and again, compared."""

import pytest

from tests.doors.conftest import SCRIPT
from tests.doors.flow_runs import SHOP, flow_of, run
from tests.furnished import Furnished
from tests.raw_site import RawSite, html


@pytest.mark.promise("flow.mode.monitor")
def test_a_monitor_compares_with_its_last_good_run(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    page = html(SHOP)
    flow = flow_of(own, f"{site.url}/watched", mode="monitor")
    try:
        SCRIPT["/watched"] = page
        assert run(furnished, own, flow)["changes"] == []
        assert run(furnished, own, flow)["changes"] == []
        SCRIPT["/watched"] = html("no", status="503 Busy")
        assert run(furnished, own, flow)["status"] == "failed"
        SCRIPT["/watched"] = html("<p>Back soon")
        assert run(furnished, own, flow)["status"] == "failed"
        SCRIPT["/watched"] = html(SHOP.replace("$30.00", "$31.50"))
        changed = run(furnished, own, flow)["changes"]
        assert run(furnished, own, flow)["changes"] == []
    finally:
        del SCRIPT["/watched"]

    assert changed == [
        {
            "type": "changed",
            "key": "Harbour lantern",
            "field": "price",
            "before": 30.0,
            "after": 31.5,
        }
    ]
