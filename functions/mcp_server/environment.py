"""One environment's life: its loop, its server, and the door through which requests reach it."""

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Any

from mangum import Mangum
from mcp.server.mcpserver import MCPServer

from mcp_server.gate import Gate
from mcp_server.server import application
from webferry.surroundings import own_hosts

Event = dict[str, Any]


def serving(new_server: Callable[[], MCPServer]) -> Callable[[Event, object], Event]:
    """The handler of a function that is this server."""
    loop = asyncio.new_event_loop()
    lives: list[asyncio.Task[None]] = []

    @cache
    def door(domain: str) -> Mangum:
        app = application(new_server(), own_hosts(domain))
        started = asyncio.Event()

        async def live() -> None:
            async with app.router.lifespan_context(app):
                started.set()
                await asyncio.Event().wait()

        # The session manager lives as long as the environment: it cannot be started twice.
        lives.append(loop.create_task(live()))
        loop.run_until_complete(started.wait())
        return Mangum(Gate(app), lifespan="off")

    def handler(event: Event, context: object) -> Event:
        asyncio.set_event_loop(loop)
        domain = str(event.get("requestContext", {}).get("domainName", ""))
        return door(domain)(event, context)  # type: ignore[arg-type]

    return handler
