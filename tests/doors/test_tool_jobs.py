"""Tool jobs behind their door: accepted, polled, listed, cancelled, and what each of them costs."""

import json

import pytest

from tests.doors.knocking import knock
from tests.doors.scrape_jobs import work
from tests.doors.tool_jobs import cancel, credits, ended, execute, read
from tests.furnished import Furnished
from tests.raw_site import RawSite
from tools_api.handler import handler


@pytest.fixture
def own_key(furnished: Furnished, request: pytest.FixtureRequest) -> str:
    return furnished.key_of(f"{abs(hash(request.node.name))}@example.com")


@pytest.mark.promise(
    "tools.execute", "tools.execute.keys", "tool.execute.accepted", "tools.job.read"
)
@pytest.mark.promise("tools.job.success", "dialect.state.tools", "dialect.time.tools")
@pytest.mark.promise("credit.same-figure", "tools.auth.bearer")
def test_a_job_is_accepted_and_its_result_can_be_read(
    furnished: Furnished, site: RawSite, own_key: str
) -> None:
    accepted = execute(own_key, url=f"{site.url}/", javascript=False)
    job_id = accepted.json["data"]["jobId"]
    assert accepted.status == 202
    assert accepted.json == {"data": {"jobId": job_id, "status": "pending", "estimatedCredits": 1}}
    waiting = read(own_key, job_id).json["data"]
    assert (waiting["status"], waiting["creditsUsed"], credits(own_key)["held"]) == (
        "pending",
        0,
        1,
    )

    job = ended(furnished, own_key, accepted)

    assert (job["status"], job["creditsUsed"], job["estimatedCredits"]) == ("success", 1, 1)
    [item] = job["result"]["items"]
    assert item["url"] == f"{site.url}/"
    assert "<h1>Example Domain</h1>" in item["html"]
    assert item["data"] == {"title": "Example Domain"}
    assert job["createdAt"].endswith("Z")
    assert len(job["createdAt"]) == len("2026-02-14T12:00:00.000Z")
    assert "error" not in job
    now = credits(own_key)
    assert (now["balance"], now["held"], now["spent"]) == (49, 0, 1)


@pytest.mark.promise("tools.job.failed", "tools.job.failed.text", "tool.upstream-status")
@pytest.mark.promise("credit.failed-page")
@pytest.mark.parametrize(
    ("path", "error", "code"),
    [
        ("/forbidden", "Target URL returned 403 Forbidden", "FETCH_FAILED"),
        ("/blank", "Target page is empty", "EMPTY_PAGE"),
        ("/picture", "", "NON_HTML_RESPONSE"),
    ],
)
def test_a_page_that_brings_nothing_costs_nothing(
    furnished: Furnished, site: RawSite, own_key: str, path: str, error: str, code: str
) -> None:
    accepted = execute(own_key, url=site.url + path, javascript=False)

    job = ended(furnished, own_key, accepted)

    assert (job["status"], job["creditsUsed"], job["errorCode"]) == ("failed", 0, code)
    assert job["error"] == (error or job["error"])
    assert "result" not in job
    assert (credits(own_key)["balance"], credits(own_key)["held"]) == (50, 0)


@pytest.mark.promise("dialect.one-status")
def test_a_job_has_one_status_whatever_its_records_are_called(
    furnished: Furnished, site: RawSite, own_key: str
) -> None:
    wanted = {"status": "string", "name": "string"}
    accepted = execute(own_key, tool="structured-data", url=f"{site.url}/lamps", schema=wanted)
    ended(furnished, own_key, accepted)

    answer = read(own_key, accepted.json["data"]["jobId"])

    assert answer.text.count('"status"') == 1
    assert answer.text.startswith('{"data":{')
    assert ": " not in answer.text.replace("Content-Type: ", "")[:100]
    items = answer.json["data"]["result"]["items"]
    assert [item["data"]["status"] for item in items] == ["sold", "here", "lost"]


@pytest.mark.promise("tool.jobs.cancel", "dialect.state.cancelled", "credit.release")
def test_a_cancelled_job_reads_failed_and_costs_nothing(
    furnished: Furnished, site: RawSite, own_key: str
) -> None:
    job_id = execute(own_key, url=f"{site.url}/").json["data"]["jobId"]

    answers = [cancel(own_key, job_id) for _ in range(2)]

    for answer in answers:
        job = answer.json["data"]
        assert (answer.status, job["status"], job["errorCode"]) == (200, "failed", "CANCELLED")
    assert (credits(own_key)["balance"], credits(own_key)["held"]) == (50, 0)
    work(furnished)
    done = execute(own_key, url=f"{site.url}/", javascript=False)
    ended(furnished, own_key, done)
    assert cancel(own_key, done.json["data"]["jobId"]).status == 409


