"""The webhook chapter of the tools document: its command and its receiver as they are printed."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook

from tests.engine.waiting import wait_until
from tests.journeys.product import Product
from tests.journeys.test_tools_document import shell
from tests.printed_receiver import NODE, printed_receiver
from tests.receivers import Receiver, receiver, says

EXECUTE = (Path(__file__).parent / "printed/execute_with_webhook.sh").read_text()
PATIENCE_S = 60


@contextmanager
def overheard(url: str) -> Iterator[Receiver]:
    """Passes every delivery on as it is, and keeps it."""

    def pass_on(connection: socket.socket, number: int) -> None:
        heard = running.heard[number]
        told = httpx.post(url, content=heard.body, headers=heard.headers)
        says(f"{told.status_code} Told", body=told.content)(connection, number)

    with receiver(pass_on, host="127.0.0.2") as running:
        yield running


@pytest.mark.browser
@pytest.mark.skipif(NODE is None, reason="needs Node.js")
@pytest.mark.promise("tools.webhook.url", "tools.webhook.verifier", "tools.webhook.signature")
@pytest.mark.promise("webhook.standard-headers", "tools.webhook.payload")
def test_the_printed_receiver_and_a_standard_library_verify_the_same_delivery(
    product: Product, pages: str
) -> None:
    secret = product.demo["webhookSecret"]
    with printed_receiver(secret) as printed, overheard(printed.url) as running:
        command = EXECUTE.replace("https://your-server.com/webhooks/mapiok", running.url)
        job_id = json.loads(shell(command, product, pages))["data"]["jobId"]
        line = printed.line()

        (heard,) = running.heard
        with product.client() as client:

            def delivered() -> object:
                log = client.get(f"/api/v1/webhooks/deliveries?jobId={job_id}").json()["data"]
                return log[0]["attempts"] and log[0]

            delivery = wait_until(delivered, PATIENCE_S)

    assert line.startswith(f"job.completed {job_id} {{")
    payload = Webhook(secret).verify(heard.body, heard.headers)
    assert (payload["event"], payload["jobId"], payload["status"]) == (
        "job.completed",
        job_id,
        "success",
    )
    assert payload["result"]["items"][0]["data"] == {"title": "Example Domain"}
    assert isinstance(delivery, dict)
    assert [(each["status"], each["response"]) for each in delivery["attempts"]] == [(200, "OK")]
