"""Flows over their door: described, listed, changed, deleted, as the document prints it."""

import re
from typing import Any

import pytest

from flows_api.handler import handler
from tests.doors.knocking import Answer, knock, letter

ISO_SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SHORT = {"name": "My New Flow", "url": "https://example.com", "mode": "extract"}


def made(key: str, **more: Any) -> str:
    answer = knock(handler, "flows_create", key=key, body=SHORT | more)
    assert answer.status == 201, answer.text
    return str(answer.json["data"]["id"])


def read(key: str, flow: str) -> Answer:
    return knock(handler, "flows_list", key=key, path=f"/api/flows/{flow}")


def change(key: str, flow: str, body: object) -> Answer:
    path = f"/api/flows/{flow}"
    return knock(handler, "flows_create", key=key, method="PUT", path=path, body=body)


@pytest.mark.promise(
    "flows.create", "flows.create.draft", "flows.create.fields", "flows.create.short"
)
def test_a_flow_is_made_as_the_document_prints_it(own: str) -> None:
    answer = knock(handler, "flows_create", key=own)

    data = answer.json["data"]
    assert (answer.status, set(answer.json)) == (201, {"data"})
    assert set(data) == {"id", "name", "status", "createdAt"}
    assert re.fullmatch(r"flow-\d{13}", data["id"])
    assert (data["name"], data["status"]) == ("My New Flow", "draft")
    assert ISO_SECONDS.fullmatch(data["createdAt"])
    assert made(own) != data["id"]


@pytest.mark.promise("flows.read", "flow.steps")
def test_a_flow_reads_as_it_was_described(own: str) -> None:
    steps = [
        {"type": "navigate", "label": "Go", "url": "https://example.com/a"},
        {"type": "click", "selector": "text=More"},
        {"type": "type", "selector": "#q", "text": "lantern"},
        {"type": "press", "key": "Enter"},
        {"type": "select", "selector": "#sort", "value": "price"},
        {"type": "hover", "selector": ".menu"},
        {"type": "scroll", "to": "bottom"},
        {"type": "wait", "ms": 100},
        {"type": "screenshot", "fullPage": True},
        {"type": "extract"},
        {"type": "paginate", "next": "a.next", "maxPages": 3},
    ]
    flow = made(own, steps=steps, outputSchema={"title": "string"}, description="Lamps")

    data = read(own, flow).json["data"]

    expected = {"id", "name", "description", "url", "mode", "status", "steps", "outputSchema"}
    assert expected | {"successRate", "totalRuns"} <= set(data)
    assert [{k: v for k, v in step.items() if v != ""} for step in data["steps"]] == steps
    assert (data["outputSchema"], data["description"]) == ({"title": "string"}, "Lamps")
    assert (data["successRate"], data["totalRuns"]) == (0, 0)


@pytest.mark.promise(
    "flows.list", "flows.list.item", "flows.list.status", "flows.list.mode", "flow.total"
)
def test_flows_are_listed_filtered_and_counted(own: str) -> None:
    names = [made(own, name=f"Flow {n}", mode=mode) for n, mode in enumerate(["extract"] * 3)]
    watched = made(own, mode="monitor", schedule={"everyMinutes": 5})
    assert change(own, watched, {"status": "active"}).json["data"]["status"] == "active"

    def listed(query: str = "") -> Any:
        return knock(handler, "flows_list", key=own, query=query).json

    everything = listed()
    assert (set(everything), everything["total"]) == ({"data", "total"}, 4)
    keys = {"id", "name", "status", "mode", "url", "successRate", "totalRuns", "createdAt"}
    assert all(set(row) == keys for row in everything["data"])
    assert [row["id"] for row in listed("status=active")["data"]] == [watched]
    assert [row["id"] for row in listed("mode=monitor")["data"]] == [watched]
    assert listed("status=active&mode=extract") == {"data": [], "total": 0}
    page = listed("mode=extract&limit=2")
    assert ([row["id"] for row in page["data"]], page["total"]) == (names[:0:-1], 3)
    rest = listed(f"mode=extract&limit=2&cursor={page['nextCursor']}")
    assert [row["id"] for row in rest["data"]] == names[:1]


