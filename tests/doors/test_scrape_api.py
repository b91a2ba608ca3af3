"""The scrape door: the document's own example, every bound of the config, every page error."""

from typing import Any

import pytest

from scrape_api.handler import handler
from tests.doors.knocking import Answer, Handler, knock
from tests.raw_site import RawSite
from webferry import __version__

RESULT_KEYS = {"url", "status", "cached", "markdown", "metadata"}


def scrape(key: str, body: object) -> Answer:
    return knock(handler, "scrape_sync", key=key, body=body)


@pytest.mark.promise("scrape.health")
def test_health_asks_for_nothing_and_calls_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WEBFERRY_ACCOUNTS_TABLE", "WEBFERRY_KEY_PEPPER_SECRET", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)

    monkeypatch.setenv("WEBFERRY_BROWSER_FUNCTION", "browser")

    answer = knock(handler, "health")

    told = f'{{"status":"ok","version":"{__version__}","browser":"ready"}}'
    assert (answer.status, answer.text) == (200, told)


def test_health_says_how_to_get_a_browser_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WEBFERRY_ENVIRONMENT", "local")
    monkeypatch.setenv("BROWSER_PATH", "/no/such/browser")

    health = knock(handler, "health").json

    assert health["browser"] == "none"
    assert "chromium-headless-shell" in health["fix"]


@pytest.mark.promise(
    "scrape.sync.answer",
    "scrape.sync.keys",
    "scrape.sync.result.keys",
    "scrape.sync.metadata.keys",
    "scrape.sync.times",
    "scrape.mode.default",
    "scrape.format.default",
    "dialect.success.scrape",
    "dialect.time.scrape",
    "dialect.names",
)
def test_the_documents_example_is_answered_with_the_documents_keys(key: str, site: RawSite) -> None:
    answer = scrape(key, {"urls": [site.url], "format": "markdown"})

    assert answer.status == 200
    body = answer.json
    assert set(body) == {"requestId", "mode", "result"}
    assert (body["requestId"], body["mode"]) == (answer.headers["x-request-id"], "sync")
    result = body["result"]
    assert set(result) == RESULT_KEYS
    assert (result["url"], result["status"], result["cached"]) == (site.url, "success", False)
    assert result["markdown"] == "# Example Domain\n\nGrüße"
    metadata = result["metadata"]
    times = metadata.pop("fetchedAt"), metadata.pop("expiresAt"), metadata.pop("fetchDurationMs")
    assert all(type(time) is int for time in times)
    assert times[1] - times[0] == 3_600_000
    assert metadata == {
        "requestedUrl": site.url,
        "finalUrl": f"{site.url}/",
        "title": "Example Domain",
        "httpStatus": 200,
    }
    assert scrape(key, {"urls": [site.url]}).json.keys() == body.keys()


@pytest.mark.promise("scrape.format.html", "scrape.format.both")
@pytest.mark.parametrize(("wanted", "keys"), [("html", {"html"}), ("both", {"html", "markdown"})])
def test_html_comes_when_asked_for(key: str, site: RawSite, wanted: str, keys: set[str]) -> None:
    result = scrape(key, {"urls": [site.url], "format": wanted}).json["result"]

    assert set(result) == RESULT_KEYS - {"markdown"} | keys
    assert result["html"] == "<title>Example Domain</title><h1>Example Domain</h1><p>Grüße"


def test_a_page_without_a_title_says_so(key: str, site: RawSite) -> None:
    body = scrape(key, {"urls": [f"{site.url}/untitled"], "config": {"cacheTtlSeconds": 60}}).json

    metadata = body["result"]["metadata"]
    assert metadata["title"] is None
    assert metadata["expiresAt"] - metadata["fetchedAt"] == 60_000


@pytest.mark.promise(
    "scrape.error.field",
    "scrape.failure.twice",
    "scrape.status-of-codes",
    "scrape.code.timeout",
    "scrape.code.fetch-failed",
    "scrape.code.non-html",
    "scrape.code.private-network",
    "scrape.code.unsupported-scheme",
    "scrape.code.invalid-url",
)
@pytest.mark.parametrize(
    ("url", "status", "code", "message"),
    [
        ("{site}/forbidden", 502, "FETCH_FAILED", "Target URL returned 403 Forbidden"),
        ("{site}/picture", 422, "NON_HTML_RESPONSE", "Response content-type is not HTML"),
        ("{site}/silent", 504, "TIMEOUT", "Request exceeded timeout"),
        ("http://169.254.169.254/", 400, "PRIVATE_NETWORK_TARGET", "URL resolves to a private"),
        ("http://localhost/", 400, "PRIVATE_NETWORK_TARGET", "URL resolves to a private"),
        ("ftp://example.com/", 400, "UNSUPPORTED_SCHEME", "Only http/https URLs are supported"),
        ("nonsense", 400, "INVALID_URL", "URL is malformed"),
        ("http://u:p@example.com/", 400, "INVALID_URL", "URL is malformed"),
        ("http://example.com:99999/", 400, "INVALID_URL", "URL is malformed"),
    ],
)
def test_a_failed_page_says_why_at_the_top_and_in_its_result(
    key: str, site: RawSite, url: str, status: int, code: str, message: str
) -> None:
    url = url.replace("{site}", site.url)

    answer = scrape(key, {"urls": [url], "config": {"timeoutMs": 300}})

    assert answer.status == status
    body = answer.json
    assert set(body) == {"requestId", "mode", "error", "result"}
    assert body["error"]["code"] == code
    assert body["error"]["message"].startswith(message)
    assert body["result"] == {
        "url": url,
        "status": "error",
        "cached": False,
        "error": body["error"],
    }


