"""One-shot extraction over its door."""

from typing import Any

import pytest

from flows_api.handler import handler
from tests.doors.flow_runs import EXPECTED, SCHEMA
from tests.doors.knocking import knock
from tests.raw_site import RawSite


@pytest.mark.promise(
    "flows.extract", "flows.extract.answer", "flows.extract.schema", "flows.extract.optional"
)
def test_one_page_is_extracted_at_once_without_a_flow(key: str, site: RawSite) -> None:
    body = {"url": f"{site.url}/shelf", "instructions": "Extract names", "schema": SCHEMA}

    answer = knock(handler, "extract", key=key, body=body)

    assert (answer.status, set(answer.json)) == (200, {"data"})
    data = answer.json["data"]
    assert set(data) == {"url", "extractedAt", "itemCount", "items"}
    assert (data["url"], data["itemCount"], data["items"]) == (body["url"], 6, EXPECTED)
    inferred = knock(handler, "extract", key=key, body={"url": body["url"]}).json["data"]
    assert inferred["itemCount"] == 6
    explained = knock(handler, "extract", key=key, body=body, query="explain=true").json["data"]
    assert explained["sources"][0]["name"]["raw"] == "Storm lantern"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "INVALID_REQUEST"),
        ({"url": "ftp://x.example/"}, 400, "UNSUPPORTED_SCHEME"),
        ({"url": "http://10.0.0.1/"}, 400, "PRIVATE_NETWORK_TARGET"),
        ({"url": "SITE/forbidden"}, 502, "FETCH_FAILED"),
        ({"url": "SITE/picture"}, 422, "NON_HTML_RESPONSE"),
        ({"url": "SITE/", "schema": {"a": "flavour"}}, 400, "INVALID_REQUEST"),
        ({"url": "SITE/", "schema": {}}, 400, "INVALID_REQUEST"),
    ],
)
def test_an_extraction_that_cannot_be_done_is_told_in_the_dialects_form(
    key: str, site: RawSite, body: dict[str, Any], status: int, code: str
) -> None:
    told = {
        name: str(v).replace("SITE", site.url) if name == "url" else v for name, v in body.items()
    }

    answer = knock(handler, "extract", key=key, body=told)

    assert (answer.status, answer.json["code"]) == (status, code)
    assert set(answer.json) == {"error", "code", "details"}
