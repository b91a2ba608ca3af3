"""Receivers that are not ours: the document's own verifier, and a Standard Webhooks library."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.engine.waiting import wait_until
from tests.receivers import Heard, receiver, says
from tests.webhooks.post_office import PostOffice
from webferry.domain.dispatches import Dispatch

VERIFIER = Path(__file__).parent / "verifier.mjs"
PATIENCE_S = 60
NODE = shutil.which("node")


@contextmanager
def node_verifier(secret: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    assert NODE
    environment = {"MAPIOK_WEBHOOK_SECRET": secret}
    command = [NODE, str(VERIFIER)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/webhooks/mapiok", process
        finally:
            process.terminate()


def ended(office: PostOffice, job_id: str) -> Dispatch:
    wait_until(lambda: office.dispatch(job_id).attempts, PATIENCE_S)
    return office.dispatch(job_id)


@pytest.mark.skipif(NODE is None, reason="needs Node.js")
@pytest.mark.promise("tools.webhook.verifier")
def test_the_documents_verifier_accepts_a_delivery_and_refuses_anothers(office: PostOffice) -> None:
    secret = office.furnished.house.post_office.secrets(office.caller.account_id).current

    with node_verifier(secret) as (url, process):
        job_id = office.end_job(url, "http://good/grüße/世界")
        dispatch = ended(office, job_id)
        assert process.stdout
        printed = process.stdout.readline()
    with node_verifier("whsec_somebody-elses") as (url, _):
        refused = ended(office, office.end_job(url))

    assert (dispatch.attempts[0].status, dispatch.attempts[0].response) == (200, "OK")
    assert printed.startswith(f"job.completed {job_id} {{")
    assert refused.attempts[0].status == 401
    assert refused.attempts[0].response == "Invalid signature"


@pytest.fixture(scope="module")
def heard(office: PostOffice) -> Heard:
    with receiver(says("200 OK")) as running:
        ended(office, office.end_job(running.url, "http://good/grüße/世界"))
        return running.heard[0]


@pytest.fixture(scope="module")
def library(office: PostOffice) -> Webhook:
    return Webhook(office.furnished.house.post_office.secrets(office.caller.account_id).current)


@pytest.mark.promise("webhook.standard-headers")
def test_a_standard_library_verifies_the_same_delivery(heard: Heard, library: Webhook) -> None:
    payload = library.verify(heard.body, heard.headers)

    assert payload["event"] == "job.completed"
    assert payload["result"]["items"] == [{"url": "http://good/grüße/世界"}]


def test_a_standard_library_refuses_what_was_changed(heard: Heard, library: Webhook) -> None:
    old = str(int((datetime.now(UTC) - timedelta(minutes=6)).timestamp()))
    changed = [
        (heard.body.replace(b"success", b"succes5"), heard.headers),
        (heard.body, {**heard.headers, "webhook-id": "msg_other"}),
        (heard.body, {**heard.headers, "webhook-timestamp": old}),
    ]
    for body, headers in changed:
        with pytest.raises(WebhookVerificationError):
            library.verify(body, headers)
