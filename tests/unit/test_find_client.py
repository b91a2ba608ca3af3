"""Clients described at their own address: believed only about that address, for an hour."""

import asyncio
import json
from collections.abc import Iterator

import pytest

from tests.raw_site import HANG, RawSite, html, raw_site
from webferry.adapters.client_documents import FetchedDocuments
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.http_fetcher import HttpFetcher
from webferry.adapters.system import SystemClock
from webferry.domain.clients import Client
from webferry.domain.errors import FetchFailed, PageError, PageTimeout, RateLimited, WebferryError
from webferry.domain.oauth_errors import UnknownClient
from webferry.usecases.find_client import FindClient

ID = "https://app.example/client.json"
GOOD = {"client_id": ID, "client_name": "App", "redirect_uris": ["https://app.example/cb"]}
JSON = "Content-Type: application/json"


class Kept:
    """What is remembered, in a dictionary."""

    def __init__(self) -> None:
        self.clients: dict[str, tuple[Client, int]] = {}

    def put(self, client: Client, kept_ms: int) -> None:
        self.clients[client.id] = client, kept_ms

    def find(self, client_id: str, now_ms: int) -> Client | None:
        return self.clients[client_id][0] if client_id in self.clients else None


class Canned:
    """One document, wherever it is asked for."""

    def __init__(self, content: bytes | PageError) -> None:
        self.content = content
        self.asked: list[str] = []

    async def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        if isinstance(self.content, PageError):
            raise self.content
        return self.content


class Gate:
    """Lets so many pass."""

    def __init__(self, passes: int) -> None:
        self.passes = passes

    def admit(self, name: str, limit: int, window_ms: int, now_ms: int) -> bool:
        self.passes -= 1
        return self.passes >= 0


def finder(documents: Canned, passes: int = 9) -> FindClient:
    return FindClient(Kept(), documents, Gate(passes), SystemClock())


def test_a_document_is_fetched_once_and_then_remembered() -> None:
    documents = Canned(json.dumps(GOOD).encode())
    find = finder(documents)

    clients = [asyncio.run(find(ID, "here")) for _ in range(2)]

    assert {client.name for client in clients} == {"App"}
    assert documents.asked == [ID]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b"\xff",
        b"[" * 5000,
        json.dumps(GOOD | {"client_id": "https://app.example/other.json"}).encode(),
        json.dumps({**GOOD, "client_id": None}).encode(),
        json.dumps(GOOD | {"redirect_uris": ["javascript:alert(1)"]}).encode(),
        FetchFailed("Target redirected"),
        PageTimeout("Timed out"),
    ],
)
def test_a_document_that_does_not_describe_its_address_is_refused(
    content: bytes | PageError,
) -> None:
    with pytest.raises(WebferryError) as refused:
        asyncio.run(finder(Canned(content))(ID, "here"))

    assert not isinstance(refused.value, PageError)


def test_documents_are_not_fetched_without_end_nor_for_made_up_ids() -> None:
    documents = Canned(json.dumps(GOOD).encode())

    with pytest.raises(RateLimited):
        asyncio.run(finder(documents, passes=0)(ID, "here"))
    with pytest.raises(UnknownClient):
        asyncio.run(finder(documents)("client_nobody", "here"))

    assert documents.asked == []


@pytest.fixture(scope="module")
def site() -> Iterator[RawSite]:
    script = {
        "/good": html(b"{}", JSON),
        "/moved": html("", "Location: /good", status="302 Found"),
        "/large": html(b"1" * 5121, JSON),
        "/page": html("<p>no"),
        "/gone": html(b"{}", JSON, status="404 Not Found"),
        "/slow": html(b"{}", JSON)[:-1] + HANG,
    }
    with raw_site(script) as running:
        yield running


def fetched(site: RawSite, path: str, allow: str) -> bytes:
    guard = EgressGuard(Allowance.parse(allow))
    documents = FetchedDocuments(HttpFetcher(guard, SystemClock()), timeout_ms=2000)
    return asyncio.run(documents.fetch(site.url + path))


def test_only_a_small_json_document_at_its_own_public_address_is_brought(site: RawSite) -> None:
    assert fetched(site, "/good", site.host) == b"{}"
    for path in ("/moved", "/large", "/page", "/gone", "/slow"):
        with pytest.raises(PageError):
            fetched(site, path, site.host)
    with pytest.raises(PageError):
        fetched(site, "/good", "")
