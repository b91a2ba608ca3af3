"""The flows document over HTTP: its commands and scripts as printed, host and key swapped."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from playwright._impl._driver import compute_driver_executable

from tests.engine.waiting import wait_until
from tests.journeys.flows_document import EXAMPLES, keys
from tests.journeys.product import Product

PATIENCE_S = 60
BOTH = ("curl", "fetch")
STORE = [
    {"name": "Wireless Headphones Pro", "price": 79.99},
    {"name": "USB-C Hub 7-in-1", "price": 34.99},
    {"name": "Mechanical Keyboard", "price": 129.99},
]
# What answers have beyond what is printed.
MORE = {
    "GET /flows/:id": {
        "schedule", "noise", "webhookUrl", "createdAt", "updatedAt", "nextRunAt", "error",
    },
    "GET /runs/:id": {"flowName", "startedAt", "cost", "changes", "screenshots", "error"},
    "GET /keys": {"lastUsedAt"},
}  # fmt: skip


def ask(product: Product, route: str, way: str, **swapped: str) -> Any:
    """The answer to a printed example, which has the keys that are printed."""
    example = EXAMPLES[route]
    if way == "curl":
        answer = example.by_curl(product, **swapped)
    else:
        node = str(compute_driver_executable()[0])
        answer = example.by_fetch(product, node, **swapped)
    shown = keys(example.answer)
    told = keys(answer)
    for name in MORE.get(route, ()):
        (told["data"][0] if isinstance(told["data"], list) else told["data"]).pop(name)
    for name in ("steps", "outputPreview", "outputSchema"):
        # Their keys are the owner's.
        if isinstance(told.get("data"), dict) and name in told["data"]:
            told["data"][name] = shown["data"][name]
    assert told == shown, route
    return answer.get("data", answer)


def described(product: Product, url: str) -> str:
    body = {"name": "Store", "url": url, "mode": "extract", "description": "d"}
    schema = {"outputSchema": {"name": "string", "price": "number"}}
    with product.client() as client:
        return str(client.post("/api/flows", json=body | schema).json()["data"]["id"])


def ended(product: Product, run: str, way: str) -> Any:
    def read() -> Any:
        return ask(product, "GET /runs/:id", way, run=run) if _is_over(product, run) else None

    return wait_until(read, PATIENCE_S)


def _is_over(product: Product, run: str) -> bool:
    with product.client() as client:
        status = client.get(f"/api/runs/{run}").json()["data"]["status"]
    return status not in {"queued", "running"}


@pytest.mark.promise("flows.curl", "flows.fetch")
@pytest.mark.parametrize("way", BOTH)
def test_the_printed_examples_make_change_list_and_delete_a_flow(
    product: Product, pages: str, way: str
) -> None:
    made = ask(product, "POST /flows", way)
    assert (made["name"], made["status"]) == ("My New Flow", "draft")
    changed = ask(product, "PUT /flows/:id", way, flow=made["id"])
    assert changed["name"] == "Updated Flow Name"
    with product.client() as client:
        client.put(f"/api/flows/{made['id']}", json={"status": "active"})
    listed = ask(product, "GET /flows", way)
    assert made["id"] in [flow["id"] for flow in listed]
    assert {flow["status"] for flow in listed} == {"active"}
    one = ask(product, "GET /flows/:id", way, flow=made["id"])
    assert (one["name"], one["totalRuns"]) == ("Updated Flow Name", 0)

    gone = ask(product, "DELETE /flows/:id", way, flow=made["id"])

    assert gone == {"message": f"Flow {made['id']} deleted successfully"}


@pytest.mark.parametrize("way", BOTH)
def test_the_printed_examples_run_a_flow_and_show_its_log(
    product: Product, pages: str, way: str
) -> None:
    flow = described(product, f"{pages}/products")
    started = ask(product, "POST /runs", way, flow=flow)
    assert (started["flowId"], started["status"], started["cost"]) == (flow, "queued", 0)

    run = ended(product, started["id"], way)

    assert (run["status"], run["itemsExtracted"]) == ("completed", 3)
    assert run["outputPreview"] == STORE
    assert [run["logs"][place]["message"] for place in (0, -1)] == ["Run started", "Run completed"]
    listed = ask(product, "GET /runs", way, flow=flow)
    assert [each["id"] for each in listed] == [run["id"]]


@pytest.mark.promise("flows.extract.answer")
@pytest.mark.parametrize("way", BOTH)
def test_the_printed_extraction_gives_the_printed_items(
    product: Product, pages: str, way: str
) -> None:
    found = ask(product, "POST /extract", way, page=f"{pages}/products")

    assert (found["itemCount"], found["items"]) == (3, STORE)


@pytest.mark.parametrize("way", BOTH)
def test_the_printed_examples_make_and_list_keys(product: Product, way: str) -> None:
    made = ask(product, "POST /keys", way)
    assert (made["name"], made["scopes"]) == ("My New Key", ["flows:read", "runs:read"])
    assert made["key"].startswith("scr_live_")

    listed = ask(product, "GET /keys", way)

    assert {key["id"]: key["key"] for key in listed}[made["id"]] == "scr_live_****" + made["key"][
        -4:
    ]


@pytest.mark.promise("flows.ids")
def test_fifty_flows_made_at_once_have_fifty_ids(product: Product) -> None:
    body = {"name": "One of fifty", "url": "https://example.com", "mode": "extract"}
    with product.client() as client, ThreadPoolExecutor(50) as many:

        def make(_: int) -> httpx.Response:
            return client.post("/api/flows", json=body)

        answers = list(many.map(make, range(50)))

        assert [answer.status_code for answer in answers] == [201] * 50
        names = {answer.json()["data"]["id"] for answer in answers}
        kept = client.get("/api/flows", params={"limit": 100}).json()["data"]
        assert len(names) == 50
        assert names <= {flow["id"] for flow in kept}
        for name in names:
            client.delete(f"/api/flows/{name}")
