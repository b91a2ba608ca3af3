"""The official conformance suite of MCP against this server, in the shape of a Lambda."""