@pytest.mark.promise("flow.filter.invalid")
@pytest.mark.parametrize("query", ["status=gone", "mode=crawl", "status=", "limit=0"])
def test_a_filter_outside_its_set_is_a_400(key: str, query: str) -> None:
    answer = knock(handler, "flows_list", key=key, query=query)

    assert (answer.status, answer.json["code"]) == (400, "INVALID_REQUEST")


@pytest.mark.promise("flows.update", "flows.update.answer", "flow.patch")
def test_a_change_touches_what_it_names_and_null_takes_away(own: str) -> None:
    flow = made(own, description="Old", outputSchema={"a": "string"}, steps=[{"type": "extract"}])

    answer = change(own, flow, {"name": "Updated Flow Name", "status": "active"})
    assert set(answer.json["data"]) == {"id", "name", "status", "updatedAt"}
    assert ISO_SECONDS.fullmatch(answer.json["data"]["updatedAt"])
    data = read(own, flow).json["data"]
    assert (data["name"], data["description"]) == ("Updated Flow Name", "Old")

    change(own, flow, {"description": None, "outputSchema": None, "steps": None})
    data = read(own, flow).json["data"]
    assert (data["description"], data["outputSchema"], data["steps"]) == ("", None, [])
    assert data["name"] == "Updated Flow Name"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"id": "flow-1"}, "id"),
        ({"successRate": 100}, "successRate"),
        ({"createdAt": "2026-01-01T00:00:00Z"}, "createdAt"),
        ({"name": None}, "name"),
        ({"name": "  "}, "name"),
        ({"url": None}, "url"),
        ({"mode": "crawl"}, "mode"),
        ({"status": "gone"}, "status"),
        ({"steps": [{"type": "fly"}]}, "steps.0"),
        ({"steps": [{"type": "extract"}, {"type": "click"}]}, "steps.1.click.selector"),
        ({"steps": [{"type": "extract"}] * 51}, "steps"),
        ({"schedule": {"everyMinutes": 0}}, "schedule.everyMinutes"),
        ({"schedule": {"cron": "every day"}}, "schedule.cron"),
        ({"schedule": {"cron": "0 6 * * *", "timeZone": "Mars/Base"}}, "schedule.timeZone"),
        ({"outputSchema": {"a": "flavour"}}, "outputSchema"),
        ({"noise": {"ignorePatterns": ["("]}}, "noise.ignorePatterns.0"),
    ],
)
def test_a_change_that_cannot_be_made_is_a_400_and_changes_nothing(
    own: str, body: dict[str, Any], field: str
) -> None:
    flow = made(own)
    before = read(own, flow).json

    answer = change(own, flow, body)

    assert (answer.status, answer.json["code"]) == (400, "INVALID_REQUEST")
    assert list(answer.json["details"]) == [field]
    assert read(own, flow).json == before


@pytest.mark.promise("flows.delete")
def test_a_deleted_flow_is_gone_once(own: str) -> None:
    flow = made(own)
    path = f"/api/flows/{flow}"

    answer = knock(handler, "flows_list", key=own, method="DELETE", path=path)

    assert answer.json == {"message": f"Flow {flow} deleted successfully"}
    assert knock(handler, "flows_list", key=own, method="DELETE", path=path).status == 404
    assert read(own, flow).status == 404


def test_a_foreign_flow_an_unknown_one_and_nonsense_are_one_404(own: str, key: str) -> None:
    foreign = made(key)

    for method in ("GET", "PUT", "DELETE"):
        body = {"name": "Mine"} if method == "PUT" else None
        event = "flows_create" if body else "flows_list"
        answers = {
            knock(handler, event, key=own, method=method, path=f"/api/flows/{n}", body=body).text
            for n in (foreign, "flow-1710000000000", "nonsense", "%2e%2e", "flow%23x")
        }
        assert answers == {'{"error":"Flow not found","code":"NOT_FOUND","details":{}}'}
    assert read(key, foreign).status == 200


@pytest.mark.promise("dialect.id.flows")
def test_the_event_of_the_letterbox_is_the_documents_own_request(own: str) -> None:
    assert letter("flows_create")["rawPath"] == "/api/flows"
    ids = [made(own) for _ in range(8)]
    assert len(set(ids)) == 8
