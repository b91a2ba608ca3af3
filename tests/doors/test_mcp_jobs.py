"""Work that an agent starts and comes back for: batches, tools of the catalogue, runs of flows."""

import json
from typing import Any

import pytest

from tests.doors.flow_runs import EXPECTED, flow_of
from tests.doors.mcp_client import call
from tests.doors.scrape_jobs import work
from tests.doors.tool_jobs import credits
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.domain.credits import WELCOME_CREDITS


def done(furnished: Furnished, key: str, job_id: str, **more: Any) -> Any:
    """A job, once all there is to do is done."""
    work(furnished)
    told = call(key, "get_job", job_id=job_id, **more)
    assert not told.get("isError"), told
    return told["structuredContent"]


@pytest.mark.promise("mcp.tools")
def test_a_batch_is_a_job_whose_pages_are_brought_when_it_has_ended(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    urls = [f"{site.url}/", f"{site.url}/forbidden"]
    job = call(own, "scrape_urls", urls=urls)["structuredContent"]
    assert (job["status"], job["totalCount"]) == ("queued", 2)
    waiting = call(own, "get_job", job_id=job["jobId"])["structuredContent"]
    assert "results" not in waiting

    found = done(furnished, own, job["jobId"])

    assert (found["status"], found["successCount"], found["failureCount"]) == ("partial", 1, 1)
    good, bad = found["results"]
    assert good["markdown"].startswith("# Example Domain")
    assert bad["error"]["code"] == "FETCH_FAILED"
    assert "results" not in done(furnished, own, job["jobId"], include_results=False)


@pytest.mark.promise("mcp.bounded")
def test_the_pages_of_a_batch_share_the_room_of_an_answer_and_advance_side_by_side(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    urls = [f"{site.url}/long?{n}" for n in range(3)]
    job = call(own, "scrape_urls", urls=urls, format="html")["structuredContent"]
    read: list[list[str]] = [[], [], []]
    cursor = None
    while True:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        found = done(furnished, own, job["jobId"], **more)
        assert sum(len(page["html"]) for page in found["results"]) <= 40_000
        for parts, page in zip(read, found["results"], strict=True):
            parts.append(page["html"])
        cursor = found.get("nextCursor")
        if not cursor:
            break

    assert [("".join(parts)).count("line ") for parts in read] == [10_000] * 3


def test_a_batch_of_too_many_pages_is_refused_with_the_code_of_the_scrape_api(own: str) -> None:
    told = call(own, "scrape_urls", urls=["https://example.com"] * 6)

    assert told["isError"] is True
    assert told["content"][0]["text"].startswith("TOO_MANY_URLS: ")


@pytest.mark.promise("mcp.tools")
def test_a_tool_of_the_catalogue_is_found_run_and_paid_for(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    shelf = call(own, "list_tools")["structuredContent"]["tools"]
    (scraper,) = [tool for tool in shelf if tool["slug"] == "web-scraper"]
    assert (scraper["credits"], scraper["available"]) == (1, True)
    assert scraper["inputSchema"]["required"] == ["url"]

    wanted = {"url": f"{site.url}/", "javascript": False}
    job = call(own, "run_tool", slug="web-scraper", input=wanted)["structuredContent"]
    assert (job["status"], job["estimatedCredits"], credits(own)["held"]) == ("queued", 1, 1)
    found = done(furnished, own, job["jobId"])

    assert (found["status"], found["creditsUsed"]) == ("completed", 1)
    assert found["items"][0]["data"] == {"title": "Example Domain"}
    assert credits(own)["balance"] == WELCOME_CREDITS - 1


def test_a_tool_that_fails_says_why_and_costs_nothing(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    wanted = {"url": f"{site.url}/forbidden", "javascript": False}
    job = call(own, "run_tool", slug="web-scraper", input=wanted)["structuredContent"]

    found = done(furnished, own, job["jobId"])

    assert (found["status"], found["creditsUsed"]) == ("failed", 0)
    assert found["error"]["code"] == "FETCH_FAILED"
    assert credits(own)["balance"] == WELCOME_CREDITS


def test_a_large_item_comes_in_parts_that_join_to_the_whole(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    wanted = {"url": f"{site.url}/long", "javascript": False}
    job = call(own, "run_tool", slug="web-scraper", input=wanted)["structuredContent"]
    parts, cursor = [], None
    while True:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        found = done(furnished, own, job["jobId"], **more)
        parts.append(found["items"][0]["html"])
        assert len(json.dumps(found)) < 50_000
        cursor = found.get("nextCursor")
        if not cursor:
            break

    assert len(parts) == 3
    assert "".join(parts).count("line ") == 10_000


@pytest.mark.parametrize(
    ("slug", "given", "code"),
    [
        ("nonsense", {}, "NOT_FOUND"),
        ("web-scraper", {}, "INVALID_REQUEST"),
        ("web-scraper", {"url": "ftp://example.com"}, "INVALID_REQUEST"),
        ("web-scraper", {"url": "https://example.com", "more": 1}, "INVALID_REQUEST"),
        ("ai-generator", {"prompt": "A lamp"}, "UNAVAILABLE"),
    ],
)
def test_a_run_that_cannot_be_is_refused_before_anything_is_held(
    own: str, slug: str, given: dict[str, Any], code: str
) -> None:
    told = call(own, "run_tool", slug=slug, input=given)

    assert told["isError"] is True
    assert told["content"][0]["text"].startswith(f"{code}: ")
    assert credits(own)["held"] == 0


@pytest.mark.promise("credit.exhausted")
def test_who_has_nothing_left_to_pay_with_is_told_what_is_missing(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    wanted = {"url": f"{site.url}/", "javascript": False}
    runs = [
        call(own, "run_tool", slug="web-scraper", input=wanted) for _ in range(WELCOME_CREDITS + 4)
    ]

    paid, free, last = runs[:WELCOME_CREDITS], runs[WELCOME_CREDITS:-1], runs[-1]
    assert {run["structuredContent"]["estimatedCredits"] for run in paid} == {1}
    assert {run["structuredContent"]["estimatedCredits"] for run in free} == {0}
    assert last["isError"] is True
    assert last["content"][0]["text"] == "INSUFFICIENT_CREDITS: Insufficient credits"
    assert json.loads(last["content"][1]["text"]) == {"details": {"required": 1, "available": 0}}
    work(furnished)


@pytest.mark.promise("mcp.tools")
def test_a_flow_is_run_and_its_records_are_brought(
    furnished: Furnished, own: str, site: RawSite
) -> None:
    flow_id = flow_of(own, f"{site.url}/shelf")
    (flow,) = call(own, "list_flows")["structuredContent"]["flows"]
    assert (flow["id"], flow["status"]) == (flow_id, "draft")

    run = call(own, "run_flow", flow_id=flow_id)["structuredContent"]
    found = done(furnished, own, run["runId"])

    assert (found["status"], found["itemCount"]) == ("completed", len(EXPECTED))
    assert found["items"] == EXPECTED


def test_jobs_and_runs_of_others_are_not_there(furnished: Furnished, own: str, key: str) -> None:
    job = call(own, "scrape_urls", urls=["https://example.com"])["structuredContent"]

    for job_id in (job["jobId"], "job_x", "run-1", "flow-1", ""):
        told = call(key, "get_job", job_id=job_id)
        assert told["isError"] is True
        assert told["content"][0]["text"].startswith("NOT_FOUND: ")
    work(furnished)
