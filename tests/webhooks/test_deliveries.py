"""From the end of a job to its receiver: at once, again, not too often, and always the same."""

import json
from itertools import pairwise

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.engine.waiting import wait_until
from tests.receivers import first, receiver, says
from tests.webhooks.post_office import PostOffice
from webferry.domain.dispatches import RETRY_DELAYS_S, Dispatch, DispatchState
from webferry.domain.signatures import signature_headers
from webferry.domain.webhooks import delivery_id

PATIENCE_S = 60
KEYS = ["event", "jobId", "toolSlug", "status", "result", "creditsCharged", "error", "errorCode"]


def ended(office: PostOffice, job_id: str) -> Dispatch:
    def final() -> Dispatch | None:
        dispatch = office.dispatch(job_id)
        return dispatch if dispatch.state.is_final else None

    dispatch = wait_until(final, PATIENCE_S)
    assert dispatch
    return dispatch


@pytest.mark.promise(
    "tools.webhook.url",
    "tools.webhook.payload",
    "tools.webhook.timestamp",
    "webhook.keys",
    "webhook.event",
    "webhook.content-type",
)
def test_the_end_of_a_job_is_posted_at_once_and_signed(office: PostOffice) -> None:
    with receiver(says("200 OK")) as running:
        job_id = office.end_job(running.url, "http://good/grüße")
        dispatch = ended(office, job_id)

        (heard,) = running.heard
    job = office.furnished.house.job_engine.read(office.caller.account_id, job_id)
    payload = json.loads(heard.body)
    assert list(payload) == [*KEYS, "timestamp"]
    assert payload == {
        "event": "job.completed",
        "jobId": job_id,
        "toolSlug": "web-scraper",
        "status": "success",
        "result": {"items": [{"url": "http://good/grüße"}]},
        "creditsCharged": 1,
        "error": None,
        "errorCode": None,
        "timestamp": payload["timestamp"],
    }
    assert payload["timestamp"].endswith("Z")
    assert heard.headers["content-type"] == "application/json"
    secrets = office.furnished.house.post_office.secrets(job.account_id)
    timestamp_s = int(heard.headers["webhook-timestamp"])
    signed = signature_headers(secrets, delivery_id(job_id), timestamp_s, heard.body)
    assert {name: heard.headers[name.lower()] for name in signed} == signed
    assert (dispatch.state, dispatch.made) == (DispatchState.DELIVERED, 1)
    assert delivery_id(job_id) not in {each["name"] for each in office.executions()}


@pytest.mark.promise("webhook.event")
def test_a_job_that_failed_says_why(office: PostOffice) -> None:
    with receiver(says("204 No Content", body=b"")) as running:
        job_id = office.end_job(running.url, "http://fail/")
        assert ended(office, job_id).state is DispatchState.DELIVERED

        payload = json.loads(running.heard[0].body)
    assert (payload["event"], payload["status"]) == ("job.failed", "failed")
    assert payload["error"] == "Target URL returned 403 Forbidden"
    assert (payload["errorCode"], payload["result"], payload["creditsCharged"]) == (
        "FETCH_FAILED",
        None,
        0,
    )


@pytest.mark.promise("tools.webhook.retries", "webhook.attempts")
def test_a_receiver_that_fails_three_times_hears_the_same_four_times(
    office: PostOffice, scale: float
) -> None:
    with receiver(first(3, says("500 Oh"), says("200 OK"))) as running:
        job_id = office.end_job(running.url)
        dispatch = ended(office, job_id)
        heard = list(running.heard)

    assert (dispatch.state, dispatch.made) == (DispatchState.DELIVERED, 4)
    assert len(heard) == 4
    gaps_s = [after.at_s - before.at_s for before, after in pairwise(heard)]
    for gap_s, delay_s in zip(gaps_s, RETRY_DELAYS_S, strict=True):
        assert gap_s >= delay_s * scale
    assert {each.headers["webhook-id"] for each in heard} == {delivery_id(job_id)}
    assert {each.body for each in heard} == {heard[0].body}
    assert [each.headers["x-mapiok-attempt"] for each in heard] == ["1", "2", "3", "4"]
    (execution,) = (each for each in office.executions() if each["name"] == delivery_id(job_id))
    states = office.history(execution["executionArn"])
    assert [state for state in states if state.startswith("Wait")] == [
        "Wait 5 s",
        "Wait 30 s",
        "Wait 120 s",
    ]
    assert states[-1] == "Delivered"


