"""The MCP server, /mcp."""
