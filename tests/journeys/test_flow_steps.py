"""Flows with steps, over HTTP: a whole shop with a secret, and workers killed on the way."""

import os
import signal
import subprocess
import time
from itertools import pairwise
from typing import Any

import httpx
import pytest

from tests.browser.lantern_shop import FLOW, PASSWORD, RECORDS
from tests.journeys.product import Product
from webferry.adapters.browser.finder import NO_BROWSER, find_browser

PATIENCE_S = 150
AGAIN = "The worker was lost; the run begins again from its first step"
pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def browser() -> None:
    if find_browser(os.environ) is None:
        pytest.skip(NO_BROWSER)


def begun(client: httpx.Client, flow: dict[str, Any]) -> str:
    made = client.post("/api/flows", json=flow)
    assert made.status_code == 201, made.text
    started = client.post("/api/runs", json={"flowId": made.json()["data"]["id"]})
    assert started.status_code == 201, started.text
    return str(started.json()["data"]["id"])


def seen(client: httpx.Client, run: str) -> Any:
    return client.get(f"/api/runs/{run}").json()["data"]


def messages(run: Any) -> list[str]:
    return [line["message"] for line in run["logs"]]


def until(client: httpx.Client, run: str, what: Any) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while not what(found := seen(client, run)):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
    return found


def has_ended(run: Any) -> bool:
    return run["status"] in ("completed", "failed", "cancelled")


@pytest.mark.promise("flow.steps.shop", "flow.secrets", "flow.run.logs-live", "flow.mode.interact")
def test_a_shop_is_read_by_one_flow_with_steps_and_a_secret(product: Product, shop: str) -> None:
    with product.client() as client:
        put = client.put("/api/secrets/shop_password", json={"value": PASSWORD})
        assert put.status_code == 200, put.text

        run = begun(client, {**FLOW, "url": shop})
        logs = list[list[str]]()

        def ended(found: Any) -> bool:
            logs.append(messages(found))
            return has_ended(found)

        last = until(client, run, ended)
        output = client.get(f"/api/runs/{run}/output").text
        flow = client.get(f"/api/flows/{last['flowId']}").text

    assert (last["status"], last.get("error")) == ("completed", None)
    assert httpx.Response(200, text=output).json() == {"data": RECORDS}
    assert last["itemsExtracted"] == len(RECORDS)
    assert all(now[: len(before)] == before for before, now in pairwise(logs))
    assert len({len(log) for log in logs}) > 5
    assert "sesame" not in f"{logs}{last}{output}{flow}{product.output}"


def browser_workers(product: Product) -> set[int]:
    """Workers of the product that have a browser under them."""
    assert product.process is not None
    told = subprocess.run(
        ["ps", "-axo", "pid,ppid,comm"], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in told.stdout.splitlines()[1:]]
    of_us = {int(pid) for pid, parent, _ in rows if int(parent) == product.process.pid}
    return of_us & {
        int(parent) for _, parent, name in rows if "chrom" in name or "headless" in name
    }


def kill_on_the_way(product: Product, client: httpx.Client, run: str, step: str) -> None:
    until(client, run, lambda found: any(step in message for message in messages(found)))
    for pid in browser_workers(product):
        os.killpg(pid, signal.SIGKILL)


@pytest.mark.promise("flow.run.worker-lost")
def test_a_run_that_only_looks_begins_again_when_its_browser_is_killed(
    product: Product, shop: str
) -> None:
    looks = [{"type": "wait", "ms": 4000}, {"type": "extract"}]
    flow = {"name": "Looks", "url": shop, "mode": "interact", "steps": looks}
    with product.client() as client:
        run = begun(client, flow)
        kill_on_the_way(product, client, run, "Step 2 of 3, wait: begins")
        last = until(client, run, has_ended)

    log = messages(last)
    assert last["status"] == "completed", last
    assert log.index("Step 2 of 3, wait: begins") < log.index(AGAIN)
    assert log[-1] == "Run completed"
    assert sum(message == "Step 2 of 3, wait: begins" for message in log) == 2


@pytest.mark.promise("flow.run.worker-lost")
def test_a_run_that_acts_fails_with_its_log_when_its_browser_is_killed(
    product: Product, shop: str
) -> None:
    acts = [{"type": "press", "key": "End"}, {"type": "wait", "ms": 20_000}]
    flow = {"name": "Acts", "url": shop, "mode": "interact", "steps": acts}
    with product.client() as client:
        run = begun(client, flow)
        kill_on_the_way(product, client, run, "wait: begins")
        last = until(client, run, has_ended)

    assert last["status"] == "failed"
    assert (
        last["error"]["message"]
        == "The worker was lost, and steps that act on a page are not repeated"
    )
    assert sum("press: begins" in message for message in messages(last)) == 1
    assert messages(last)[-1].startswith("Run failed: The worker was lost")
