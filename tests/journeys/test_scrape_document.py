"""The scrape document over HTTP: its curl commands as printed, host and key swapped."""

import pytest

from tests.journeys.documented import HEALTH, PROMPT, SCRAPE, shape
from tests.journeys.product import Product


@pytest.mark.promise("scrape.health")
def test_the_health_command_needs_no_key(product: Product, pages: str) -> None:
    assert HEALTH.run(product)["status"] == "ok"


@pytest.mark.promise(
    "scrape.sync.answer",
    "scrape.auth.bearer",
    "scrape.sync.metadata.keys",
    "scrape.sync.times",
    "commands.egress-allow",
)
def test_the_scrape_command_answers_as_shown(product: Product, pages: str) -> None:
    # No other test has asked for this address, so no answer to it is kept.
    url = f"{pages}/?shown"
    answer = SCRAPE.run(product, com=url)

    assert shape(answer) == shape(SCRAPE.answer)
    result, shown = answer["result"], SCRAPE.answer["result"]
    assert (result["url"], result["status"], result["cached"]) == (
        f"{pages}/?shown",
        "success",
        False,
    )
    assert result["markdown"].startswith(shown["markdown"][:40])
    assert "never run" not in result["markdown"]
    metadata = result["metadata"]
    assert metadata["finalUrl"] == url
    assert metadata["title"] == shown["metadata"]["title"]
    assert metadata["expiresAt"] - metadata["fetchedAt"] == 3_600_000


def test_the_prompt_command_without_a_model_names_the_setting(product: Product, pages: str) -> None:
    answer = PROMPT.run(product, com=pages)

    assert answer["error"]["code"] == "INVALID_REQUEST"
    assert "WEBFERRY_MODEL" in answer["error"]["message"]


@pytest.mark.promise("scrape.cache.hit")
def test_the_same_command_again_answers_from_the_cache(product: Product, pages: str) -> None:
    first, again = (SCRAPE.run(product, com=f"{pages}/pricing?again")["result"] for _ in range(2))

    assert (first["cached"], again["cached"]) == (False, True)
    assert {**again, "cached": False} == first


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
