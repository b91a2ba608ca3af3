"""Door: API Gateway /mcp → tools for agents."""

from mcp_server.environment import serving
from mcp_server.server import product_server

handler = serving(product_server)
