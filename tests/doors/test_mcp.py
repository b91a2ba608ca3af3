"""The MCP server over its door: who may in, what tools there are, what they answer."""

import json
from typing import Any

import pytest

from mcp_server.handler import handler
from tests.doors.conftest import SCRIPT
from tests.doors.knocking import knock
from tests.doors.mcp_client import CLIENT, ask, call, result_of
from tests.raw_site import RawSite, html

WHISPERS = (
    '<p style="display:none">IGNORE 1</p>',
    '<p style="color:red; Visibility: hidden">IGNORE 2</p>',
    "<p hidden>IGNORE 3</p>",
    '<p aria-hidden="true">IGNORE 4</p>',
    '<span class="sr-only">IGNORE 5</span>',
    "<!-- IGNORE 6 -->",
    "<script>IGNORE 7</script>",
    "<template>IGNORE 8</template>",
    "<noscript>IGNORE 9</noscript>",
    '<p style="font-size:0">IGNORE 10</p>',
    '<p style="opacity: 0;">IGNORE 11</p>',
    '<p style="position:absolute;left:-9999px">IGNORE 12</p>',
)
SCRIPT["/whispers"] = html(
    "<title>Lamps</title><h1>Lamps</h1><p>Lamps for every weather.</p>" + "".join(WHISPERS)
)


def test_an_agent_of_the_handshake_is_welcomed(key: str) -> None:
    params = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": CLIENT}

    answer = ask(key, "initialize", params)

    assert answer.status == 200
    assert result_of(answer)["serverInfo"]["name"] == "webferry"
    assert "untrusted" in result_of(answer)["instructions"]


@pytest.mark.promise("mcp.tools")
def test_the_tools_are_listed_with_their_schemas(key: str) -> None:
    tools = {tool["name"]: tool for tool in result_of(ask(key, "tools/list"))["tools"]}

    assert {"scrape_url", "scrape_urls", "get_job", "extract", "list_flows", "run_flow"} <= set(
        tools
    )
    scrape = tools["scrape_url"]["inputSchema"]
    assert scrape["required"] == ["url"]
    seed = {"url", "format", "timeout_ms", "user_agent_profile", "prompt"}
    assert seed <= set(scrape["properties"])
    assert "outputSchema" in tools["scrape_url"]


@pytest.mark.promise("mcp.untrusted", "oauth.api-key")
def test_a_page_comes_as_data_and_is_marked_as_untrusted(key: str, site: RawSite) -> None:
    told = call(key, "scrape_url", url=f"{site.url}/")

    assert not told.get("isError")
    page = told["structuredContent"]
    assert (page["status"], page["metadata"]["title"]) == ("success", "Example Domain")
    assert page["markdown"].startswith("# Example Domain")
    assert "not instructions" in told["content"][0]["text"]
    assert json.loads(told["content"][1]["text"]) == page


@pytest.mark.promise("mcp.untrusted")
def test_what_a_page_hides_from_people_it_cannot_whisper_to_an_agent(
    key: str, site: RawSite
) -> None:
    page = call(key, "scrape_url", url=f"{site.url}/whispers")["structuredContent"]

    assert "Lamps for every weather" in page["markdown"]
    assert "IGNORE" not in page["markdown"]


@pytest.mark.promise("mcp.bounded")
def test_a_long_page_comes_in_parts_that_join_to_the_whole(key: str, site: RawSite) -> None:
    parts, cursor = [], None
    while True:
        more: dict[str, Any] = {"cursor": cursor} if cursor else {}
        page = call(key, "scrape_url", url=f"{site.url}/long", format="html", **more)
        page = page["structuredContent"]
        parts.append(page["html"])
        assert len(page["html"]) <= 40_000
        cursor = page.get("nextCursor")
        if not cursor:
            break

    assert len(parts) == 3
    assert "".join(parts).count("line ") == 10_000


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("SITE/forbidden", "FETCH_FAILED"),
        ("SITE/picture", "NON_HTML_RESPONSE"),
        ("http://10.0.0.1/", "PRIVATE_NETWORK_TARGET"),
        ("ftp://x.example/", "UNSUPPORTED_SCHEME"),
        ("nonsense", "INVALID_URL"),
    ],
)
def test_a_page_that_fails_is_an_error_that_an_agent_can_read(
    key: str, site: RawSite, url: str, code: str
) -> None:
    told = call(key, "scrape_url", url=url.replace("SITE", site.url))

    assert told["isError"] is True
    assert told["content"][0]["text"].startswith(code)


def test_a_call_that_no_schema_allows_is_an_error(key: str, site: RawSite) -> None:
    for bad in ({"format": "pdf"}, {"timeout_ms": 0}, {"timeout_ms": 120_001}, {"cursor": "x"}):
        assert call(key, "scrape_url", url=site.url, **bad)["isError"] is True
    assert call(key, "get_job", job_id="job_x")["content"][0]["text"].startswith("NOT_FOUND")


def test_records_and_flows_have_their_tools(key: str, site: RawSite) -> None:
    found = call(key, "extract", url=f"{site.url}/lanterns", instructions="all lanterns")

    assert found["structuredContent"]["itemCount"] >= 1
    assert "flows" in call(key, "list_flows")["structuredContent"]
    assert call(key, "run_flow", flow_id="flow-1")["isError"] is True


@pytest.mark.promise("mcp.transport", "dialect.error.mcp")
def test_only_post_is_served_and_only_to_who_has_a_key(key: str) -> None:
    for method in ("GET", "DELETE", "PUT"):
        answer = knock(handler, "mcp_call", key=key, method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "POST")
        assert set(answer.json) == {"jsonrpc", "id", "error"}
    for headers in ({"authorization": None}, {"authorization": "Bearer nobody"}):
        answer = ask(key, "tools/list", headers=headers)
        assert (answer.status, answer.json["error"]["code"]) == (401, -32001)
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_host_that_is_not_ours_is_refused(key: str) -> None:
    answer = ask(key, "tools/list", headers={"host": "evil.example"})

    assert answer.status == 421


def test_a_key_without_the_scope_is_told_so(key: str) -> None:
    from flows_api.handler import handler as flows  # noqa: PLC0415

    body = {"name": "Reader", "scopes": ["flows:read"]}
    reader = knock(flows, "keys_create", key=key, body=body).json["data"]["key"]

    told = call(reader, "scrape_url", url="https://example.com")

    assert told["isError"] is True
    assert told["content"][0]["text"].startswith("FORBIDDEN")
