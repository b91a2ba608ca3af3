"""The tools door: the catalogue, the credits, and an honest no to jobs."""

import pytest

from tests.doors.knocking import knock
from tests.furnished import Furnished
from tools_api.handler import handler


def test_the_catalogue_lists_the_web_scraper_with_its_schema_and_why_it_is_not_available(
    key: str,
) -> None:
    [tool] = knock(handler, "tools_list", key=key).json["data"]

    assert (tool["slug"], tool["credits"]) == ("web-scraper", 1)
    assert set(tool) == {"slug", "name", "description", "inputSchema", "credits"} | {
        "available",
        "unavailableReason",
    }
    assert not tool["available"]
    assert "not part of this release" in tool["unavailableReason"]
    schema = tool["inputSchema"]
    assert (schema["required"], set(schema["properties"])) == (["url"], {"url", "javascript"})
    one = knock(handler, "tools_list", key=key, path="/api/v1/tools/web-scraper").json["data"]
    assert one == tool


def test_an_unknown_tool_is_a_404(key: str) -> None:
    read = knock(handler, "tools_list", key=key, path="/api/v1/tools/no-such-tool")
    run = knock(handler, "tool_execute", key=key, path="/api/v1/tools/no-such-tool/execute")

    assert (read.status, run.status) == (404, 404)
    assert read.json == {"error": "Unknown tool: no-such-tool", "details": {}}


def test_a_good_input_is_refused_honestly_and_nothing_is_charged(
    furnished: Furnished, key: str
) -> None:
    answer = knock(handler, "tool_execute", key=key)

    assert answer.status == 503
    assert answer.json == {"error": "Tool jobs are not part of this release", "details": {}}
    account_id = furnished.house.authenticate(key).account_id
    assert furnished.house.read_credits(account_id).balance == 50


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"input": {}}, "url"),
        ({"input": {"url": 1}}, "url"),
        ({"input": {"url": ""}}, "url"),
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
    answer = knock(handler, "tool_execute", key=key, body=body)

    assert answer.status == 400
    assert set(answer.json) == {"error", "details"}
    assert list(answer.json["details"]) == [field]


def test_credits_show_balance_and_holds(key: str) -> None:
    assert knock(handler, "credits_read", key=key).json == {"data": {"balance": 50, "held": 0}}
