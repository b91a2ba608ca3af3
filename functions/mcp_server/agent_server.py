"""A server whose tools fail in words that an agent can read: a code of ours, and a sentence."""

import json
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp_types import CallToolResult, InputRequiredResult, TextContent
from pydantic import ValidationError

from webferry.domain.errors import InternalError, WebferryError
from webferry.web.complaints import invalid


class AgentServer(MCPServer[Any]):
    """Whatever a tool may be given, the answer is a result or one of our errors."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """The tool's result; what we did not foresee is raised as it is."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            told = _meant(error)
            if told is None:
                raise
            return _refused(told)


def _meant(error: ToolError) -> WebferryError | None:
    cause = error.__cause__
    if isinstance(cause, ValidationError) and not isinstance(error, UnexpectedToolError):
        return invalid(cause.errors(include_url=False))
    if isinstance(cause, WebferryError) and not isinstance(cause, InternalError):
        return cause
    return None


def _refused(error: WebferryError) -> CallToolResult:
    content = [TextContent(type="text", text=f"{error.code}: {error.message}")]
    if error.details:
        details = json.dumps({"details": error.details}, ensure_ascii=False, default=str)
        content.append(TextContent(type="text", text=details))
    return CallToolResult(content=list(content), is_error=True)
