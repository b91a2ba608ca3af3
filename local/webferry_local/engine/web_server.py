"""An HTTP server inside our event loop; its port is bound before, so that errors come early."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn


class PortTaken(Exception):
    """Somebody else listens there already."""


def bind(host: str, port: int) -> socket.socket:
    # The protocol is named because asyncio turns Nagle's delay off only where it reads TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTaken(port) from error
    return listener


class WebServer(uvicorn.Server):
    """uvicorn without its own signal handlers and logging."""

    def __init__(self, app: Any, *, lifespan: bool) -> None:
        config = uvicorn.Config(
            app,
            lifespan="on" if lifespan else "off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            date_header=not lifespan,
            ws="none",
            backlog=512,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=5,
        )
        super().__init__(config)
        self._task: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def start(self, listener: socket.socket) -> None:
        self._task = asyncio.create_task(self.serve(sockets=[listener]))
        while not self.started:
            if self._task.done():
                self._task.result()
                raise RuntimeError("the server ended while starting")
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        self.should_exit = True
        if self._task is not None:
            await self._task
