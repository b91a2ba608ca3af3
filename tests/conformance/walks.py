"""Foreign programs that get in by themselves, and a person at a real browser who lets them."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.conformance.suite import Suite, Verdict
from tests.journeys.pages import site
from tests.journeys.person import Person
from tests.journeys.product import Product
from webferry.adapters.browser.finder import NO_BROWSER, find_browser
from webferry_local.free_ports import free_port


@contextmanager
def walks(suite: Suite) -> Iterator["Walks"]:
    """A started product, a page to read, and somebody who has an account."""
    browser = find_browser(os.environ)
    if browser is None:
        raise SystemExit(NO_BROWSER)
    with tempfile.TemporaryDirectory() as directory, site() as page:
        product = Product(Path(directory) / "data", egress_allow=urlsplit(page).netloc).start()
        try:
            person = Person(browser, product.demo["email"], product.demo["password"])
            yield Walks(suite, product, page, person)
        finally:
            product.stop()


class Walks:
    """What each program is asked to do, and what it printed."""

    def __init__(self, suite: Suite, product: Product, page: str, person: Person) -> None:
        self._suite = suite
        self._product = product
        self._page = page
        self._person = person

    def authorization(self) -> Verdict:
        """The suite's scenarios of an authorization server; a warning is a failure."""
        port = free_port()
        about = {
            "client_name": "Conformance",
            "redirect_uris": [f"http://127.0.0.1:{port}/callback"],
        }
        registered = httpx.post(f"{self._product.base_url}/oauth/register", json=about).json()
        url, client = self._product.base_url, registered["client_id"]
        asked = ("--url", url, "--client-id", client, "--resource", f"{url}/mcp", "-p", str(port))
        printed = self._suite.talk("conformance", "authorization", *asked, visit=self._visit)
        verdict = Verdict.read(printed)
        return Verdict((), verdict.passed) if "warning" in printed.lower() else verdict

    def inspector(self) -> Verdict:
        """The Inspector's command line, given nothing but the address, reads a page."""
        url = f"{self._product.base_url}/mcp"
        call = ("--method", "tools/call", "--tool-name", "scrape_url")
        argument = ("--tool-arg", f"url={self._page}/")
        callback = ("--callback-url", f"http://127.0.0.1:{free_port()}/oauth/callback")
        asked = ("--cli", url, "--transport", "http", *call, *argument, *callback)
        printed = self._suite.talk("mcp-inspector", *asked, visit=self._visit)
        done = ("inspector-cli",)
        return Verdict(done, ()) if "# Example Domain" in printed else Verdict((), done)

    def _visit(self, url: str) -> None:
        asyncio.run(self._person.allow(url))
