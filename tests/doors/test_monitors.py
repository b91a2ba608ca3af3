"""Monitors: what a flow sees again and again, compared; who is told; when it is due."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from flows_api.handler import handler
from tests.doors.conftest import SCRIPT
from tests.doors.flow_runs import SHOP, flow_of, get, run
from tests.doors.knocking import knock
from tests.doors.scrape_jobs import work
from tests.furnished import FLOWS_TABLE, Furnished
from tests.raw_site import RawSite, html
from webferry.domain.webhooks import DeliveryEvent
from webferry.usecases.list_deliveries import Wanted

STEP = {"type": "changed", "key": "Harbour lantern", "field": "price"}


@pytest.fixture
def watched() -> Iterator[str]:
    """A page that a test may change."""
    SCRIPT["/watched"] = html(SHOP)
    yield "/watched"
    del SCRIPT["/watched"]


def change(key: str, flow: str, **values: Any) -> None:
    answer = knock(
        handler, "flows_create", key=key, method="PUT", path=f"/api/flows/{flow}", body=values
    )
    assert answer.status == 200, answer.text


@pytest.mark.promise("flow.mode.monitor")
def test_a_monitor_compares_with_its_last_good_run(
    furnished: Furnished, site: RawSite, own: str, watched: str
) -> None:
    flow = flow_of(own, site.url + watched, mode="monitor")

    assert run(furnished, own, flow)["changes"] == []
    assert run(furnished, own, flow)["changes"] == []
    SCRIPT[watched] = html("no", status="503 Busy")
    assert run(furnished, own, flow)["status"] == "failed"
    SCRIPT[watched] = html("<p>Back soon")
    assert run(furnished, own, flow)["status"] == "failed"
    SCRIPT[watched] = html(SHOP.replace("$30.00", "$31.50"))
    changed = run(furnished, own, flow)["changes"]
    assert run(furnished, own, flow)["changes"] == []

    assert changed == [STEP | {"before": 30.0, "after": 31.5}]


@pytest.mark.promise("flow.monitor.change")
def test_a_change_is_owed_to_who_wants_to_hear_of_it(
    furnished: Furnished, site: RawSite, own: str, watched: str
) -> None:
    hook = f"{site.url}/hook"
    flow = flow_of(own, site.url + watched, mode="monitor", webhookUrl=hook)
    quiet = run(furnished, own, flow)["id"]
    SCRIPT[watched] = html(SHOP.replace("$30.00", "$31.50"))
    loud = run(furnished, own, flow)["id"]

    office = furnished.house.post_office
    account = furnished.house.authenticate(own).account_id
    page = office.list_deliveries(account, Wanted(), None, 10)

    (owed,) = [each.delivery for each in page.dispatches]
    assert (owed.job_id, owed.url, owed.event) == (loud, hook, DeliveryEvent.CHANGED)
    assert owed.job_id != quiet
    told = json.loads(office.send.deliver.freeze.compose(owed))
    assert (told["event"], told["flowId"], told["runId"]) == ("flow.changed", flow, loud)
    assert told["changes"] == [STEP | {"before": 30.0, "after": 31.5}]


@pytest.mark.parametrize(
    ("noise", "after"),
    [
        ({"ignoreFields": ["price"]}, "$99.00"),
        ({"tolerance": 2}, "$31.50"),
        ({"tolerance": 2, "confirm": True}, "$28.40"),
    ],
)
def test_what_its_owner_calls_noise_is_no_change(
    furnished: Furnished, site: RawSite, own: str, watched: str, noise: Any, after: str
) -> None:
    flow = flow_of(own, site.url + watched, mode="monitor", noise=noise)
    run(furnished, own, flow)
    SCRIPT[watched] = html(SHOP.replace("$30.00", after))

    assert run(furnished, own, flow)["changes"] == []


def test_a_monitor_that_is_due_is_started_once_however_many_clocks_wind(
    furnished: Furnished, site: RawSite, own: str, watched: str
) -> None:
    flow = flow_of(own, site.url + watched, mode="monitor", schedule={"everyMinutes": 5})
    change(own, flow, status="active")
    _put_back(furnished, own, flow, 1000)

    first, second = furnished.house.flow_desk.start_due(), furnished.house.flow_desk.start_due()
    work(furnished)

    assert (first.seen, second.seen) == (1, 0)
    runs = get(own, "/api/runs", query=f"flowId={flow}").json["data"]
    assert [row["status"] for row in runs] == ["completed"]
    assert get(own, f"/api/flows/{flow}").json["data"]["nextRunAt"] is not None


def test_a_monitor_that_keeps_failing_comes_to_error_and_stops_until_it_is_set_active(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    schedule = {"cron": "*/5 * * * *", "timeZone": "Europe/Berlin"}
    flow = flow_of(own, f"{site.url}/forbidden", mode="monitor", schedule=schedule)
    change(own, flow, status="active")
    for _ in range(5):
        run(furnished, own, flow)

    broken = get(own, f"/api/flows/{flow}").json["data"]
    assert (broken["status"], broken["nextRunAt"]) == ("error", None)
    assert broken["error"] == "Target URL returned 403 Forbidden"
    assert [row["id"] for row in get(own, "/api/flows", query="status=error").json["data"]] == [
        flow
    ]
    _put_back(furnished, own, flow, 1000)
    furnished.house.flow_desk.start_due()
    assert get(own, "/api/runs", query=f"flowId={flow}").json["total"] == 5
    change(own, flow, status="active")
    assert get(own, f"/api/flows/{flow}").json["data"]["status"] == "active"


def _put_back(furnished: Furnished, key: str, flow: str, due_at_ms: int) -> None:
    account = furnished.house.authenticate(key).account_id
    furnished.session.client("dynamodb").update_item(
        TableName=FLOWS_TABLE,
        Key={"pk": {"S": account}, "sk": {"S": f"flow#{flow}"}},
        UpdateExpression="SET due_at_ms = :due",
        ExpressionAttributeValues={":due": {"N": str(due_at_ms)}},
    )
