"""A client of the MCP server over its door, in the words of either era."""

import json
from typing import Any

from mcp_server.handler import handler
from tests.doors.knocking import Answer, knock

NEWEST = "2026-07-28"
OLDER = ("2025-11-25", "2025-06-18")
CLIENT = {"name": "test", "version": "1"}
_META = {
    "io.modelcontextprotocol/protocolVersion": NEWEST,
    "io.modelcontextprotocol/clientInfo": CLIENT,
    "io.modelcontextprotocol/clientCapabilities": {},
}


def ask(key: str | None, method: str, params: dict[str, Any] | None = None, **more: Any) -> Answer:
    """A request of the era of handshakes."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
    return knock(handler, "mcp_call", key=key, body=body, **more)


def ask_newest(key: str, method: str, params: dict[str, Any] | None = None) -> Answer:
    """A request of the newest specification: it stands alone."""
    told = dict(params or {})
    told["_meta"] = _META | told.get("_meta", {})
    headers = {"mcp-method": method}
    if "name" in told:
        headers["mcp-name"] = told["name"]
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": told}
    return knock(handler, "mcp_list", key=key, body=body, headers=headers)


def messages_of(answer: Answer) -> list[Any]:
    """Every message of an answer, whichever form it has."""
    lines = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line.strip()] or [answer.json]


def result_of(answer: Answer) -> Any:
    """The result in an answer, or its error."""
    found = [each for each in messages_of(answer) if "result" in each or "error" in each]
    (final,) = found
    return final.get("result") or final


def call(key: str, tool: str, **arguments: Any) -> Any:
    """What a tool answers."""
    answer = ask(key, "tools/call", {"name": tool, "arguments": arguments})
    assert answer.status == 200, answer.text
    return result_of(answer)
