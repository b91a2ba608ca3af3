"""The protocol itself: both eras are served, nothing stays open, and what is wrong is said."""

import pytest
from mangum import Mangum

from mcp_server.gate import Gate
from mcp_server.handler import handler
from tests.doors.knocking import knock
from tests.doors.mcp_client import CLIENT, NEWEST, OLDER, ask, ask_newest, messages_of, result_of
from tests.raw_site import RawSite


@pytest.mark.promise("mcp.transport")
@pytest.mark.parametrize("version", OLDER)
def test_clients_of_both_older_versions_are_served(key: str, version: str) -> None:
    told = {
        "protocolVersion": version,
        "capabilities": {},
        "clientInfo": CLIENT,
    }

    welcomed = result_of(ask(key, "initialize", told, headers={"mcp-protocol-version": None}))
    listed = ask(key, "tools/list", headers={"mcp-protocol-version": version})

    assert welcomed["protocolVersion"] == version
    assert {"scrape_url", "get_job"} <= {tool["name"] for tool in result_of(listed)["tools"]}


@pytest.mark.promise("mcp.transport")
def test_clients_of_the_newest_version_need_no_handshake(key: str, site: RawSite) -> None:
    sent = result_of(knock(handler, "mcp_list", key=key))
    found = result_of(ask_newest(key, "server/discover"))
    listed = result_of(ask_newest(key, "tools/list"))
    arguments = {"url": f"{site.url}/"}
    page = result_of(ask_newest(key, "tools/call", {"name": "scrape_url", "arguments": arguments}))

    assert NEWEST in found["supportedVersions"]
    assert listed["ttlMs"] >= 0
    assert sent == listed
    assert page["resultType"] == "complete"
    assert page["structuredContent"]["status"] == "success"


def test_who_wants_to_hear_of_changes_is_told_that_there_are_none_and_let_go(key: str) -> None:
    wanted = {"notifications": {"toolsListChanged": True}}

    answer = ask_newest(key, "subscriptions/listen", wanted)

    first, last = messages_of(answer)
    assert first["method"] == "notifications/subscriptions/acknowledged"
    assert first["params"]["notifications"] == {}
    subscription = "io.modelcontextprotocol/subscriptionId"
    assert first["params"]["_meta"][subscription] == last["result"]["_meta"][subscription] == 1


def test_a_wish_to_listen_that_no_schema_allows_is_refused(key: str) -> None:
    answer = ask_newest(key, "subscriptions/listen", {"notifications": 7})

    assert (answer.status, answer.json["error"]["code"]) == (400, -32602)


@pytest.mark.parametrize("newest", [True, False])
def test_progress_is_told_to_who_asks_for_it(key: str, site: RawSite, *, newest: bool) -> None:
    params = {"name": "scrape_url", "arguments": {"url": f"{site.url}/"}}
    params |= {"_meta": {"progressToken": "how-far"}}

    answer = ask_newest(key, "tools/call", params) if newest else ask(key, "tools/call", params)

    *told, last = messages_of(answer)
    assert [each["method"] for each in told] == ["notifications/progress"] * 2
    assert {each["params"]["progressToken"] for each in told} == {"how-far"}
    assert [each["params"]["progress"] for each in told] == [0, 1]
    assert last["result"]["structuredContent"]["status"] == "success"


def test_what_the_newest_version_does_not_know_is_not_found(key: str) -> None:
    for method in ("initialize", "ping", "nonsense/none"):
        answer = ask_newest(key, method)
        assert (answer.status, answer.json["error"]["code"]) == (404, -32601)


def test_headers_and_body_must_agree(key: str) -> None:
    headers = {"mcp-protocol-version": NEWEST, "mcp-method": "tools/list"}

    answer = ask(key, "tools/call", {"name": "scrape_url"}, headers=headers)

    assert answer.status == 400
    assert "error" in answer.json


def test_a_crash_is_an_answer_too(key: str) -> None:
    async def crash(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("secret of the house")

    answer = knock(Mangum(Gate(crash), lifespan="off"), "mcp_call", key=key)  # type: ignore[arg-type]

    assert (answer.status, answer.json["error"]["code"]) == (500, -32603)
    assert "secret" not in answer.text
