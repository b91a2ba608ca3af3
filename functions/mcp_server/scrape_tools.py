"""Tools that scrape: one page at once, or several by a job."""

from typing import Annotated, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import Field

from mcp_server.caller import worker_with
from mcp_server.pages import Cursor, JobOut, PageOut, job_of, page_of
from mcp_server.results import told
from webferry.domain.errors import PageError, TooManyUrls
from webferry.domain.jobs import Job, JobKind, Pace
from webferry.domain.keys import Caller, Scope
from webferry.domain.pages import Format, UserAgentProfile
from webferry.domain.scrapes import ScrapeOptions
from webferry.observability import count_page
from webferry.usecases.scrape_now import Outlived
from webferry.usecases.submit_job import JobOrder
from webferry.wiring import clock, house

# The gateway gives up after 30 s.
WAIT_MS = 28_000
MAX_URLS = 5
_PACE = Pace(parallel=3, min_delay_ms=500, max_delay_ms=2000)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=True)

Url = Annotated[str, Field(description="URL to scrape", max_length=8192)]
PageFormat = Annotated[
    Literal["markdown", "html", "both"], Field(description="markdown (default), html, or both")
]
TimeoutMs = Annotated[
    int, Field(ge=1, le=120_000, description="Timeout in ms (default 30000, max 120000)")
]
Profile = Annotated[
    UserAgentProfile | None, Field(description="UA profile: default, mobile, or tablet")
]
Prompt = Annotated[
    str | None,
    Field(max_length=10_000, description="LLM extraction prompt; the answer comes in `extract`"),
]


def add_scrape_tools(server: MCPServer) -> None:
    """Give a server these tools."""
    server.add_tool(scrape_url, title="Scrape a page", annotations=_READS)
    server.add_tool(scrape_urls, title="Scrape several pages", annotations=_READS)


async def scrape_url(  # noqa: PLR0913
    url: Url,
    ctx: Context,
    *,
    format: PageFormat = "markdown",  # noqa: A002
    timeout_ms: TimeoutMs = 30_000,
    user_agent_profile: Profile = None,
    prompt: Prompt = None,
    cursor: Cursor = None,
) -> Annotated[CallToolResult, PageOut]:
    """Scrape a web page as clean Markdown or HTML. Long pages come in parts: pass `cursor`."""
    caller = worker_with(Scope.SCRAPE_RUN)
    options = _options(format, timeout_ms, user_agent_profile, prompt)
    await ctx.report_progress(0, 1, f"Fetching {url}")
    started_ms = clock.tick_ms()
    try:
        async with house().job_engine.charge_page(caller.account_id, url):
            scrape = await house().scraping.now(caller.account_id, url, options, WAIT_MS)
    except PageError as error:
        count_page(ok=False, duration_ms=clock.tick_ms() - started_ms)
        if isinstance(error, Outlived):
            raise _going_on(error, _submit(caller, (url,), options)) from error
        raise
    count_page(ok=True, duration_ms=clock.tick_ms() - started_ms)
    await ctx.report_progress(1, 1, "Done")
    return told(page_of(scrape, cursor), untrusted=True)


async def scrape_urls(
    urls: Annotated[list[Url], Field(min_length=1, description="1 to 5 URLs")],
    *,
    format: PageFormat = "markdown",  # noqa: A002
    timeout_ms: TimeoutMs = 30_000,
    user_agent_profile: Profile = None,
    prompt: Prompt = None,
) -> Annotated[CallToolResult, JobOut]:
    """Scrape up to five pages by a job; ask `get_job` for what became of it."""
    caller = worker_with(Scope.SCRAPE_RUN)
    if len(urls) > MAX_URLS:
        raise TooManyUrls(f"Exceeded max {MAX_URLS} URLs per request")
    options = _options(format, timeout_ms, user_agent_profile, prompt)
    return told(job_of(_submit(caller, tuple(urls), options)))


def _going_on(error: Outlived, job: Job) -> Outlived:
    text = f"{error.message}; the page goes on as a job: ask `get_job` for {job.id}"
    return Outlived(text, jobId=job.id)


def _submit(caller: Caller, urls: tuple[str, ...], options: ScrapeOptions) -> Job:
    stored = house().scraping.options.write(options, caller.account_id)
    order = JobOrder(JobKind.SCRAPE, caller.account_id, urls, stored, _PACE)
    return house().job_engine.submit.job(order)


def _options(
    wanted: str, timeout_ms: int, profile: UserAgentProfile | None, prompt: str | None
) -> ScrapeOptions:
    formats = {"both": (Format.MARKDOWN, Format.HTML)}.get(wanted) or (Format(wanted),)
    return ScrapeOptions(
        formats=formats,
        timeout_ms=timeout_ms,
        profile=profile or UserAgentProfile.DEFAULT,
        prompt=prompt,
    )
