"""Whatever a tool is given, by whomever: an answer, no crash, and only what a scope allows."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcp_server.handler import handler
from tests.doors.knocking import knock
from tests.doors.mcp_client import ask, ask_newest, call, result_of
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.domain.keys import Caller, Scope

NEEDS: dict[str, tuple[frozenset[Scope], dict[str, Any]]] = {
    "scrape_url": (frozenset({Scope.SCRAPE_RUN}), {"url": "http://10.0.0.1/"}),
    "scrape_urls": (frozenset({Scope.SCRAPE_RUN}), {"urls": ["x"] * 6}),
    "get_job": (
        frozenset({Scope.SCRAPE_RUN, Scope.TOOLS_RUN, Scope.RUNS_READ}),
        {"job_id": "job_none"},
    ),
    "extract": (frozenset({Scope.EXTRACT_RUN}), {"url": "http://10.0.0.1/"}),
    "list_tools": (frozenset({Scope.TOOLS_READ}), {}),
    "run_tool": (frozenset({Scope.TOOLS_RUN}), {"slug": "none", "input": {}}),
    "list_flows": (frozenset({Scope.FLOWS_READ}), {}),
    "run_flow": (frozenset({Scope.RUNS_WRITE}), {"flow_id": "flow-0"}),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("url", "urls", "format", "timeout_ms", "user_agent_profile", "prompt", "cursor")
MORE = ("job_id", "include_results", "schema", "instructions", "slug", "input", "flow_id")
ARGUMENTS = st.dictionaries(st.sampled_from(FIELDS + MORE) | st.text(), JSON, max_size=5)
FUZZ = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def is_forbidden(told: Any) -> bool:
    return bool(told.get("isError")) and told["content"][0]["text"].startswith("FORBIDDEN: ")


def key_with(furnished: Furnished, account: str, *scopes: Scope) -> str:
    return furnished.house.issue_key(Caller.operator(account), "Some", list(scopes)).text


@pytest.fixture(scope="module")
def account(furnished: Furnished) -> str:
    return furnished.open_account("scopes@example.com").account_id


def test_every_tool_has_its_row_in_the_table_of_scopes(key: str) -> None:
    listed = result_of(ask(key, "tools/list"))["tools"]

    assert {tool["name"] for tool in listed} == set(NEEDS)
    assert all(tool["title"] and tool["description"] and tool["outputSchema"] for tool in listed)
    assert not any(tool["annotations"].get("destructiveHint") for tool in listed)


@pytest.mark.parametrize("tool", NEEDS)
def test_a_tool_opens_to_its_scope_and_to_no_other(
    furnished: Furnished, account: str, tool: str
) -> None:
    needed, arguments = NEEDS[tool]

    for scope in Scope:
        told = call(key_with(furnished, account, scope), tool, **arguments)
        assert is_forbidden(told) == (scope not in needed), (scope, told)
    without = key_with(furnished, account, *(set(Scope) - needed))
    assert is_forbidden(call(without, tool, **arguments))


@pytest.mark.parametrize("tool", NEEDS)
@FUZZ
@given(arguments=ARGUMENTS)
def test_whatever_a_tool_is_given_it_answers(
    key: str, tool: str, arguments: dict[str, Any]
) -> None:
    told = call(key, tool, **arguments)

    assert "content" in told
    if told.get("isError"):
        code, _, sentence = told["content"][0]["text"].partition(": ")
        assert code.isupper(), told
        assert sentence


@FUZZ
@given(params=JSON, method=st.sampled_from(["tools/call", "tools/list", "initialize", "x"]))
def test_whatever_a_request_holds_it_is_no_fault_of_ours(
    key: str, params: Any, method: str
) -> None:
    for answer in (
        ask(key, method, params),
        ask_newest(key, method, params if isinstance(params, dict) else {}),
    ):
        assert answer.status in (200, 400, 404)


@FUZZ
@given(body=st.text() | st.sampled_from(["[]", "{}", "null", "1", "[[[[", '{"id":1}', "{" * 999]))
def test_whatever_is_sent_it_is_no_fault_of_ours(key: str, body: str) -> None:
    answer = knock(handler, "mcp_call", key=key, body=body.encode(errors="replace"))

    assert 200 <= answer.status < 500


def test_a_wrong_argument_is_named(key: str, site: RawSite) -> None:
    told = call(key, "scrape_url", url=site.url, timeout_ms=0)

    assert told["content"][0]["text"].startswith("INVALID_REQUEST: timeout_ms: ")
    assert "pydantic" not in str(told)
