"""Tools around jobs: how far one is, of whatever kind, and what it has brought."""

from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import Field

from mcp_server.caller import caller_with, known_caller
from mcp_server.pages import Cursor, JobOut, failure_of, job_of, page_of
from mcp_server.results import stretch, told
from webferry.domain.jobs import Job, JobKind
from webferry.domain.keys import Caller, Scope
from webferry.domain.runs import RUN_PREFIX
from webferry.domain.scrapes import Scrape
from webferry.tool_wiring import shop
from webferry.web.job_words import STATUS_OF_STATE
from webferry.wiring import house

_SCOPE_OF = {
    JobKind.SCRAPE: Scope.SCRAPE_RUN,
    JobKind.TOOL: Scope.TOOLS_RUN,
    JobKind.FLOW: Scope.RUNS_READ,
}
Told = dict[str, Any]


def add_job_tools(server: MCPServer) -> None:
    """Give a server these tools."""
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    server.add_tool(get_job, title="Look at a job", annotations=reads)


async def get_job(
    job_id: Annotated[
        str,
        Field(max_length=100, description="`jobId` or `runId` of the tool that started the work"),
    ],
    *,
    include_results: Annotated[
        bool, Field(description="Bring what it found, once it has ended")
    ] = True,
    cursor: Cursor = None,
) -> Annotated[CallToolResult, JobOut]:
    """How far a job or a run is, and what it brought once it has ended: pages or items.

    Ask again after some seconds while `status` is queued or running.
    """
    if job_id.startswith(RUN_PREFIX):
        return _run(caller_with(Scope.RUNS_READ), job_id, cursor, wanted=include_results)
    caller = known_caller(*_SCOPE_OF.values())
    job = house().job_engine.read(caller.account_id, job_id)
    caller_with(_SCOPE_OF[job.kind])
    data = job_of(job)
    if job.kind is JobKind.TOOL:
        data["creditsUsed"] = job.used_credits
    if not include_results or not job.state.is_final:
        return told(data)
    bring = _items if job.kind is JobKind.TOOL else _pages
    return told(data | bring(job, cursor), untrusted=True)


def _pages(job: Job, cursor: str | None) -> Told:
    outcomes = house().job_engine.results(job, 0)
    pages = [
        page_of(Scrape.of(outcome.content), cursor, len(outcomes))
        if outcome.content is not None
        else failure_of(outcome.url, outcome.code, outcome.message)
        for outcome in outcomes
    ]
    # One place for all of them: they advance side by side.
    more = next((page["nextCursor"] for page in pages if "nextCursor" in page), None)
    return {"results": pages} | ({"nextCursor": more} if more else {})


def _items(job: Job, cursor: str | None) -> Told:
    brought = shop().read_result(job)
    if brought.items is None:
        return _failure(str(brought.code), brought.error or "")
    items, more = stretch(brought.items, cursor)
    return {"items": items} | ({"nextCursor": more} if more else {})


def _run(caller: Caller, run_id: str, cursor: str | None, *, wanted: bool) -> CallToolResult:
    runs = house().flow_desk.runs
    run = runs.one(caller.account_id, run_id)
    ended, good = run.state.is_final, run.state.is_good
    data: Told = {
        "jobId": run.id,
        "status": STATUS_OF_STATE[run.state],
        "totalCount": 1,
        "completedCount": int(ended),
        "successCount": int(good),
        "failureCount": int(ended and not good),
        "itemCount": run.report.items,
    }
    if ended and not good:
        data |= _failure(str(run.report.code or run.state), run.report.message)
    if not ended or not wanted:
        return told(data)
    items, more = stretch(runs.papers_of(run).items, cursor)
    return told(data | {"items": items} | ({"nextCursor": more} if more else {}), untrusted=True)


def _failure(code: str, message: str) -> Told:
    return {"error": {"code": code, "message": message or "Nothing was found"}}
