"""A site that speaks HTTP/2 where it is offered, well or badly, and counts who connects."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived
from h2.exceptions import H2Error

from tests.raw_site import html

Answer = Callable[[H2Connection, int, asyncio.StreamWriter], None]
PAGE = b"<p>sealed"


@dataclass
class Http2Site:
    """Where it is, and the protocol that each connection chose."""

    certificate: Path
    answers: dict[str, Answer]
    speaks: tuple[str, ...] = ("h2", "http/1.1")
    port: int = 0
    connections: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    async def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        chosen = writer.get_extra_info("ssl_object").selected_alpn_protocol()
        self.connections.append(chosen or "http/1.1")
        try:
            await (self._speak_2(reader, writer) if chosen == "h2" else _speak_1(reader, writer))
        except (ConnectionError, H2Error, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _speak_2(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65_536):
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived) and event.stream_id and event.headers:
                    path = next(str(value) for name, value in event.headers if str(name) == ":path")
                    self.requests.append(path)
                    self.answers.get(path, fine)(connection, event.stream_id, writer)
            writer.write(connection.data_to_send())


async def _speak_1(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.readuntil(b"\r\n\r\n"):
        await asyncio.sleep(0.02)
        writer.write(html(PAGE).replace(b"Connection: close\r\n", b""))


def fine(connection: H2Connection, stream: int, writer: asyncio.StreamWriter) -> None:
    """A page as it should be."""
    connection.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
    connection.send_data(stream, PAGE, end_stream=True)


@contextmanager
def http2_site(site: Http2Site) -> Iterator[Http2Site]:
    """The site on a loop and a thread of its own, for as long as the block lasts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(site.certificate)
    context.set_alpn_protocols(site.speaks)
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        server = await asyncio.start_server(site.welcome, "127.0.0.1", 0, ssl=context)
        site.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            await over.wait()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    ready.wait()
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()
