"""What cannot be answered is refused in the dialect's own form, and never with a 500."""

from typing import Any

import pytest

from tests.journeys.product import Product

SCRAPE, TOOLS, FLOWS = "/v1", "/api/v1", "/api"


def form_of(path: str, body: dict[str, Any]) -> bool:
    if path.startswith(TOOLS):
        return set(body) == {"error", "details"} and isinstance(body["error"], str)
    if path.startswith(FLOWS):
        return set(body) >= {"error", "code"} and isinstance(body["error"], str)
    return set(body) == {"error"} and set(body["error"]) >= {"code", "message"}


@pytest.mark.parametrize(
    "path",
    ["/v1", "/v1/nothing", "/nothing", "/api", "/api/nothing", "/api/v1", "/api/v1/nothing"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.promise("dialect.error.unknown-path", "scrape.code.not-found", "request.id")
def test_an_unknown_path_is_a_404(product: Product, path: str, method: str) -> None:
    with product.client() as client:
        answer = client.request(method, path)
    assert answer.status_code == 404
    assert answer.headers["x-request-id"]
    assert form_of(path, answer.json()), answer.text


@pytest.mark.parametrize("path", ["/v1/scrape", "/api/keys", "/api/v1/tools"])
@pytest.mark.promise("dialect.error.wrong-method")
def test_a_wrong_method_is_a_405_that_names_the_right_ones(product: Product, path: str) -> None:
    with product.client() as client:
        answer = client.request("PATCH", path)
    assert answer.status_code == 405
    assert answer.headers["allow"]
    assert form_of(path, answer.json()), answer.text


BODIES = {
    "no body": b"",
    "no JSON": b"{",
    "no object": b"[]",
    "a number": b"7",
    "not a number": b'{"urls":["https://example.com"],"config":{"timeoutMs":NaN}}',
    "no text": b"\xff\xfe",
    "too deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a huge number": b'{"name":' + b"9" * 5000 + b"}",
    "a lone surrogate": b'{"name":"\\ud800","urls":["\\ud800"]}',
    "a NUL": b'{"name":"\\u0000","urls":["\\u0000"]}',
    "an unknown field": b'{"surprise":1}',
}


@pytest.mark.parametrize("path", ["/v1/scrape", "/api/keys", "/api/v1/tools/web-scraper/execute"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.promise("dialect.error.bad-json")
def test_a_body_that_makes_no_sense_is_a_clear_400(
    product: Product, path: str, body: bytes
) -> None:
    with product.client() as client:
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert form_of(path, answer.json()), answer.text


@pytest.mark.parametrize("path", ["/v1/scrape", "/api/keys"])
@pytest.mark.promise("request.size")
def test_too_large_a_body_is_a_413(product: Product, path: str) -> None:
    body = b'{"name":"' + b"x" * 2_000_000 + b'"}'
    with product.client() as client:
        answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert form_of(path, answer.json()), answer.text


@pytest.mark.promise("dialect.compact")
def test_json_is_compact(product: Product) -> None:
    with product.client() as client:
        assert '": ' not in client.get("/api/v1/tools").text
        assert ", " not in client.get("/v1/health").text


@pytest.mark.parametrize("dialect", [SCRAPE, TOOLS, FLOWS])
@pytest.mark.promise("request.openapi")
def test_each_dialect_describes_itself(product: Product, dialect: str) -> None:
    with product.client() as client:
        description = client.get(f"{dialect}/openapi.json").json()
    assert description["openapi"].startswith("3.")
    assert all(path.startswith(f"{dialect}/") for path in description["paths"])
    assert len(description["components"]["securitySchemes"]) == 2
