"""A page that a script builds, from the API through the browser function and back."""

import os

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
