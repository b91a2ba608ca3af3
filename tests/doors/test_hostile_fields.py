"""Fields beside the page's own address that carry a host, or could be made to: all are refused."""

from typing import Any

import pytest

from flows_api.handler import handler as flows
from scrape_api.handler import handler as scrape
from tests.doors.flow_runs import flow_of, run
from tests.doors.knocking import knock
from tests.doors.tool_jobs import execute
from tests.furnished import Furnished

CLOUD = "http://169.254.169.254/"


@pytest.mark.parametrize("url", ["https://user:pw@example.com/hook", "https://example.com:22/hook"])
def test_a_webhook_with_a_login_or_at_an_unsafe_port_is_refused(key: str, url: str) -> None:
    answer = execute(key, url="https://example.com", webhookUrl=url)

    assert (answer.status, list(answer.json["details"])) == (400, ["webhookUrl"])
    assert "pw@" not in answer.text


@pytest.mark.parametrize("profile", ["x\r\nHost: a", "default\n", ""])
def test_a_profile_is_one_of_ours(key: str, profile: str) -> None:
    body = {"urls": ["https://example.com"], "config": {"userAgentProfile": profile}}
    answer = knock(scrape, "scrape_sync", key=key, body=body)

    assert (answer.status, answer.json["error"]["code"]) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize(
    "more",
    [
        {"llm": {"base_url": "http://127.0.0.1/"}},
        {"config": {"llm": {"base_url": "http://127.0.0.1/"}}},
        {"baseUrl": "http://127.0.0.1/"},
        {"model": "http://127.0.0.1/"},
    ],
)
def test_where_the_model_lives_is_no_field_of_any_request(key: str, more: dict[str, Any]) -> None:
    scraped = knock(scrape, "scrape_sync", key=key, body={"urls": ["https://e.com"], **more})
    extracted = knock(flows, "extract", key=key, body={"url": "https://e.com", **more})

    assert (scraped.status, extracted.status) == (400, 400)


def test_a_step_leads_no_run_where_the_guard_forbids(furnished: Furnished, key: str) -> None:
    steps = [{"type": "navigate", "url": CLOUD}, {"type": "extract"}]
    ended = run(furnished, key, flow_of(key, "https://example.com", steps=steps))

    assert (ended["status"], ended["error"]["code"]) == ("failed", "PRIVATE_NETWORK_TARGET")
