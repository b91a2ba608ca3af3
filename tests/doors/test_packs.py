"""Packs behind their door: listed, sold only where a payment service is configured."""

import json

import pytest
import stripe

from tests.doors.knocking import knock, letter
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


@pytest.mark.promise("tools.credits.packs")
def test_a_signed_message_of_the_payment_service_adds_the_credits_once(
    furnished: Furnished, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.dumps({"key": "sk_test_1", "webhookSecret": "whsec_test_1"})
    furnished.session.client("secretsmanager").create_secret(Name="Stripe", SecretString=told)
    monkeypatch.setenv("WEBFERRY_STRIPE_SECRET", "Stripe")
    for remembered in (house, shop):
        remembered.cache_clear()
    event = json.loads(letter("stripe_paid")["body"])
    account_id = furnished.house.authenticate(key).account_id
    event["data"]["object"]["metadata"]["webferry_account"] = account_id
    body = json.dumps(event)
    signature = stripe.WebhookSignature.generate_signature_header(body, "whsec_test_1")
    before = credits(key)["balance"]

    for _ in range(2):
        headers = {"stripe-signature": signature}
        paid = knock(handler, "stripe_paid", body=event, headers=headers)
        assert (paid.status, paid.text) == (204, "")
    unsigned = knock(handler, "stripe_paid", body=event)

    assert (unsigned.status, credits(key)["balance"]) == (400, before + 500)
    assert knock(handler, "credits_packs", key=key).json["data"][0]["available"]