def test_a_page_too_large_for_one_answer_is_a_failed_fetch(key: str, site: RawSite) -> None:
    answer = scrape(key, {"urls": [f"{site.url}/large"], "format": "html"})

    assert (answer.status, answer.json["error"]["code"]) == (502, "FETCH_FAILED")


@pytest.mark.promise("scrape.code.too-many-urls", "scrape.sync.one-url", "scrape.sync.not-one")
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"urls": ["u"] * 6}, "TOO_MANY_URLS"),
        ({"urls": ["u"] * 6, "mode": "async"}, "TOO_MANY_URLS"),
        ({"urls": ["u"] * 2}, "TOO_MANY_URLS"),
        ({"urls": []}, "INVALID_REQUEST"),
        ({"urls": [], "mode": "async"}, "INVALID_REQUEST"),
        ({"urls": ["u"], "mode": "async", "prompt": "x"}, "INVALID_REQUEST"),
        ({"urls": ["u"], "prompt": "x"}, "INVALID_REQUEST"),
        ({"urls": ["u"], "prompt": "x" * 10_001}, "INVALID_REQUEST"),
        ({}, "INVALID_REQUEST"),
        ({"urls": "u"}, "INVALID_REQUEST"),
        ({"urls": [1]}, "INVALID_REQUEST"),
        ({"urls": [None]}, "INVALID_REQUEST"),
        ({"urls": [["http://127.0.0.1/"]]}, "INVALID_REQUEST"),
        ({"urls": ["u"], "mode": "later"}, "INVALID_REQUEST"),
        ({"urls": ["u"], "format": "pdf"}, "INVALID_REQUEST"),
        ({"urls": ["u"], "surprise": 1}, "INVALID_REQUEST"),
        ({"urls": ["u"], "config": None}, "INVALID_REQUEST"),
        ({"urls": ["u"], "config": {"surprise": 1}}, "INVALID_REQUEST"),
        ([], "INVALID_REQUEST"),
        ("urls", "INVALID_REQUEST"),
    ],
)
def test_a_request_out_of_bounds_is_a_400_without_a_result(
    key: str, body: object, code: str
) -> None:
    answer = scrape(key, body)

    assert answer.status == 400
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message"}
    assert answer.json["error"]["code"] == code


@pytest.mark.promise("scrape.config.timeout")
@pytest.mark.parametrize(
    ("config", "ok"),
    [
        ({"timeoutMs": 120_000}, True),
        ({"timeoutMs": 120_001}, False),
        ({"timeoutMs": 0}, False),
        ({"timeoutMs": "5000"}, False),
        ({"timeoutMs": 5000.5}, False),
        ({"timeoutMs": True}, False),
        ({"maxConcurrency": 1}, True),
        ({"maxConcurrency": 5}, True),
        ({"maxConcurrency": 0}, False),
        ({"maxConcurrency": 6}, False),
        ({"cacheTtlSeconds": 60}, True),
        ({"cacheTtlSeconds": 3600}, True),
        ({"cacheTtlSeconds": 59}, False),
        ({"cacheTtlSeconds": 3601}, False),
        ({"userAgentProfile": "default"}, True),
        ({"userAgentProfile": "mobile"}, True),
        ({"userAgentProfile": "tablet"}, True),
        ({"userAgentProfile": "toaster"}, False),
        ({"jitterMs": {"min": 0, "max": 60_000}}, True),
        ({"jitterMs": {"min": 7, "max": 7}}, True),
        ({"jitterMs": {"min": -1, "max": 10}}, False),
        ({"jitterMs": {"min": 0, "max": 60_001}}, False),
        ({"jitterMs": {"min": 9, "max": 8}}, False),
        ({"jitterMs": 5}, False),
    ],
)
def test_every_option_of_the_config_has_its_bounds(
    key: str, site: RawSite, config: dict[str, Any], *, ok: bool
) -> None:
    answer = scrape(key, {"urls": [site.url], "config": config})

    assert answer.status == (200 if ok else 400), answer.text
    if not ok:
        assert answer.json["error"]["message"].startswith(f"config.{next(iter(config))}")


def test_the_shortest_timeout_is_a_millisecond(key: str, site: RawSite) -> None:
    answer = scrape(key, {"urls": [f"{site.url}/silent"], "config": {"timeoutMs": 1}})

    assert (answer.status, answer.json["error"]["code"]) == (504, "TIMEOUT")


def test_the_letterbox_holds_requests_that_this_door_answers(key: str) -> None:
    expected = {
        "scrape_bad_scheme": (400, "UNSUPPORTED_SCHEME"),
        "scrape_job": (404, "NOT_FOUND"),
        "scrape_job_results": (404, "NOT_FOUND"),
        "scrape_bad_json": (400, "INVALID_REQUEST"),
        "scrape_wrong_method": (405, "METHOD_NOT_ALLOWED"),
        "unknown_path": (404, "NOT_FOUND"),
    }
    door: Handler = handler
    for name, outcome in expected.items():
        answer = knock(door, name, key=key)
        assert (answer.status, answer.json["error"]["code"]) == outcome
