"""Packs behind their door: listed, sold only where a payment service is configured."""

import json

import pytest
import stripe

from tests.doors.knocking import Answer, knock, letter
from tests.doors.tool_jobs import credits
from tests.furnished import Furnished
from tools_api.handler import handler
from webferry.tool_wiring import shop
from webferry.wiring import house


@pytest.mark.promise("credit.packs")
def test_packs_are_listed_and_say_why_they_cannot_be_bought_here(key: str) -> None:
    packs = knock(handler, "credits_packs", key=key).json["data"]

    assert [pack["id"] for pack in packs] == ["small", "medium", "large"]
    assert set(packs[0]) == {"id", "credits", "priceCents", "currency"} | {
        "available",
        "unavailableReason",
    }
    assert not packs[0]["available"]
    refused = knock(handler, "pack_checkout", key=key)
    assert (refused.status, refused.json["error"]) == (503, packs[0]["unavailableReason"])


def test_an_unknown_pack_or_a_bad_way_back_is_refused(key: str) -> None:
    unknown = knock(handler, "pack_checkout", key=key, path="/api/v1/credits/packs/none/checkout")
    bad = knock(handler, "pack_checkout", key=key, body={"returnUrl": "javascript:alert(1)"})

    assert (unknown.status, bad.status) == (404, 400)
    assert list(bad.json["details"]) == ["returnUrl"]


def test_a_message_nobody_signed_adds_nothing(key: str) -> None:
    before = credits(key)

    assert knock(handler, "stripe_paid").status == 503
    assert credits(key) == before


@pytest.fixture
def selling(furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.dumps({"key": "sk_test_1", "webhookSecret": "whsec_test_1"})
    secrets = furnished.session.client("secretsmanager")
    if not secrets.list_secrets(Filters=[{"Key": "name", "Values": ["Stripe"]}])["SecretList"]:
        secrets.create_secret(Name="Stripe", SecretString=told)
    monkeypatch.setenv("WEBFERRY_STRIPE_SECRET", "Stripe")
    for remembered in (house, shop):
        remembered.cache_clear()


def tell(name: str, account_id: str) -> Answer:
    """A message of the letterbox, signed, about an account."""
    event = json.loads(letter(name)["body"])
    event["data"]["object"]["metadata"]["webferry_account"] = account_id
    body = json.dumps(event)
    signature = stripe.WebhookSignature.generate_signature_header(body, "whsec_test_1")
    return knock(handler, name, body=event, headers={"stripe-signature": signature})


@pytest.mark.promise("credit.refund")
@pytest.mark.usefixtures("selling")
def test_a_signed_message_of_a_refund_takes_the_credits_back_once(
    furnished: Furnished, key: str
) -> None:
    account_id = furnished.house.authenticate(key).account_id
    furnished.house.grant_credits(account_id, 1000, "a gift before a refund")
    before = credits(key)["balance"]

    answers = [tell("stripe_refunded", account_id) for _ in range(2)]

    assert [answer.status for answer in answers] == [204, 204]
    assert credits(key)["balance"] == before - 250
    newest = knock(handler, "credits_ledger", key=key, query="limit=1").json["data"][0]
    assert (newest["kind"], newest["source"], newest["target"]) == ("refund", "balance", "issued")


@pytest.mark.promise("tools.credits.packs")
@pytest.mark.usefixtures("selling")
def test_a_signed_message_of_the_payment_service_adds_the_credits_once(
    furnished: Furnished, key: str
) -> None:
    event = json.loads(letter("stripe_paid")["body"])
    account_id = furnished.house.authenticate(key).account_id
    before = credits(key)["balance"]

    for _ in range(2):
        paid = tell("stripe_paid", account_id)
        assert (paid.status, paid.text) == (204, "")
    unsigned = knock(handler, "stripe_paid", body=event)

    assert (unsigned.status, credits(key)["balance"]) == (400, before + 500)
    assert knock(handler, "credits_packs", key=key).json["data"][0]["available"]
