"""The tools door: the catalogue, and what is refused before a job is opened."""

import pytest

from tests.doors.knocking import knock
from tests.doors.tool_jobs import credits, execute
from tools_api.handler import handler


@pytest.mark.promise("tool.catalog", "tool.read", "tools.catalog", "dialect.success.tools")
def test_the_catalogue_lists_every_tool_with_its_schema_and_price(key: str) -> None:
    tools = {tool["slug"]: tool for tool in knock(handler, "tools_list", key=key).json["data"]}

    scraper = tools["web-scraper"]
    assert (scraper["credits"], scraper["available"]) == (1, True)
    assert set(scraper) == {"slug", "name", "description", "inputSchema", "credits"} | {
        "available",
        "unavailableReason",
    }
    schema = scraper["inputSchema"]
    assert (schema["required"], set(schema["properties"])) == (["url"], {"url", "javascript"})
    one = knock(handler, "tools_list", key=key, path="/api/v1/tools/web-scraper").json["data"]
    assert one == scraper


@pytest.mark.promise("tool.slug.unknown")
def test_an_unknown_tool_is_a_404(key: str) -> None:
    read = knock(handler, "tools_list", key=key, path="/api/v1/tools/no-such-tool")
    run = execute(key, tool="no-such-tool", url="https://example.com")

    assert (read.status, run.status) == (404, 404)
    assert read.json == {"error": "Unknown tool: no-such-tool", "details": {}}


@pytest.mark.promise("tool.unavailable")
def test_a_tool_that_cannot_be_run_here_says_why_and_charges_nothing(key: str) -> None:
    before = credits(key)
    listed = knock(handler, "tools_list", key=key, path="/api/v1/tools/screenshot").json["data"]

    answer = execute(key, tool="screenshot", url="https://example.com")

    assert (listed["available"], answer.status) == (False, 503)
    assert answer.json == {"error": listed["unavailableReason"], "details": {}}
    assert execute(key, url="https://example.com", javascript=True).status == 503
    unmade = execute(key, tool="ai-generator", prompt="A ferry at dawn")
    assert (unmade.status, "WEBFERRY_IMAGE_MODEL" in unmade.json["error"]) == (503, True)
    assert credits(key) == before


@pytest.mark.promise("tool.input.invalid", "request.nothing-charged")
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"input": {}}, "url"),
        ({"input": {"url": 1}}, "url"),
        ({"input": {"url": ""}}, "url"),
        ({"input": {"url": "gopher://e.com"}}, "url"),
        ({"input": {"url": "https://e.com", "javascript": "yes"}}, "javascript"),
        ({"input": {"url": "https://e.com", "surprise": 1}}, "surprise"),
        ({"input": None}, "input"),
        ({"input": {"url": "https://e.com"}, "webhookUrl": 1}, "webhookUrl"),
        ({"input": {"url": "https://e.com"}, "surprise": 1}, "surprise"),
        ({}, "input"),
        ([], "body"),
    ],
)
def test_a_bad_input_is_a_400_that_names_the_field(key: str, body: object, field: str) -> None:
    before = credits(key)

    answer = knock(handler, "tool_execute", key=key, body=body)

    assert answer.status == 400
    assert set(answer.json) == {"error", "details"}
    assert list(answer.json["details"]) == [field]
    assert credits(key) == before


@pytest.mark.promise("tool.webhook-url.public", "tools.webhook.https")
@pytest.mark.parametrize(
    "receiver",
    ["http://example.com/hook", "https://127.0.0.1/hook", "https://[::1]/", "ftp://e.com", "no"],
)
def test_a_receiver_that_is_not_public_and_https_is_a_400(key: str, receiver: str) -> None:
    before = credits(key)

    answer = execute(key, url="https://example.com", webhookUrl=receiver)

    assert (answer.status, list(answer.json["details"])) == (400, ["webhookUrl"])
    assert credits(key) == before
