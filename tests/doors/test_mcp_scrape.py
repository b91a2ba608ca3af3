"""The tool `scrape_url` as its document describes it: parameters, defaults, bounds, the prompt."""

import pytest

from mcp_server import scrape_tools
from tests.doors.mcp_client import ask, call, result_of
from tests.doors.scrape_jobs import letters
from tests.doors.test_scrape_prompt import PROMPT, model, said
from tests.furnished import Furnished
from tests.raw_site import RawSite


@pytest.mark.promise("scrape.mcp.scrape-url", "scrape.mcp.timeout", "scrape.mcp.url-required")
def test_the_parameters_are_those_of_the_document_with_its_defaults(key: str) -> None:
    listed = result_of(ask(key, "tools/list"))["tools"]
    (schema,) = [tool["inputSchema"] for tool in listed if tool["name"] == "scrape_url"]

    parameters = schema["properties"]
    documented = ["url", "format", "timeout_ms", "user_agent_profile", "prompt"]
    assert list(parameters)[:5] == documented
    assert schema["required"] == ["url"]
    assert parameters["format"]["default"] == "markdown"
    assert parameters["format"]["enum"] == ["markdown", "html", "both"]
    timeout = parameters["timeout_ms"]
    assert (timeout["default"], timeout["minimum"], timeout["maximum"]) == (30_000, 1, 120_000)


@pytest.mark.promise("scrape.mcp.scrape-url")
def test_each_parameter_does_what_it_says(key: str, site: RawSite) -> None:
    both = call(key, "scrape_url", url=f"{site.url}/", format="both")["structuredContent"]
    html = call(key, "scrape_url", url=f"{site.url}/", format="html")["structuredContent"]
    before = len(site.requests)
    arguments = {"url": f"{site.url}/untitled", "user_agent_profile": "mobile"}
    call(key, "scrape_url", timeout_ms=120_000, **arguments)

    assert both["markdown"].startswith("# Example Domain")
    assert both["html"] == html["html"]
    assert "markdown" not in html
    assert "Mobile" in site.requests[before]


@pytest.mark.promise("scrape.mcp.extract")
def test_a_prompt_is_answered_in_extract(furnished: Furnished, key: str, site: RawSite) -> None:
    tiers = [{"name": "Storm", "price": 12.5}, {"name": "Harbour", "price": 30}]
    with model(furnished, said(tiers)):
        told = call(key, "scrape_url", url=f"{site.url}/lanterns", prompt=PROMPT)

    assert told["structuredContent"]["extract"] == tiers


def test_without_a_model_a_prompt_is_refused(key: str, site: RawSite) -> None:
    told = call(key, "scrape_url", url=f"{site.url}/lanterns", prompt=PROMPT)

    assert told["isError"] is True
    assert told["content"][0]["text"].startswith("INVALID_REQUEST: ")
    assert "WEBFERRY_MODEL" in told["content"][0]["text"]


def test_a_page_that_outlives_the_wait_goes_on_as_a_job(
    furnished: Furnished, key: str, site: RawSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrape_tools, "WAIT_MS", 1)

    told = call(key, "scrape_url", url=f"{site.url}/silent")

    text = told["content"][0]["text"]
    assert text.startswith("TIMEOUT: ")
    (sent,) = letters(furnished)
    assert sent.part.job_id in text
    assert call(key, "get_job", job_id=sent.part.job_id)["structuredContent"]["status"] == "queued"
