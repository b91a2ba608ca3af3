"""A site on loopback that stands in for `public.test`, beside a sentinel that nobody may reach."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.adapters.scripted_network import Answers, ScriptedResolver, WatchedNetwork
from tests.raw_site import RawSite, Script, raw_site
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.errors import PageError
from webferry.domain.pages import Page, PageFormat, PageRequest
from webferry.domain.rendering import RenderOrder
from webferry.domain.scrapes import ScrapeOptions
from webferry.usecases.read_page import read_page
from webferry.usecases.scrape_page import ScrapePage


@dataclass
class Sentinel:
    """A listener whose backlog is the count of who came, down to the bare handshake."""

    listener: socket.socket

    @property
    def port(self) -> int:
        port: int = self.listener.getsockname()[1]
        return port

    def visits(self) -> int:
        count = 0
        while True:
            try:
                self.listener.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1


@contextmanager
def sentinel() -> Iterator[Sentinel]:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        listener.setblocking(False)
        yield Sentinel(listener)


@dataclass
class Outcome:
    """What came of a fetch, and of an innocent one right after it."""

    code: str
    message: str
    page: Page | None
    strays: list[tuple[str, int]]
    next_code: str


@dataclass
class HostileSite:
    """The site under its public name."""

    site: RawSite
    names: dict[str, Answers]

    @property
    def port(self) -> int:
        return int(self.site.url.rpartition(":")[2])

    @property
    def url(self) -> str:
        return f"http://public.test:{self.port}"

    def scrape(self, path: str, *, timeout_ms: int = 5000, wanted: PageFormat) -> Outcome:
        """Fetch and read a page, then `/ok` with the same fetcher."""
        network = WatchedNetwork({("127.0.0.1", self.port)})
        allowance = Allowance.parse(f"127.0.0.1:{self.port}")
        guard = EgressGuard(allowance, ScriptedResolver(self.names))
        fetcher = HttpFetcher(guard, SystemClock(), network)
        requests = [PageRequest(self.url + path, timeout_ms), PageRequest(f"{self.url}/ok", 5000)]
        first, second = asyncio.run(_scraped(fetcher, requests, wanted))
        return Outcome(*first, network.strays, second[0])


async def _scraped(
    fetcher: HttpFetcher, requests: Sequence[PageRequest], wanted: PageFormat
) -> list[tuple[str, str, Page | None]]:
    outcomes: list[tuple[str, str, Page | None]] = []
    for request in requests:
        try:
            scraped = await ScrapePage(fetcher)(RenderOrder(request))
            options = ScrapeOptions(formats=wanted.formats)
            made = read_page(scraped.html, scraped.document, options)
            outcomes.append(("OK", made.get("markdown", ""), scraped.page))
        except PageError as error:
            outcomes.append((str(error.code), error.message, None))
    fetcher.close()
    await asyncio.sleep(0)
    return outcomes


@contextmanager
def hostile_site(script: Script) -> Iterator[HostileSite]:
    """`public.test` answers by the script; names that rebind and mix are there too."""
    with raw_site(script) as site:
        names: dict[str, Answers] = {
            "public.test": [["127.0.0.1"]],
            "rebind.test": [["127.0.0.1"], ["169.254.169.254"]],
            "private.test": [["10.0.0.7"]],
            "mixed.test": [["93.184.216.34", "127.0.0.1"]],
        }
        yield HostileSite(site, names)
