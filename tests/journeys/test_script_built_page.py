"""A page that a script builds, from the API through the browser function and back."""

import os

import httpx
import pytest

from tests.journeys.product import Product
from webferry.adapters.browser.finder import NO_BROWSER, find_browser


@pytest.mark.browser
def test_a_page_that_a_script_builds_comes_with_its_content(product: Product, pages: str) -> None:
    if find_browser(os.environ) is None:
        pytest.skip(NO_BROWSER)

    with product.client() as client:
        health = client.get("/v1/health").json()
        answer = client.post("/v1/scrape", json={"urls": [f"{pages}/shop"], "mode": "sync"}).json()

    assert health["browser"] == "ready"
    assert "Seven lanterns are left" in answer["result"]["markdown"]


@pytest.mark.browser
@pytest.mark.promise("scrape.beyond.pictures", "scrape.beyond.wait")
def test_pictures_come_as_links_that_need_no_key(product: Product, pages: str) -> None:
    if find_browser(os.environ) is None:
        pytest.skip(NO_BROWSER)

    asked = {
        "urls": [f"{pages}/shop"],
        "formats": ["markdown", "screenshot", "pdf"],
        "config": {"waitFor": "h1", "engine": "browser"},
    }
    with product.client() as client:
        result = client.post("/v1/scrape", json=asked).json()["result"]
    navigating = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}
    screenshot = httpx.get(result["screenshot"], headers=navigating)
    pdf = httpx.get(result["pdf"])
    forged = httpx.get(result["pdf"].replace("X-Amz-Signature=", "X-Amz-Signature=0"))

    assert "Seven lanterns are left" in result["markdown"]
    assert result["metadata"]["enginesTried"] == ["browser"]
    assert screenshot.headers["content-type"] == "image/png"
    assert screenshot.content.startswith(b"\x89PNG")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert forged.status_code == 403


@pytest.mark.browser
def test_a_wait_for_what_never_comes_is_a_timeout(product: Product, pages: str) -> None:
    if find_browser(os.environ) is None:
        pytest.skip(NO_BROWSER)

    def scrape(selector: str) -> tuple[int, str]:
        config = {"waitFor": selector, "timeoutMs": 4000}
        with product.client() as client:
            answer = client.post("/v1/scrape", json={"urls": [pages], "config": config})
        return answer.status_code, answer.json()["error"]["code"]

    assert scrape("#never") == (504, "TIMEOUT")
    assert scrape("p[") == (400, "INVALID_REQUEST")
