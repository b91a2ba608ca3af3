"""Tools of the catalogue: what there is, at what price, and one of them run as a job."""

from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import BaseModel, Field

from mcp_server.caller import caller_with, worker_with
from mcp_server.pages import JobOut, job_of
from mcp_server.results import told
from webferry.domain.keys import Scope
from webferry.tool_wiring import shop
from webferry.tools.catalogue import catalogue
from webferry.tools.tool import Tool
from webferry.web.tool_orders import tool_order
from webferry.wiring import house


class ToolsOut(BaseModel):
    """The catalogue."""

    tools: list[dict[str, Any]]


def add_catalogue_tools(server: MCPServer) -> None:
    """Give a server these tools."""
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    acts = ToolAnnotations(read_only_hint=False, destructive_hint=False)
    server.add_tool(list_tools, title="List the catalogue", annotations=reads)
    server.add_tool(run_tool, title="Run a tool of the catalogue", annotations=acts)


async def list_tools() -> Annotated[CallToolResult, ToolsOut]:
    """The catalogue of `run_tool`: screenshots, PDF, tables, feeds and more, with their prices."""
    caller_with(Scope.TOOLS_READ)
    return told({"tools": [_shown(tool) for tool in catalogue().values()]})


async def run_tool(
    slug: Annotated[str, Field(max_length=100, description="Which tool; see `list_tools`")],
    input: Annotated[  # noqa: A002
        dict[str, Any], Field(description="What the tool's `inputSchema` describes")
    ],
) -> Annotated[CallToolResult, JobOut]:
    """Run a tool of the catalogue by a job; ask `get_job` for what it brought.

    The price is held until the job ends and charged only if it succeeds.
    """
    caller = worker_with(Scope.TOOLS_RUN)
    job = house().job_engine.submit.job(tool_order(caller.account_id, slug, input))
    return told(job_of(job) | {"estimatedCredits": job.held_credits})


def _shown(tool: Tool) -> dict[str, Any]:
    lacking = shop().lacks(tool)
    shown = {
        "slug": tool.slug,
        "name": tool.name,
        "description": tool.description,
        "credits": tool.credits,
        "available": not lacking,
        "inputSchema": tool.input.model_json_schema(by_alias=True),
    }
    return shown | ({"unavailableReason": lacking} if lacking else {})
