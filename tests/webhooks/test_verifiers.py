"""Receivers that are not ours: the document's own verifier, and a Standard Webhooks library."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.engine.waiting import wait_until
from tests.printed_receiver import NODE, printed_receiver
from tests.receivers import Heard, receiver, says
from tests.webhooks.post_office import PostOffice
from webferry.domain.dispatches import Dispatch

PATIENCE_S = 60


def ended(office: PostOffice, job_id: str) -> Dispatch:
    wait_until(lambda: office.dispatch(job_id).attempts, PATIENCE_S)
    return office.dispatch(job_id)


@pytest.mark.skipif(NODE is None, reason="needs Node.js")
@pytest.mark.promise("tools.webhook.verifier")
def test_the_documents_verifier_accepts_a_delivery_and_refuses_anothers(office: PostOffice) -> None:
    secret = office.furnished.house.post_office.secrets(office.caller.account_id).current

    with printed_receiver(secret) as printed:
        job_id = office.end_job(printed.url, "http://good/grüße/世界")
        dispatch = ended(office, job_id)
        line = printed.line()
    with printed_receiver("whsec_somebody-elses") as others:
        refused = ended(office, office.end_job(others.url))

    assert (dispatch.attempts[0].status, dispatch.attempts[0].response) == (200, "OK")
    assert line.startswith(f"job.completed {job_id} {{")
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


@pytest.mark.skipif(NODE is None, reason="needs Node.js")
@pytest.mark.promise("tools.webhook.signature")
def test_the_documents_verifier_refuses_what_was_changed(office: PostOffice, heard: Heard) -> None:
    secret = office.furnished.house.post_office.secrets(office.caller.account_id).current

    with printed_receiver(secret) as printed:
        answers = [
            httpx.post(printed.url, content=body, headers=heard.headers)
            for body in (heard.body, heard.body.replace(b"success", b"succes5"))
        ]

    assert [answer.status_code for answer in answers] == [200, 401]
