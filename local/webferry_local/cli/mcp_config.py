"""What MCP clients want to be told: where the server is, each in its own words."""

from collections.abc import Mapping
from typing import Any

Configuration = Mapping[str, Any]
# What the client is called for the option, and where its file lies.
FILES = {
    "claude": "Claude Code: .mcp.json in the project; the same for any client that reads `type`",
    "cursor": "Cursor: .cursor/mcp.json in the project, or ~/.cursor/mcp.json",
    "vscode": "VS Code: .vscode/mcp.json in the project",
}


def configurations(url: str, key: str | None) -> dict[str, Configuration]:
    """By client; without a key the client opens a browser window to sign in."""
    address: dict[str, Any] = {"url": url}
    if key is not None:
        address["headers"] = {"Authorization": f"Bearer {key}"}
    typed = {"type": "http"} | address
    return {
        "claude": {"mcpServers": {"scrape": typed}},
        "cursor": {"mcpServers": {"scrape": address}},
        "vscode": {"servers": {"scrape": typed}},
    }


def claude_command(url: str, key: str | None) -> str:
    """The same for Claude Code without a file."""
    header = "" if key is None else f' --header "Authorization: Bearer {key}"'
    return f"claude mcp add --transport http scrape {url}{header}"
