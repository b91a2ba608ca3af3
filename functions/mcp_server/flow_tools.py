"""Tools around flows: extract one page now, list flows, run one."""

from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import BaseModel, Field

from mcp_server.caller import caller_with, worker_with
from mcp_server.pages import Cursor
from mcp_server.results import stretch, told
from webferry.domain.keys import Scope
from webferry.wiring import house

WAIT_MS = 25_000
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=True)
_ACTS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=True)


class ExtractedOut(BaseModel):
    """What a page says."""

    url: str
    itemCount: int  # noqa: N815
    items: list[dict[str, Any]]
    nextCursor: str | None = None  # noqa: N815


class FlowsOut(BaseModel):
    """The flows of the account."""

    flows: list[dict[str, Any]]
    nextCursor: str | None = None  # noqa: N815


class RunOut(BaseModel):
    """A run that has been started."""

    runId: str  # noqa: N815
    flowId: str  # noqa: N815
    status: str


def add_flow_tools(server: MCPServer) -> None:
    """Give a server these tools."""
    server.add_tool(extract, title="Extract records", annotations=_READS)
    server.add_tool(list_flows, title="List flows", annotations=_READS)
    server.add_tool(run_flow, title="Run a flow", annotations=_ACTS)


async def extract(
    url: Annotated[str, Field(max_length=8192)],
    schema: Annotated[
        dict[str, Any] | None,
        Field(description='Wanted keys and types: {"name": "string", "price": "number"}'),
    ] = None,
    instructions: Annotated[str | None, Field(max_length=10_000)] = None,
    cursor: Cursor = None,
) -> Annotated[CallToolResult, ExtractedOut]:
    """Extract records from a page: products, rows, listings. No value is invented."""
    caller = worker_with(Scope.EXTRACT_RUN)
    async with house().job_engine.charge_page(caller.account_id, url):
        page = await house().scraping.extract(url, schema, instructions or "", WAIT_MS)
    items, more = stretch(page.found.items, cursor)
    data = {"url": page.url, "itemCount": len(page.found.items), "items": items}
    return told(data | ({"nextCursor": more} if more else {}), untrusted=True)


async def list_flows(cursor: Cursor = None) -> Annotated[CallToolResult, FlowsOut]:
    """The flows of this account."""
    caller = caller_with(Scope.FLOWS_READ)
    flows = [
        {
            "id": flow.id,
            "name": flow.name,
            "url": flow.url,
            "mode": str(flow.mode),
            "status": str(flow.status),
        }
        for flow in house().flow_desk.list(caller.account_id)
    ]
    shown, more = stretch(flows, cursor)
    return told({"flows": shown} | ({"nextCursor": more} if more else {}))


async def run_flow(
    flow_id: Annotated[str, Field(max_length=100)],
) -> Annotated[CallToolResult, RunOut]:
    """Start a run of a flow; ask `get_job` with its `runId` for what it brought."""
    caller = worker_with(Scope.RUNS_WRITE)
    run = house().flow_desk.start(caller.account_id, flow_id)
    return told({"runId": run.id, "flowId": run.flow_id, "status": "queued"})
