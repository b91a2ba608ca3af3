"""The scrape document over HTTP: its curl commands as printed, host and key swapped."""

import json
import subprocess
from typing import Any

import pytest

from tests.journeys.product import Product

DOCUMENT_HOST = "https://small-giraffe-45.convex.site"

HEALTH = "curl https://small-giraffe-45.convex.site/v1/health"
SCRAPE = """curl -X POST https://small-giraffe-45.convex.site/v1/scrape \\
-H "Authorization: Bearer YOUR_API_KEY" \\
-H "Content-Type: application/json" \\
-d '{
"urls": ["https://example.com"],
"format": "markdown"
}'"""


def run(command: str, product: Product, pages: str) -> Any:
    swapped = command.replace(DOCUMENT_HOST, product.base_url)
    swapped = swapped.replace("YOUR_API_KEY", product.demo["apiKey"])
    swapped = swapped.replace("https://example.com", pages)
    shell = subprocess.run(["bash", "-c", swapped], capture_output=True, check=True, timeout=60)
    return json.loads(shell.stdout)


@pytest.mark.promise("scrape.health")
def test_the_health_command_needs_no_key(product: Product, pages: str) -> None:
    assert run(HEALTH, product, pages)["status"] == "ok"


@pytest.mark.promise("scrape.sync.answer", "scrape.auth.bearer", "commands.egress-allow")
def test_the_scrape_command_answers_with_the_page(product: Product, pages: str) -> None:
    answer = run(SCRAPE, product, pages)
    assert set(answer) == {"requestId", "mode", "result"}
    assert answer["mode"] == "sync"
    result = answer["result"]
    assert set(result) == {"url", "status", "cached", "markdown", "metadata"}
    assert (result["url"], result["status"], result["cached"]) == (pages, "success", False)
    assert result["markdown"].startswith("# Example Domain\n\nThis domain is for use in [")
    assert "never run" not in result["markdown"]


@pytest.mark.promise("scrape.sync.metadata.keys", "scrape.sync.times")
def test_its_metadata_has_the_documents_keys_and_types(product: Product, pages: str) -> None:
    metadata = run(SCRAPE, product, pages)["result"]["metadata"]
    assert {name: type(value) for name, value in metadata.items()} == {
        "requestedUrl": str,
        "finalUrl": str,
        "title": str,
        "httpStatus": int,
        "fetchDurationMs": int,
        "fetchedAt": int,
        "expiresAt": int,
    }
    assert metadata["finalUrl"] == f"{pages}/"
    assert metadata["title"] == "Example Domain"
    assert metadata["expiresAt"] - metadata["fetchedAt"] == 3_600_000


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/forbidden", 502, "FETCH_FAILED"),
        ("/picture", 422, "NON_HTML_RESPONSE"),
        ("/into-the-cloud", 400, "PRIVATE_NETWORK_TARGET"),
    ],
)
@pytest.mark.promise("scrape.error.field", "egress.redirects")
def test_a_failed_page_says_why_at_the_top_and_in_its_result(
    product: Product, pages: str, path: str, status: int, code: str
) -> None:
    with product.client() as client:
        answer = client.post("/v1/scrape", json={"urls": [pages + path]})
    assert answer.status_code == status
    body = answer.json()
    assert body["error"]["code"] == code
    assert body["result"]["status"] == "error"
    assert body["result"]["error"] == body["error"]
    assert "169.254" not in answer.text


def test_a_refused_page_repeats_the_sites_own_status(product: Product, pages: str) -> None:
    with product.client() as client:
        answer = client.post("/v1/scrape", json={"urls": [f"{pages}/forbidden"]})
    assert answer.json()["error"]["message"] == "Target URL returned 403 Forbidden"


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://169.254.169.254/", "http://[::1]/", "http://0x7f.1/"],
)
@pytest.mark.promise("scrape.code.private-network", "egress.special-addresses")
def test_the_private_network_is_out_of_reach(product: Product, url: str) -> None:
    with product.client() as client:
        answer = client.post("/v1/scrape", json={"urls": [url]})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "PRIVATE_NETWORK_TARGET"