@pytest.mark.promise("tool.jobs.list")
def test_jobs_are_listed_by_tool_and_status_a_page_at_a_time(
    furnished: Furnished, site: RawSite, own_key: str
) -> None:
    for number in range(3):
        execute(own_key, url=f"{site.url}/{'' if number else 'forbidden'}", javascript=False)
    execute(own_key, tool="markdown", url=f"{site.url}/", javascript=False)
    work(furnished)

    def listed(query: str) -> list[tuple[str, str]]:
        answer = knock(handler, "tool_jobs", key=own_key, query=query).json
        found = [(job["toolSlug"], job["status"]) for job in answer["data"]]
        more = answer.get("nextCursor")
        return found + (listed(f"{query}&cursor={more}") if more else [])

    scraped = ("web-scraper", "success")
    everything = [("markdown", "success"), scraped, scraped, ("web-scraper", "failed")]
    assert listed("") == everything
    assert listed("limit=1") == everything
    assert listed("tool=web-scraper&status=success&limit=1") == [scraped] * 2
    assert listed("status=pending") == []


def test_a_list_with_a_filter_or_a_cursor_of_nobodys_is_a_400(key: str) -> None:
    for query in ("status=queued", "limit=0", "cursor=%00", "cursor=bm8", "cursor=MS4uLi94"):
        assert knock(handler, "tool_jobs", key=key, query=query).status == 400


def test_another_accounts_job_is_a_404(furnished: Furnished, site: RawSite, own_key: str) -> None:
    job_id = execute(own_key, url=f"{site.url}/").json["data"]["jobId"]
    stranger = furnished.key_of("stranger@example.com")

    for answer in (read(stranger, job_id), cancel(stranger, job_id), read(own_key, "job_none")):
        assert (answer.status, answer.json["error"]) == (404, "Job not found")
    assert knock(handler, "tool_jobs", key=stranger, query="").json["data"] == []


def test_the_same_request_with_the_same_key_is_the_same_job(site: RawSite, own_key: str) -> None:
    headers = {"idempotency-key": "order-1"}

    first, again = (execute(own_key, url=f"{site.url}/", headers=headers) for _ in range(2))
    other = execute(own_key, url=f"{site.url}/other", headers=headers)

    assert first.json == again.json
    assert other.status == 409
    assert credits(own_key)["held"] == 1


@pytest.mark.promise("tools.credits.insufficient", "credit.exhausted", "credit.free-run.zero")
@pytest.mark.promise("credit.read", "tools.credits.balance")
def test_free_runs_follow_the_credits_and_then_there_is_the_documents_402(
    furnished: Furnished, site: RawSite, own_key: str
) -> None:
    for _ in range(50):
        assert execute(own_key, url=f"{site.url}/").json["data"]["estimatedCredits"] == 1
    for left in (2, 1, 0):
        assert execute(own_key, url=f"{site.url}/").json["data"]["estimatedCredits"] == 0
        assert credits(own_key)["freeRuns"]["web-scraper"] == left

    refused = execute(own_key, url=f"{site.url}/")

    assert (refused.status, refused.text) == (
        402,
        '{"error":"Insufficient credits","details":{"required":1,"available":0}}',
    )
    now = credits(own_key)
    assert (now["balance"], now["held"], now["freeRuns"]["markdown"]) == (0, 50, 3)
    assert now["resetsAt"].endswith("T00:00:00.000Z")
    assert execute(own_key, tool="markdown", url=f"{site.url}/").status == 202
    work(furnished)


@pytest.mark.promise("credit.ledger", "account.welcome")
def test_the_ledger_tells_every_movement_and_adds_up(
    furnished: Furnished, site: RawSite, own_key: str
) -> None:
    job = ended(furnished, own_key, execute(own_key, url=f"{site.url}/", javascript=False))
    cancel(own_key, execute(own_key, url=f"{site.url}/").json["data"]["jobId"])
    entries, query = [], "limit=2"
    while True:
        answer = knock(handler, "credits_ledger", key=own_key, query=query).json
        entries += answer["data"]
        if "nextCursor" not in answer:
            break
        query = f"limit=2&cursor={answer['nextCursor']}"

    kinds = [(entry["kind"], entry["credits"]) for entry in reversed(entries)]
    assert sorted(kinds[1:3]) == [("capture", 1), ("hold", 1)]
    assert [kinds[0], *kinds[3:]] == [("welcome", 50), ("hold", 1), ("release", 1)]
    assert entries[-2]["reference"] == job["jobId"]
    assert entries[-2]["toolSlug"] == "web-scraper"
    pots: dict[str, int] = {}
    for entry in entries:
        pots[entry["source"]] = pots.get(entry["source"], 0) - entry["credits"]
        pots[entry["target"]] = pots.get(entry["target"], 0) + entry["credits"]
    now = credits(own_key)
    assert pots == {"issued": -50} | {name: now[name] for name in ("balance", "held", "spent")}
    assert json.dumps(entries)