@pytest.mark.promise("webhook.redeliver")
def test_after_four_attempts_it_is_given_up_until_it_is_sent_again(office: PostOffice) -> None:
    with receiver(first(5, says("503 Not now", body=b"busy"), says("200 OK"))) as running:
        job_id = office.end_job(running.url)
        given_up = ended(office, job_id)
        again = office.furnished.house.post_office.send_again
        again(office.caller.account_id, given_up.delivery.id)
        in_vain = ended(office, job_id)
        again(office.caller.account_id, given_up.delivery.id)
        delivered = ended(office, job_id)
        heard = list(running.heard)

    assert (given_up.state, given_up.made) == (DispatchState.FAILED, 4)
    assert [attempt.status for attempt in given_up.attempts] == [503] * 4
    assert given_up.attempts[0].response == "busy"
    assert (in_vain.state, in_vain.made) == (DispatchState.FAILED, 5)
    assert (delivered.state, delivered.made) == (DispatchState.DELIVERED, 6)
    assert len({each.body for each in heard}) == 1
    assert {each.headers["webhook-id"] for each in heard} == {delivery_id(job_id)}


@pytest.mark.promise("webhook.claim-check")
def test_a_large_result_is_claimed_where_it_lies(office: PostOffice) -> None:
    office.runner.padding = 2_600_000
    with receiver(says("200 OK")) as running:
        job_id = office.end_job(running.url)
        office.runner.padding = 0
        assert ended(office, job_id).state is DispatchState.DELIVERED
        payload = json.loads(running.heard[0].body)

    assert list(payload) == [*KEYS, "timestamp", "resultUrl", "resultTruncated"]
    assert (payload["status"], payload["result"]) == ("success", None)
    assert payload["resultTruncated"] is True
    assert payload["resultUrl"] == f"https://api.example.com/api/v1/tools/jobs/{job_id}"


def test_a_body_beyond_an_item_is_kept_and_sent_again(office: PostOffice) -> None:
    office.runner.padding = 20_000
    with receiver(says("200 OK")) as running:
        job_id = office.end_job(running.url)
        office.runner.padding = 0
        first_time = ended(office, job_id)
        office.furnished.house.post_office.send_again(office.caller.account_id, delivery_id(job_id))
        ended(office, job_id)
        bodies = [each.body for each in running.heard]

    assert type(first_time.body).__name__ == "StoredBody"
    assert len(bodies[0]) > 40_000
    assert bodies[0] == bodies[1]


@pytest.mark.promise("webhook.rotation", "webhook.secret.rotate")
def test_both_secrets_sign_while_they_are_exchanged(office: PostOffice) -> None:
    house = office.furnished.house.post_office
    with receiver(says("200 OK")) as running:
        secrets = house.rotate_secret(office.caller.account_id, 3_600_000)
        ended(office, office.end_job(running.url))
        house.rotate_secret.complete(office.caller.account_id)
        ended(office, office.end_job(running.url))
        during, after = (each.headers for each in running.heard)

    assert secrets.next
    old, new = (Webhook(secret) for secret in (secrets.current, secrets.next))
    bodies = [each.body for each in running.heard]
    for library in (old, new):
        library.verify(bodies[0], during)
    new.verify(bodies[1], after)
    with pytest.raises(WebhookVerificationError):
        old.verify(bodies[1], after)
    assert len(during["webhook-signature"].split()) == 2
    assert "x-mapiok-signature-next" in during
    assert len(after["webhook-signature"].split()) == 1
    assert "x-mapiok-signature-next" not in after


def test_no_secret_is_ever_written_to_a_log(office: PostOffice) -> None:
    secret = office.furnished.house.post_office.secrets(office.caller.account_id).current
    logs = office.furnished.session.client("logs")
    lines = [
        event["message"]
        for name in office.functions
        for event in logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    ]

    assert any("changes told" in line for line in lines)
    assert not [line for line in lines if "whsec_" in line or secret[6:] in line]
