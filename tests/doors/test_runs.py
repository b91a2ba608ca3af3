"""Runs over their door: started, worked off, read with their logs, downloaded, cancelled."""

import csv
import io
import json
import re

import pytest

from flows_api.handler import handler
from flows_api.run_schemas import status_of
from tests.doors.flow_runs import EXPECTED, flow_of, get, run, start
from tests.doors.knocking import Answer, knock
from tests.doors.scrape_jobs import work
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.domain.jobs import JobState
from webferry.domain.runs import Run


@pytest.mark.promise(
    "flows.runs.start", "flows.runs.start.queued", "flows.runs.read", "flows.runs.log-line",
    "flows.runs.preview", "flow.mode.extract", "flow.steps.none", "flow.run.logs",
)  # fmt: skip
def test_a_run_is_started_worked_off_and_read_with_its_log(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    flow = flow_of(own, f"{site.url}/shelf")

    started = start(own, flow)

    data = started.json["data"]
    assert (started.status, set(started.json)) == (201, {"data"})
    assert set(data) == {"id", "flowId", "flowName", "status", "startedAt", "cost"}
    assert re.fullmatch(r"run-\d{13}", data["id"])
    assert (data["flowId"], data["flowName"], data["status"], data["cost"]) == (
        flow, "Lanterns", "queued", 0,
    )  # fmt: skip
    work(furnished)
    ended = get(own, f"/api/runs/{data['id']}").json["data"]
    assert (ended["status"], ended["itemsExtracted"]) == ("completed", 6)
    assert ended["outputPreview"] == EXPECTED
    assert 0 < ended["cost"] < 0.01
    lines = ended["logs"]
    assert all(set(line) == {"timestamp", "level", "message"} for line in lines)
    assert lines == sorted(lines, key=lambda line: line["timestamp"])
    messages = [line["message"] for line in lines]
    assert (messages[0], messages[-1]) == ("Run started", "Run completed")
    assert "Extracted 6 items" in messages


@pytest.mark.promise(
    "flows.runs.list", "flows.runs.item", "flows.runs.flow-id", "flows.runs.status",
    "flow.success-rate",
)  # fmt: skip
def test_runs_are_listed_filtered_and_counted_by_their_flow(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    good, bad = flow_of(own, f"{site.url}/shelf"), flow_of(own, f"{site.url}/forbidden")
    ids = [run(furnished, own, flow)["id"] for flow in (good, good, bad)]

    everything = get(own, "/api/runs").json

    assert (set(everything), everything["total"]) == ({"data", "total"}, 3)
    assert [row["id"] for row in everything["data"]] == ids[::-1]
    keys = {"id", "flowId", "flowName", "status", "startedAt", "duration", "itemsExtracted", "cost"}
    assert all(set(row) == keys for row in everything["data"])
    assert get(own, "/api/runs", query=f"flowId={good}").json["total"] == 2
    assert [row["id"] for row in get(own, "/api/runs", query="status=failed").json["data"]] == [
        ids[2]
    ]
    assert get(own, "/api/runs", query="status=gone").status == 400
    rates = {flow: get(own, f"/api/flows/{flow}").json["data"] for flow in (good, bad)}
    assert (rates[good]["successRate"], rates[good]["totalRuns"]) == (100, 2)
    assert (rates[bad]["successRate"], rates[bad]["totalRuns"]) == (0, 1)


def test_a_run_that_fails_says_why_and_keeps_its_log(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    failed = run(furnished, own, flow_of(own, f"{site.url}/forbidden"))

    assert failed["status"] == "failed"
    assert failed["error"] == {
        "code": "FETCH_FAILED",
        "message": "Target URL returned 403 Forbidden",
    }
    assert failed["logs"][-1]["level"] == "error"
    assert "403" in failed["logs"][-1]["message"]


@pytest.mark.promise("dialect.state.flows")
def test_a_run_that_brings_less_than_all_is_completed_with_a_warning(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    partly = Run("run-1", "acc_x", "flow-1", "Lanterns", 0, state=JobState.PARTIAL)
    empty = run(furnished, own, flow_of(own, f"{site.url}/untitled"))

    assert status_of(partly) == "completed"
    assert (empty["status"], empty["itemsExtracted"]) == ("completed", 0)
    assert "Extracted 0 items" in [
        line["message"] for line in empty["logs"] if line["level"] == "warn"
    ]


@pytest.mark.promise("flow.run.output")
def test_an_output_can_be_had_as_json_as_lines_and_as_a_table(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    path = f"/api/runs/{run(furnished, own, flow_of(own, f'{site.url}/shelf'))['id']}/output"

    assert get(own, path).json == {"data": EXPECTED}
    lines = get(own, path, query="format=jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == EXPECTED
    table = get(own, path, query="format=csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in table.headers["content-disposition"]
    assert next(csv.DictReader(io.StringIO(table.text))) == {
        "name": "Storm lantern",
        "price": "12.5",
    }
    explained = get(own, path, query="explain=true").json["data"][0]
    assert explained["item"] == EXPECTED[0]
    assert {"source", "path", "raw", "confidence"} == set(explained["sources"]["price"])
    assert get(own, path, query="format=xml").status == 400


def test_a_run_is_extracted_again_from_its_page_without_fetching_it(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    ended = run(furnished, own, flow_of(own, f"{site.url}/shelf"))
    site.requests.clear()

    again = knock(
        handler, "runs_start", key=own, path=f"/api/runs/{ended['id']}/replay",
        body={"schema": {"name": "string"}},
    )  # fmt: skip

    assert [item["name"] for item in again.json["data"]["items"]] == [
        item["name"] for item in EXPECTED
    ]
    assert site.requests == []


@pytest.mark.promise("flow.run.cancel", "flow.run.paused")
def test_a_run_is_cancelled_once_and_a_paused_flow_is_not_run(
    furnished: Furnished, site: RawSite, own: str
) -> None:
    flow = flow_of(own, f"{site.url}/shelf")
    name = start(own, flow).json["data"]["id"]

    def cancel() -> Answer:
        return knock(handler, "runs_start", key=own, path=f"/api/runs/{name}/cancel", body={})

    assert cancel().json["data"]["status"] == "cancelled"
    assert cancel().status == 409
    work(furnished)
    assert get(own, f"/api/runs/{name}").json["data"]["status"] == "cancelled"
    knock(
        handler, "flows_create", key=own, method="PUT", path=f"/api/flows/{flow}",
        body={"status": "paused"},
    )  # fmt: skip
    refused = start(own, flow)
    assert (refused.status, refused.json["error"]) == (409, "The flow is paused")
    assert start(own, "flow-1").status == 404
