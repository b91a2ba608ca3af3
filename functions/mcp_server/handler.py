"""Door: API Gateway /mcp → tools for agents."""

import asyncio
from functools import cache
from typing import Any

from mangum import Mangum

from mcp_server.gate import Gate
from mcp_server.server import application, product_server
from webferry.surroundings import own_hosts

_loop = asyncio.new_event_loop()


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """One request; the server's own life began with the first."""
    asyncio.set_event_loop(_loop)
    domain = str(event.get("requestContext", {}).get("domainName", ""))
    return _door(domain)(event, context)  # type: ignore[arg-type]


@cache
def _door(domain: str) -> Mangum:
    app = application(product_server(), own_hosts(domain))
    started = asyncio.Event()

    async def live() -> None:
        async with app.router.lifespan_context(app):
            started.set()
            await asyncio.Event().wait()

    # The session manager lives as long as the environment: it cannot be started twice.
    _lives.append(_loop.create_task(live()))
    _loop.run_until_complete(started.wait())
    return Mangum(Gate(app), lifespan="off")


_lives: list[asyncio.Task[None]] = []
