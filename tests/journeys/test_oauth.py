"""An application that is given the address of /mcp and nothing else, and the person who uses it."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex

import httpx2
import pytest
from mcp.client.auth import OAuthClientProvider
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import (
    AuthorizationCodeResult,
    OAuthClientInformationFull,
    OAuthClientMetadata,
    OAuthToken,
)
from pydantic import AnyUrl

from tests.journeys.person import Doorbell, Person, opened
from tests.journeys.product import Product
from webferry.adapters.browser.finder import NO_BROWSER, find_browser

TAKES_ALL = {"Accept": "application/json, text/event-stream"}


class Memory:
    """What the application keeps from one day to the next."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


@asynccontextmanager
async def application(
    url: str, memory: Memory, show: Callable[[str], Awaitable[None]]
) -> AsyncIterator[Client]:
    """The official client; where it needs its user, it shows them an address."""
    async with Doorbell.hung() as bell:

        async def answer() -> AuthorizationCodeResult:
            return AuthorizationCodeResult.model_validate(await bell.answer())

        about = OAuthClientMetadata(
            client_name="Lamp Reader",
            redirect_uris=[AnyUrl(bell.url)],
            token_endpoint_auth_method="none",
        )
        auth = OAuthClientProvider(url, about, memory, show, answer)
        async with (
            httpx2.AsyncClient(auth=auth, timeout=60) as http,
            Client(streamable_http_client(url, http_client=http)) as client,
        ):
            yield client


def browser() -> Path:
    found = find_browser(os.environ)
    if found is None:
        pytest.skip(NO_BROWSER)
    return found


async def scraped(client: Client, url: str) -> str:
    told = await client.call_tool("scrape_url", {"url": url})
    assert not told.is_error, told
    return str(told.structured_content)


@pytest.mark.browser
@pytest.mark.promise(
    "scrape.mcp.endpoint", "scrape.mcp.oauth", "scrape.mcp.token-cached", "oauth.code"
)
def test_an_agent_given_only_the_address_gets_in_by_its_user_and_stays_in_without(
    product: Product, pages: str
) -> None:
    program = browser()
    email = f"{token_hex(8)}@example.com"
    person = Person(program, email, "correct horse battery", has_account=False)
    url, memory = f"{product.base_url}/mcp", Memory()

    async def nobody(url: str) -> None:
        raise AssertionError("the user was asked again")

    async def walk() -> None:
        async with application(url, memory, person.allow) as client:
            assert "Example Domain" in await scraped(client, f"{pages}/")
        async with application(url, memory, nobody) as client:
            assert "Pricing" in await scraped(client, f"{pages}/pricing")

    asyncio.run(walk())

    [asked] = person.was_asked
    for words in ("Lamp Reader", "127.0.0.1", person.email, "Read web pages for you"):
        assert words in asked
    assert memory.tokens is not None
    with product.client(memory.tokens.access_token) as bearer:

        def status() -> int:
            ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
            return bearer.post("/mcp", json=ping, headers=TAKES_ALL).status_code

        assert [status(), bearer.get("/api/keys").status_code] == [200, 401]
        product.command("account", "disable", email)
        assert status() == 403
        product.command("account", "enable", email)
        assert status() == 200


ASK_FROM_A_PAGE = """async address => {
  const version = { "MCP-Protocol-Version": "2025-11-25" };
  const of = async (path, options) => (await fetch(address + path, options)).json();
  const found = await of("/.well-known/oauth-authorization-server", { headers: version });
  const about = { client_name: "Page", redirect_uris: [location.origin + "/callback"] };
  const made = await of("/oauth/register", { method: "POST", body: JSON.stringify(about),
    headers: { "Content-Type": "application/json", ...version } });
  const body = new URLSearchParams({ grant_type: "authorization_code", client_id: made.client_id });
  const refused = await of("/oauth/token", { method: "POST", body, headers: version });
  const challenged = (await fetch(address + "/mcp", { method: "POST", headers: version })).headers;
  return [found.issuer, made.client_name, refused.error, challenged.get("www-authenticate")];
}"""


@pytest.mark.browser
@pytest.mark.promise("oauth.discovery", "oauth.registration")
def test_an_application_that_is_a_page_of_another_site_gets_as_far(
    product: Product, pages: str
) -> None:
    async def ask() -> list[str]:
        async with opened(browser()) as page:
            await page.goto(pages)
            told: list[str] = await page.evaluate(ASK_FROM_A_PAGE, product.base_url)
            return told

    issuer, name, refused, challenge = asyncio.run(ask())

    assert (issuer, name, refused) == (product.base_url, "Page", "invalid_request")
    assert challenge.startswith("Bearer resource_metadata=")
